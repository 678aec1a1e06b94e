"""What a buyer's question wakes: the rules that listen for its words, found in one go and kept for the next answer."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

KEPT = 256
"""The buyers' last questions whose answers are likely to be checked again: by suggestions, while typing, on sending."""

Words = Mapping[int, Iterable[str]]
"""The words a rule listens for, in the tight reading, by its number."""


class Heard(NamedTuple):
    """The rules whose words stand in a question: those that want it answered, and those that count only after it."""

    asked: frozenset[int]
    met: frozenset[int]


NOTHING = Heard(frozenset(), frozenset())
"""No rule's words stand in it."""


class Questions:
    """The words of all rules of a guard that listen for a question."""

    def __init__(self, asked: Words, met: Words) -> None:
        woken: dict[str, tuple[set[int], set[int]]] = {}
        for at, rules in enumerate((asked, met)):
            for index, words in rules.items():
                for word in words:
                    woken.setdefault(word, (set(), set()))[at].add(index)
        self._woken = tuple(woken.values())
        contiguous = ahocorasick_rs.Implementation.ContiguousNFA
        self._matcher = ahocorasick_rs.AhoCorasick(list(woken), implementation=contiguous) if woken else None
        self.heard = lru_cache(KEPT)(self._heard)

    def _heard(self, question: str) -> Heard:
        """The rules that listen for such a question (in the tight reading)."""
        marks = self._matcher.find_matches_as_indexes(question, overlapping=True) if self._matcher else ()
        if not marks:
            return NOTHING
        asked, met = set[int](), set[int]()
        for word, _, _ in marks:
            asked |= self._woken[word][0]
            met |= self._woken[word][1]
        return Heard(frozenset(asked), frozenset(met))


NO_QUESTIONS = Questions({}, {})
"""No rule listens for any."""
