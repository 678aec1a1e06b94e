"""Known texts by their meaning, told as vectors: what lies near them speaks for their classes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from jinpai.kit.learning.features import Floats

Embed: TypeAlias = Callable[[Sequence[str]], Floats | None]
"""Texts → their meanings, a row each; None where that cannot be told now."""

SHARE = 0.4
"""How much meaning counts beside wording; chosen on public messages and on our own examples alike."""
FADING = 2.0
"""How quickly the say of a text fades with the distance of its meaning."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Known texts: the `middle` of their meanings, each one's direction from there, and what it says about each class.

    Shapes: dimensions · texts × dimensions · texts × classes.
    """

    middle: Floats
    directions: Floats
    rows: Floats

    def scores(self, meaning: Floats) -> Floats:
        """What lies near this meaning says about each class."""
        near = nearness(directions([meaning], self.middle), self.directions)[0]
        return np.asarray(near @ self.rows, np.float32)

    def alike(self, one: Floats, other: Floats) -> float:
        """How alike two meanings are (-1–1), about 0 for those that have nothing to do with each other."""
        mine, theirs = directions([one, other], self.middle)
        return float(mine @ theirs)


def fitting(embed: Embed, anchors: Anchors) -> Embed:
    """The same, but None where vectors have another size than those learned from: the model behind was changed."""

    def told(texts: Sequence[str]) -> Floats | None:
        found = embed(texts)
        return found if found is not None and found.shape[1] == anchors.middle.size else None

    return told


def directions(meanings: Floats | Sequence[Floats], middle: Floats) -> Floats:
    """In which direction from the middle each meaning lies: vectors of models all point one way at first."""
    moved = np.asarray(meanings, np.float32) - middle
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), np.float32)


def nearness(ones: Floats, others: Floats) -> Floats:
    """How near each of the ones is to each of the others (0–1)."""
    near = ones @ others.T
    near -= 1
    near *= np.float32(FADING)
    return np.asarray(np.exp(near, out=near), np.float32)
