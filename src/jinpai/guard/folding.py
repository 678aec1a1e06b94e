"""One reading for many spellings: full width, traditional, circled, look-alike; every code point keeps its place.

A `View` holds a message in the three readings rules work on. `kept` has exactly one code point for each of the
original, so places in it are places in the text; `tight` is `kept` without what was dropped.
"""

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache

from jinpai.kit.traditional import SIMPLIFIED

DROPPED = "\0"
"""Stands in `kept` for spaces, signs, emoji and invisible characters."""

BREAK = ","
"""Stands in `kept` and `tight` for every sign that ends a clause."""

_BREAKS = frozenset("，。！？；、,!?;\n\r\u2028\u2029\v\f\x85")
_DECORATION = frozenset("丨丶丿亅乀乁灬彡ヽヾノミツシ\u3164\u115f\u1160\uffa0")
_LOOKALIKES = {
    **dict.fromkeys("❤♥♡💗💓💕💖💘💙💚💛💜🖤🤍🤎🧡💝💞💟❣", "信"),
    **dict.fromkeys("+➕⊕✚", "加"),
    **dict.fromkeys("✌√∨Ⅴⅴ", "v"),
    **dict.fromkeys("×✖✗✘❌Ⅹⅹ", "x"),
    **dict(zip("🐧〇○◯", "q000", strict=True)),
    **dict(zip("ⅠⅡⅢⅣⅥⅦⅧⅨ", "12346789", strict=True)),
    **dict(zip("ⅰⅱⅲⅳⅵⅶⅷⅸ", "12346789", strict=True)),
    **dict(zip("авеікмнорстухѵνχορτ", "abeikmhopctyxvvxopt", strict=True)),
}
_LETTER_RANGES = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
"""Squared, circled and flag letters: runs of A to Z that Unicode does not fold."""

_CACHE = 60_000
_KEPT_LENGTH = 200


def _lettered(code: int) -> str | None:
    return next((chr(97 + code - first) for first in _LETTER_RANGES if first <= code < first + 26), None)


def _alike(code: int) -> str | None:
    """The letter or digit a code point stands for on sight, None when it stands for itself."""
    char = chr(code)
    if char in _LOOKALIKES:
        return _LOOKALIKES[char]
    letter = _lettered(code)
    if letter is not None:
        return letter
    digit = unicodedata.digit(char, None)
    if digit is None and 0x3220 <= code <= 0x3289:
        digit = int(unicodedata.numeric(char, 10))
    return str(digit) if digit is not None and digit < 10 else None


def _simple(char: str) -> str:
    """The character in normal width, lower case and simplified; itself where that would take several."""
    wide = unicodedata.normalize("NFKC", char)
    low = wide.lower() if len(wide) == 1 else char
    low = low if len(low) == 1 else char
    return SIMPLIFIED.get(low, _LOOKALIKES.get(low, low))


class _Tight(dict[int, int]):
    """For `str.translate`: code point → that of a letter, a digit, BREAK or DROPPED."""

    def __missing__(self, code: int) -> int:
        folded = ord(_fold_tight(code))
        if len(self) < _CACHE:
            self[code] = folded
        return folded


class _Plain(dict[int, int]):
    """For `str.translate`: like the tight reading, but signs and spaces stay."""

    def __missing__(self, code: int) -> int:
        folded = ord(_fold_plain(code))
        if len(self) < _CACHE:
            self[code] = folded
        return folded


def _fold_tight(code: int) -> str:
    char = chr(code)
    if char in _BREAKS:
        return BREAK
    if 0xD800 <= code < 0xE000 or char in _DECORATION:
        return DROPPED
    alike = _alike(code)
    if alike is not None:
        return alike
    simple = _simple(char)
    if simple in _BREAKS:
        return BREAK
    category = unicodedata.category(simple)
    if category[0] == "L" and (category != "Lm" or simple == "々"):
        return simple
    return simple if category[0] == "N" and len(unicodedata.normalize("NFKC", simple)) == 1 else DROPPED


def _fold_plain(code: int) -> str:
    if 0xD800 <= code < 0xE000 or code == 0:
        return " "
    alike = _alike(code) if chr(code) not in "+×√" else None
    simple = alike or _simple(chr(code))
    if simple in "。．｡":
        return "."
    return " " if simple.isspace() else simple


_TIGHT = _Tight()
_PLAIN = _Plain()

_SINGLE = re.compile(r",\0*[^,\0]\0*(?![^,])")
_SINGLES = re.compile(r"(?:^|(?<=,))\0*[^,\0]\0*(?:,\0*[^,\0]\0*)+(?=,|$)")
"""Two or more clauses of one character each: a word taken apart with commas."""


class View:
    """A message in the readings rules work on; places are code points of the original text."""

    __slots__ = ("_encoded", "_offsets", "_plain", "kept", "text", "tight")

    def __init__(self, text: str) -> None:
        kept = text.translate(_TIGHT)
        if _SINGLE.search(kept):
            kept = _SINGLES.sub(lambda found: found[0].replace(BREAK, DROPPED), kept)
        self.text = text
        self.kept = kept
        self.tight = kept.replace(DROPPED, "")
        self._offsets: list[int] | range | None = None
        self._plain: str | None = None
        self._encoded: bytes | None = None

    @property
    def encoded(self) -> bytes:
        """The tight reading as expressions are screened on it."""
        if self._encoded is None:
            self._encoded = self.tight.encode("utf-8", "replace")
        return self._encoded

    @property
    def plain(self) -> str:
        """The text in normal width and lower case with its signs, one code point for each of the original."""
        if self._plain is None:
            self._plain = self.text.translate(_PLAIN)
        return self._plain

    @property
    def offsets(self) -> "list[int] | range":
        """For every code point of `tight`, its place in the text."""
        if self._offsets is None:
            whole = len(self.tight) == len(self.kept)
            self._offsets = (
                range(len(self.kept)) if whole else [at for at, char in enumerate(self.kept) if char != DROPPED]
            )
        return self._offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty stretch of `tight` lies in the text."""
        offsets = self.offsets
        return offsets[start], offsets[end - 1] + 1

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text lies in `tight`."""
        offsets = self.offsets
        return bisect_left(offsets, start), bisect_left(offsets, end)


def view_of(text: str) -> View:
    """The view of a message that will be looked at again: what was said before, beside every later message."""
    return _kept_view(text) if len(text) <= _KEPT_LENGTH else View(text)


@lru_cache(maxsize=4096)
def _kept_view(text: str) -> View:
    return View(text)


def fold(words: str) -> str:
    """Words of a rule or a fact in the tight reading, clause breaks left out."""
    return words.translate(_TIGHT).replace(DROPPED, "").replace(BREAK, "")


def leaves_open(tight: str, start: int) -> bool:
    """Whether the negation at this place is the middle of a question that leaves both open: 能不能, 支不支持."""
    return 0 < start < len(tight) - 1 and tight[start] in "不没" and tight[start - 1] == tight[start + 1]
