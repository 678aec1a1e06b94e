"""Chinese text for finding: many spellings folded into one, and a message cut into the pieces an index keeps.

Folding keeps every code point's place, so that what is found can be marked in the original.
"""

import re
import unicodedata
from collections.abc import Iterator

from jinpai.kit.traditional import SIMPLIFIED

_CACHE = 60_000
_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_RUN = re.compile(r"[^ ]+")


class _Folding(dict[int, str]):
    """For `str.translate`: a code point → its simplified letter in normal width and lower case; signs → a space."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < _CACHE:
            self[code] = folded
        return folded


def _fold(char: str) -> str:
    wide = unicodedata.normalize("NFKC", char)
    low = wide.lower() if len(wide) == 1 else char.lower()
    low = SIMPLIFIED.get(low, low) if len(low) == 1 else char
    return low if unicodedata.category(low)[0] in "LN" else " "


_FOLDING = _Folding()


def fold_text(text: str) -> str:
    """The text simplified, in normal width and lower case, signs as spaces; one code point for each of the original."""
    return text.translate(_FOLDING)


def split_words(text: str) -> list[str]:
    """The folded text's runs of letters and digits, each once, in the order they come."""
    return list(dict.fromkeys(_RUN.findall(fold_text(text))))


def cut_grams(text: str) -> set[str]:
    """The pieces by which every stretch of this text can be found: one begins at each letter of its runs.

    A piece has two letters, or three where they are Latin letters or digits; at a run's end it has what is left.
    """
    return {gram for run in _RUN.findall(fold_text(text)) for gram, _ in _grams(run)}


def word_grams(word: str) -> tuple[list[str], list[str]]:
    """What a text holding this folded word must have: whole pieces, and beginnings of pieces."""
    whole, beginnings, reach = [], [], 0
    for at, (gram, is_whole) in enumerate(_grams(word)):
        if is_whole:
            whole.append(gram)
        elif at + len(gram) > reach:
            beginnings.append(gram)
        reach = max(reach, at + len(gram))
    return whole, beginnings


def spell_all(word: str) -> list[str]:
    """For each letter of a folded word all the letters that fold into it, itself first."""
    return [char + _SPELLINGS.get(char, "") for char in word]


def _spellings() -> dict[str, str]:
    """Traditional, capital and full-width letters, by the one they fold into."""
    wide = (chr(0xFEE0 + code) for code in range(0x21, 0x7F))
    found: dict[str, str] = {}
    for char in (*SIMPLIFIED, *map(chr, range(0x41, 0x5B)), *wide):
        folded = _fold(char)
        if folded != " ":
            found[folded] = found.get(folded, "") + char
    return found


_SPELLINGS = _spellings()


def _grams(run: str) -> Iterator[tuple[str, bool]]:
    """The piece at each place of a run, and whether it would be the same were the run to go on."""
    for at in range(len(run)):
        two = run[at : at + 2]
        if len(two) == 2 and _is_latin(two):
            three = run[at : at + 3]
            is_three = len(three) == 3 and three[2] in _ASCII
            yield (three if is_three else two), is_three or len(three) == 3
        else:
            yield two, len(two) == 2


def _is_latin(two: str) -> bool:
    return two[0] in _ASCII and two[1] in _ASCII
