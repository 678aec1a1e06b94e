"""Chat logs as plain text, as messengers save them, made into a table: who, when, what, and with whom.

A message begins with a line that has a name and a time; the lines below it, up to the next such line, belong to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinpai.importing.tables import MAX_BYTES, Table, read_table
from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.model import MAX_ROWS, Row
from jinpai.kit.sheets.texts import decode

HEADER = ("时间", "发送人", "聊天对象", "会话编号", "内容")

_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_TIME = rf"(?P<day>{_DAY})?[ T　]*(?P<clock>{_CLOCK})"
_NAME = r"(?P<name>[^\t()（）,，]{1,60}?)"
_STARTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\s*{_NAME}\s*[(（]{_TIME}[)）]\s*[:：]?\s*(?P<text>.*)",
        rf"\s*[\[【]?{_TIME}[\]】]?\s+(?P<name>[^:：\t,，]{{1,40}}(?:[:：][^:：\s]{{1,20}}(?=[:：]\s))?)[:：]\s*(?P<text>.*)",
        rf"\s*{_NAME}[ \t　]+{_TIME}\s*(?P<text>)",
        rf"\s*[\[【]?{_TIME}[\]】]?[ \t　]+{_NAME}\s*(?P<text>)",
    )
)
"""`小林 (2026-03-01 10:30:05): 您好` · `2026-03-01 10:30:05 小林: 您好` · name and time above the words."""

_WITH = re.compile(
    r"\s*[=\-—*#\s]*(?:(?:与|和)\s*(?P<a>.{1,60}?)\s*的(?:聊天|对话)记录|(?:聊天对象|消息对象|买家|客户)\s*[:：]\s*(?P<b>.{1,60}?))[=\-—*#\s]*"
)
_ONLY_DAY = re.compile(rf"[\s=\-—*#]*(?P<day>{_DAY})[\s=\-—*#]*(?:星期.|周.)?[\s=\-—*#]*")
_RULE = re.compile(r"\s*[=\-—*#_]{4,}\s*")
_LOOKED_AT = 400


def read_chats(content: bytes) -> Table:
    """The messages of a log, be it a sheet or plain text; BadInput, saying what to do, when it is neither."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or not content.strip() or len(content) > MAX_BYTES:
        return read_table(content)
    text, encoding = decode(content)
    lines = text.splitlines()
    if not any(_start(line, "2000-01-01") for line in lines[:_LOOKED_AT]):
        return read_table(content)
    rows = [(1, HEADER), *_rows(lines)]
    if len(rows) > MAX_ROWS + 1:
        raise BadInput(f"记录超过 {MAX_ROWS} 条，请按月份分开导出，一个一个导入")
    return Table(f"TXT（{encoding}）", rows)


@dataclass(slots=True)
class _Place:
    """Where in the file we are: the day told above, with whom one talks, and the how-manieth talk it is."""

    day: str = ""
    buyer: str = ""
    talk: int = 0
    is_named: bool = False
    """Whether the buyer has just been named, and nothing was said yet."""

    def read(self, line: str) -> bool:
        """Whether this line is no words but tells of what follows."""
        if day := _ONLY_DAY.fullmatch(line):
            self.day = day["day"]
        elif with_ := _WITH.fullmatch(line):
            self.buyer, self.talk, self.is_named = (with_["a"] or with_["b"]).strip(), self.talk + 1, True
        elif _RULE.fullmatch(line) is None:
            return False
        elif not self.is_named:
            self.buyer, self.talk = "", self.talk + 1
        return True


def _rows(lines: list[str]) -> Iterator[Row]:
    """A row for every message; a line that belongs to none is a row of its own, to be refused by its number."""
    place, nothing = _Place(), ("", "", "", "")
    at, head, words = 0, nothing, list[str]()
    for number, line in enumerate(lines, 1):
        start = _start(line, place.day)
        if start is None and not place.read(line):
            if at or line.strip():
                at, words = at or number, [*words, line]
            continue
        if at:
            yield at, (*head, "\n".join(words).strip())
        at, head, words = 0, nothing, []
        if start is not None:
            told = f"{start['day'] or place.day} {start['clock']}"
            at, head = number, (told, start["name"].strip(), place.buyer, str(place.talk))
            words, place.is_named = [start["text"]], False
    if at:
        yield at, (*head, "\n".join(words).strip())


def _start(line: str, day: str) -> re.Match[str] | None:
    """The beginning of a message; one without a day only where a day was told above."""
    for pattern in _STARTS:
        found = pattern.fullmatch(line)
        if found is not None and (found["day"] or day) and found["name"].strip():
            return found
    return None
