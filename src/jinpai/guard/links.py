"""Web and mail addresses, also with the dot written as a word, a full-width stop or between blanks."""

from collections.abc import Iterator
from dataclasses import dataclass

import re2

from jinpai.guard.domains import within_domain
from jinpai.guard.excuses import Case, Find

# fmt: off
NEEDS = (
    "http", "www", "com", "cn", "net", "org", "top", "cc", "xyz", "shop", "vip", "club", "site", "info", "ltd", "wang",
    "store", "link", "online", "tech", "fun", "icu", "me", "tv", "io", "hk", "biz", "mobi", "c0m", "点抗", "扣母",
)
# fmt: on
"""A message without any of these holds no address."""

_DOT = r"\s?(?:\.|点|[(\[{（【]?\s?dot\s?[)\]}）】]?)\s?"
_ENDING = (
    r"(?:com|cn|net|org|top|cc|xyz|shop|vip|club|site|info|ltd|wang|store|link|online|tech|fun|icu|me|tv|io|hk|biz"
    r"|mobi|c0m|扣母|抗)"
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
_HOST = rf"({_LABEL}(?:{_DOT}{_LABEL}){{0,4}}{_DOT}{_ENDING}(?:\.(?:cn|hk|tw))?)(?:[^a-z0-9]|$)"
_SPACED = r"(?:c\s?o\s?m|c\s?n|n\s?e\s?t|o\s?r\s?g|t\s?o\s?p|v\s?i\s?p|x\s?y\s?z)"
_WEB = (
    re2.compile(r"(?:h\s?t\s?t\s?p\s?s?\s?:\s?/\s?/\s?)([a-z0-9][a-z0-9.-]{0,200})"),
    re2.compile(_HOST),
    re2.compile(rf"((?:[a-z0-9]\s){{2,60}}(?:\.|点)\s?{_SPACED})(?:[^a-z0-9]|$)"),
)
_MAIL = (
    re2.compile(rf"[a-z0-9][a-z0-9._+-]{{0,63}}\s?(?:@|#at#|\(at\)|\[at\]|艾特)\s?{_HOST}"),
    re2.compile(rf"[a-z0-9][a-z0-9._+-]{{2,63}}\s(?:at)\s{_HOST}"),
)
_DOT_INSIDE = re2.compile(_DOT)


@dataclass(frozen=True, slots=True)
class Links:
    """A links rule, ready for use."""

    shape: str
    allow: tuple[str, ...]

    def finds(self, case: Case) -> Iterator[Find]:
        """The addresses of a message whose domain the rule does not allow."""
        plain = case.view.plain
        for expression in _WEB if self.shape == "web" else _MAIL:
            for found in expression.finditer(plain):
                start, end = found.span(1)
                host = _host(found.group(1))
                if self.shape == "email":
                    start = found.start()
                elif not _is_web(plain, start, host):
                    continue
                if host and not any(within_domain(host, domain) for domain in self.allow):
                    yield Find(start, end, plain[start:end] if self.shape == "email" else host)


def _host(written: str) -> str:
    return "".join(_DOT_INSIDE.sub(".", written).split()).strip(".-")


def _is_web(plain: str, start: int, host: str) -> bool:
    """Whether the address is one of the web: neither behind an @ nor a mere number or initial with a unit."""
    if plain[:start].endswith("@"):
        return False
    labels = host.split(".")
    return len(labels) > 2 or not (labels[0].isdigit() or len(labels[0]) == 1) or labels[-1] in {"com", "cn", "net"}
