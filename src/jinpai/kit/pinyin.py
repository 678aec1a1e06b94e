"""How Chinese characters are read aloud, for finding words by what an input method would be typed; ü is `v` and `u`.

pinyin.txt holds the usual reading of every common character, and the others where shops use more than one (行 is
`xing` and `hang`); `python -m bench.pinyin_table` writes it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("pinyin.txt")


def readings(character: str) -> tuple[str, ...]:
    """The syllables this character may be read as, the usual one first; empty for what is no Chinese character."""
    return _table().get(character, ())


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        _, syllable, characters = line.split(" ")
        spellings = (syllable, syllable.replace("v", "u")) if "v" in syllable else (syllable,)
        for character in characters:
            found[character] = (*found.get(character, ()), *spellings)
    return found
