"""The words of the pages, read out of the object literals that hold them; Python tests hold content against them."""

import re
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parents[2] / "web" / "src" / "words"
TOKEN = re.compile(
    r"(?P<skip>\s+|/\*.*?\*/|//[^\n]*)|'(?P<text>(?:[^'\\]|\\.)*)'|(?P<spread>\.\.\.)|(?P<name>[\w$]+(?:\.[\w$]+)*)|(?P<sign>[{}:,=])",
    re.DOTALL,
)


@cache
def read_words(language: str, name: str) -> dict[str, Any]:
    """What `words/<language>/<name>.ts` exports: names to texts or to more of the same."""
    path = WORDS / language / f"{name}.ts"
    source = re.sub(r"^import .*$", "", path.read_text(), flags=re.MULTILINE)
    known: dict[str, Any] = {}
    for other in re.findall(r"^import (\w+) from '\./\1'", path.read_text(), flags=re.MULTILINE):
        known[other] = read_words(language, other)
    exported: dict[str, Any] = {}
    for begin, body in re.findall(r"^(const \w+ = |export default )(\{.*?\}$)", source, flags=re.MULTILINE | re.DOTALL):
        value = _Literal(body, known).read()
        if begin.startswith("const"):
            known[begin.split()[1]] = value
        else:
            exported = value
    return exported


def find(words: dict[str, Any], path: str) -> str | None:
    """The text at `choice.scene.welcome.returning`; None where there is none."""
    found: Any = words
    for step in path.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None


class _Literal:
    """One object literal of texts, objects, spreads (`...fields.field`) and names for others."""

    def __init__(self, source: str, known: dict[str, Any]) -> None:
        self._tokens = [one for one in TOKEN.finditer(source) if one.lastgroup != "skip"]
        self._known = known
        self._at = 0

    def read(self) -> dict[str, Any]:
        value = self._value()
        assert isinstance(value, dict)
        return value

    def _next(self) -> re.Match[str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _value(self) -> Any:
        token = self._next()
        if token.lastgroup == "text":
            return token["text"].replace("\\'", "'").replace("\\n", "\n")
        if token.lastgroup == "name":
            return self._named(token["name"])
        assert token["sign"] == "{", token
        found: dict[str, Any] = {}
        while self._tokens[self._at]["sign"] != "}":
            self._member(found)
            if self._tokens[self._at]["sign"] == ",":
                self._at += 1
        self._at += 1
        return found

    def _member(self, found: dict[str, Any]) -> None:
        token = self._next()
        if token.lastgroup == "spread":
            found.update(self._named(self._next()["name"]))
            return
        key = token["text"] if token.lastgroup == "text" else token["name"]
        if self._tokens[self._at]["sign"] == ":":
            self._at += 1
            found[key] = self._value()
        else:
            found[key] = self._named(key)

    def _named(self, path: str) -> Any:
        found: Any = self._known
        for step in path.split("."):
            found = found[step]
        return found
