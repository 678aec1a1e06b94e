"""Whether two questions ask the same, learned from labelled pairs: which differences matter, and which do not."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import product

import numpy as np

from jinpai.copilot.hearing.likeness import Likeness
from jinpai.kit.learning.features import learn_vocabulary
from jinpai.kit.learning.grams import Views, joined, tidy
from jinpai.kit.learning.logistic import Divider, divide

SWAPPED = 5
"""So many letters of each side are held against those of the other."""
STAIRS = 20
"""Into so many stairs likeness is cut for learning."""
MEANT_STAIRS = 60
"""The same for that of meanings, which says more."""
SHRINK = 1e-5
"""How little a single piece may say."""


def learn_pairs(cut: Sequence[Views], same: Sequence[bool]) -> Divider:
    """Learn from cut pairs of which it is known whether they ask the same; scores above zero do."""
    known = learn_vocabulary(cut)
    return divide(cut, same, replace(known, weights=np.ones_like(known.weights), unseen=1.0), SHRINK)


def cut_pair(likeness: Likeness, one: str, other: str, meant: float | None = None) -> Views:
    """The pieces of a pair in four views: shared ones, those only one has, letters against letters, how high likeness
    climbs; that of their meanings (`meant`, -1–1) too, where it is told."""
    mine, theirs = set(_pieces(one)), set(_pieces(other))
    swapped = sorted(_swapped(mine - theirs, theirs - mine))
    return (
        sorted(mine & theirs),
        sorted(mine ^ theirs),
        swapped,
        [*_stairs(likeness.parts(one, other)), *_meant_stairs(meant)],
    )


def _swapped(mine: AbstractSet[str], theirs: AbstractSet[str]) -> Iterator[str]:
    """Each letter only the one has with each only the other has, as one piece whichever has it."""
    here, there = (sorted(piece for piece in pieces if len(piece) == 1)[:SWAPPED] for pieces in (mine, theirs))
    yield from (f"{min(pair)}~{max(pair)}" for pair in product(here, there))


def _pieces(text: str) -> Iterator[str]:
    letters = [letter for letter in tidy(text) if letter.isalnum()]
    yield from letters
    yield from joined(letters, 2, "")


def _stairs(parts: Sequence[float]) -> Iterator[str]:
    for name, value in (*enumerate(parts), ("all", sum(parts) / len(parts))):
        yield from (f"{name}>{step}" for step in range(STAIRS) if value * STAIRS > step)


def _meant_stairs(meant: float | None) -> Iterator[str]:
    if meant is not None:
        yield from (f"meant>{step}" for step in range(MEANT_STAIRS) if meant * MEANT_STAIRS > step)
