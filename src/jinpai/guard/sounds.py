"""Words that sound right and are written wrong: the message read aloud, beside the words agents write every day.

An input method offers characters of the same sound, so that most slips of the keyboard sound like what was meant.
Sounds that many people do not tell apart count as one, and so do characters that look alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from jinpai.guard.excuses import Case, Find
from jinpai.kit.pinyin import TABLE

_ALIKE = dict(zip("贷晶卷劵己拆筒莱", "货品券券已折简菜", strict=True))
"""Characters taken for others by their look; each is read like the one it is taken for."""

_FIRST_SOUND = 0x100
"""Where the code points begin that stand for sounds: each takes two bytes to look through, a character takes three."""

_SILENCE = ord(" ")
"""Stands for whatever has no sound that is listened for."""

LONGEST = 200
"""Messages with more characters are not read aloud."""


class _Aloud(dict[int, int]):
    """For `str.translate`: a Chinese character → its sound, if one of the words has it; silence for the rest."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        sounds = dict.fromkeys(_sound(character) for word in words for character in word)
        self._sounds = {sound: _FIRST_SOUND + at for at, sound in enumerate(sounds)}

    def __missing__(self, code: int) -> int:
        sound = self._sounds.get(_sound(chr(code)), _SILENCE) if 0x4E00 <= code < 0xA000 else _SILENCE
        if len(self) < LONGEST * LONGEST:
            self[code] = sound
        return sound


@lru_cache(maxsize=LONGEST * LONGEST)
def _sound(character: str) -> str:
    """How most people hear a Chinese character; itself where no reading of it is known."""
    return _blurred(_syllable(_ALIKE.get(character, character))) or character


@lru_cache(maxsize=1)
def _table() -> str:
    return TABLE.read_text("utf-8")


def _syllable(character: str) -> str:
    """The usual reading, empty where none is known: the table's lines of usual readings come first."""
    table = _table()
    at = table.find(character)
    return table[table.rfind("\n", 0, at) + 1 : at].split(" ")[1] if at >= 0 else ""


def _blurred(syllable: str) -> str:
    """The syllable without what many people do not hear: zh and z, -ing and -in."""
    flat = syllable[:1] + syllable[2:] if syllable[:2] in ("zh", "ch", "sh") else syllable
    return flat[:-1] if flat.endswith(("ing", "eng")) else flat


@dataclass(frozen=True, slots=True)
class _Heard:
    """A stretch of a message that sounds like a word of the list."""

    start: int
    end: int
    words: Sequence[str]


class Sounds:
    """A sound rule, ready for use; `fine` are other ways of writing such a sound, and chance neighbours."""

    def __init__(self, words: Iterable[str], fine: Iterable[str]) -> None:
        self._fine = frozenset(fine)
        listed = tuple(words)
        self._aloud = _Aloud(listed)
        heard: dict[str, list[str]] = {}
        for word in listed:
            heard.setdefault(word.translate(self._aloud), []).append(word)
        self._words = tuple(tuple(found) for found in heard.values())
        contiguous = ahocorasick_rs.Implementation.ContiguousNFA
        self._matcher = ahocorasick_rs.AhoCorasick(list(heard), implementation=contiguous)

    def finds(self, case: Case) -> Iterator[Find]:
        """Every word that sounds like one of the list and is written, in one go, in none of the known ways.

        `form` is the word that was meant.
        """
        tight = case.view.tight
        if len(tight) > LONGEST:
            return
        right: list[tuple[int, int]] = []
        wrong: list[_Heard] = []
        for number, start, end in self._matcher.find_matches_as_indexes(tight.translate(self._aloud), overlapping=True):
            words, said = self._words[number], tight[start:end]
            if said in words:
                right.append((start, end))
            elif said not in self._fine:
                wrong.append(_Heard(start, end, words))
        for one in wrong:
            start, end = case.view.span(one.start, one.end)
            meant = _meant(tight, one, right) if end - start == one.end - one.start else None
            if meant is not None:
                yield Find(start, end, meant)


def _meant(tight: str, heard: _Heard, right: Sequence[tuple[int, int]]) -> str | None:
    """The word meant, when one character, or two of four, took another's place, none of them part of a right word."""
    said = tight[heard.start : heard.end]
    for word in heard.words:
        places = [heard.start + at for at, (one, other) in enumerate(zip(said, word, strict=True)) if one != other]
        if 2 * len(places) <= len(word) and not any(start <= at < end for at in places for start, end in right):
            return word
    return None
