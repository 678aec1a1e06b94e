"""What a message looks like to the classifier: pieces of its characters and of its sound, three views of one text.

Buyers drop characters, mistype them by sound and turn sentences round; each view survives what breaks another.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from jinpai.kit.pinyin import readings
from jinpai.kit.traditional import SIMPLIFIED

Views: TypeAlias = tuple[list[str], ...]
"""The pieces of one text as each view sees it, no piece twice in a view."""

MAX_CHARACTERS = 400
"""How much of a message is looked at; what buyers want stands at its beginning."""

_SIMPLE = str.maketrans(SIMPLIFIED)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_REPEATED = re.compile(r"(.)\1{2,}")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_SKIPS = range(2, 5)


def tidy(text: str) -> str:
    """The text simplified, in normal width and lower case, numbers as 0, no character more than twice in a row."""
    wide = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower().translate(_SIMPLE)
    return _REPEATED.sub(r"\1\1", _NUMBER.sub("0", _SPACE.sub(" ", wide))).strip()


def cut_views(text: str) -> Views:
    """The pieces of a text in three views: neighbours, pairs with a gap, syllables; each piece once."""
    tidied = tidy(text)
    marked = f"^{tidied}$"
    letters = [letter for letter in tidied if letter.isalnum()]
    sounds = ["^", *_syllables(tidied), "$"]
    return (
        list(dict.fromkeys([*marked, *joined(marked, 2, "")])),
        list(dict.fromkeys(gapped(letters))),
        list(dict.fromkeys([*sounds, *joined(sounds, 2, "-"), *joined(sounds, 3, "-")])),
    )


def joined(parts: Sequence[str], size: int, between: str) -> Iterator[str]:
    """Every `size` parts that stand side by side, as one piece."""
    return (between.join(parts[at : at + size]) for at in range(len(parts) - size + 1))


def gapped(letters: Sequence[str]) -> Iterator[str]:
    """Pairs of parts with one to three between them, as pieces."""
    for gap in _SKIPS:
        for first, second in zip(letters, letters[gap:], strict=False):
            yield f"{first}_{second}"


def _syllables(tidied: str) -> Iterator[str]:
    for letter in tidied:
        spoken = readings(letter)
        yield spoken[0] if spoken else letter
