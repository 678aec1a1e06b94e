"""Whether and where certain words stand in a text, however many they are."""

from collections.abc import Callable

import ahocorasick_rs

Spot = Callable[[str], bool]
"""Whether one of certain words stands in a text."""

Places = Callable[[str], list[tuple[int, int]]]
"""Where certain words stand in a text: beginning and end of each."""


def spot(words: tuple[str, ...]) -> Spot | None:
    """Looks for these words in one go; None where there are none."""
    if not words:
        return None
    find = _automaton(words).find_matches_as_indexes
    return lambda text: bool(find(text))


def places(words: tuple[str, ...]) -> Places | None:
    """Finds all of these words in one go, those within others too; None where there are none."""
    if not words:
        return None
    find = _automaton(words).find_matches_as_indexes
    return lambda text: [(start, end) for _, start, end in find(text, overlapping=True)]


def _automaton(words: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
