"""Data that comes to the command line as lines of JSON, one value a line; and what a talk is there."""

import codecs
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated, Any, Literal, TextIO, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jinpai.kit.errors import BadInput

MAX_LINE = 2_000_000
"""Characters of one line that are read."""

T = TypeVar("T")


class MessageLine(BaseModel):
    """One message of a talk."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    role: Annotated[Literal["buyer", "agent", "assistant", "system"], Field(alias="from")]
    text: str
    at: datetime | None = None


class TalkLine(BaseModel):
    """A conversation, oldest message first; commands add what else they read."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    messages: tuple[MessageLine, ...]


def read_lines(lines: TextIO, read: Callable[[Any], T], example: str) -> Iterator[tuple[int, T]]:
    """Every line that is not blank, with its number, as `read` makes it; BadInput naming the line it refuses.

    UTF-8 with or without a byte order mark, or GBK as Windows programs write it.
    """
    for number, line in enumerate(_texts(lines), 1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            raise BadInput(f"第 {number} 行太长，一行最多 {MAX_LINE} 个字符")
        try:
            value = read(_without_halves(json.loads(line)))
        except json.JSONDecodeError as error:
            raise BadInput(
                f"第 {number} 行不是有效的 JSON（第 {error.colno} 个字符附近），请一行写一个：{example}"
            ) from None
        except RecursionError:
            raise BadInput(f"第 {number} 行套得太深，请一行写一个：{example}") from None
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise BadInput(f"第 {number} 行的 {place or '内容'} 不对，请写成 {example}") from None
        except ValueError:  # what json refuses beyond its grammar: a number of more digits than Python reads
            raise BadInput(f"第 {number} 行里有一个数字太长，请写成 {example}") from None
        yield number, value


def _texts(lines: TextIO) -> Iterator[str]:
    """The lines as text; the first that is not plain ASCII decides the encoding for all that follow."""
    encoding = ""
    for number, raw in enumerate(getattr(lines, "buffer", lines), 1):
        if isinstance(raw, str):
            yield raw
            continue
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        encoding = encoding or _encoding(line)
        try:
            yield line.decode(encoding or "ascii")
        except UnicodeDecodeError:
            raise BadInput(f"第 {number} 行的文字读不出来，请把内容存成 UTF-8 再试") from None


def _encoding(line: bytes) -> str:
    """UTF-8 or GBK (its superset), whichever these bytes are; empty while both would read the same."""
    if line.isascii():
        return ""
    try:
        line.decode()
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _without_halves(value: Any) -> Any:
    """The value with U+FFFD for halves of characters (an emoji cut in two), which no output can carry."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_halves(one) for one in value]
    if isinstance(value, dict):
        return {_without_halves(key): _without_halves(one) for key, one in value.items()}
    return value
