"""Data that comes to the command line as lines of JSON: one value a line, read as it comes."""

import json
from collections.abc import Iterator
from typing import TextIO, TypeVar

from pydantic import BaseModel, ValidationError

from jinpai.kit.errors import BadInput

MAX_LINE = 2_000_000
"""Characters of one line that are read."""

M = TypeVar("M", bound=BaseModel)


def read_lines(lines: TextIO, shape: type[M], example: str) -> Iterator[tuple[int, M]]:
    """Every line that is not blank, with its number; BadInput naming the line that is not of this shape."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            raise BadInput(f"第 {number} 行太长，一行最多 {MAX_LINE} 个字符")
        try:
            value = shape.model_validate(json.loads(line))
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
