"""From what to what a size (`39–42`) or a cell of a size table (`160-175 厘米`) reaches."""

import re
from typing import TypeAlias

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*[–—~-]\s*(\d+(?:\.\d+)?)")

SIZE, COLOUR = "尺码", "颜色"
"""The choices of a variant that are its size and its colour."""

Bounds: TypeAlias = tuple[float, float]


def bounds_in(text: str) -> Bounds | None:
    """The first range named in the text; None where there is none."""
    found = _RANGE.search(text)
    return (float(found[1]), float(found[2])) if found else None


def bounds_of(text: str) -> Bounds | None:
    """The range that the text is, with nothing beside it; None where it is anything else."""
    found = _RANGE.fullmatch(text.strip())
    return (float(found[1]), float(found[2])) if found else None


def is_within(number: float, bounds: Bounds | None) -> bool:
    """Whether the number lies in the range, its ends counted in; in no range nothing lies."""
    return bounds is not None and bounds[0] <= number <= bounds[1]


def number_in(text: str) -> float | None:
    """The first number named in the text; None where there is none."""
    found = _NUMBER.search(text)
    return float(found[0]) if found else None
