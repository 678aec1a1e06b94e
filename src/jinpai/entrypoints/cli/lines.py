"""Data that comes to the command line as lines of JSON, one value a line; and what a talk is there."""

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
    """Every line that is not blank, with its number, as `read` makes it; BadInput naming the line it refuses."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            raise BadInput(f"第 {number} 行太长，一行最多 {MAX_LINE} 个字符")
        try:
            value = read(json.loads(line))
        except json.JSONDecodeError as error:
            raise BadInput(
                f"第 {number} 行不是有效的 JSON（第 {error.colno} 个字符附近），请一行写一个：{example}"
            ) from None
        except RecursionError:
            raise BadInput(f"第 {number} 行套得太深，请一行写一个：{example}") from None
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise BadInput(f"第 {number} 行的 {place or '内容'} 不对，请写成 {example}") from None
        yield number, value
