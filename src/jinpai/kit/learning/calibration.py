"""How sure is how often right: learned from texts left out, so that a probability of 0.8 is right four times in five.

The likeliest class's probability is put on the curve, the others follow in the same order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinpai.kit.learning.features import Floats

STEPS = 20
"""Into so many parts of equal size the texts left out are laid, by how sure they were."""
_HALVINGS = 14
_LOWEST, _HIGHEST = 1 / 32, 32.0


@dataclass(frozen=True, slots=True)
class Curve:
    """At each point how sure (`sure`, rising) and how often right (`right`, never falling); empty: as it is."""

    sure: tuple[float, ...] = ()
    right: tuple[float, ...] = ()

    def at(self, sure: float) -> float:
        """How often right something this sure is."""
        return float(np.interp(sure, (0.0, *self.sure, 1.0), (0.0, *self.right, self.right[-1])))

    def bend(self, powers: Floats) -> Floats:
        """The probabilities of classes with these scaled scores, the likeliest one's taken from the curve."""
        powers = powers - powers.max()
        plain = _shares(powers)
        if not self.sure:
            return plain
        wanted = max(self.at(float(plain.max())), 1.5 / len(powers))
        low, high = _LOWEST, _HIGHEST
        for _ in range(_HALVINGS):
            middle = (low * high) ** 0.5
            if _shares(powers * np.float32(middle)).max() < wanted:
                low = middle
            else:
                high = middle
        return _shares(powers * np.float32((low * high) ** 0.5))


PLAIN = Curve()
"""Probabilities as they are."""


def fit_curve(left_out: Floats, classes: NDArray[np.int64]) -> Curve:
    """The curve of these probabilities (texts × classes) of texts left out, whose right classes are known."""
    sure, hit = left_out.max(1), left_out.argmax(1) == classes
    if len(sure) < STEPS * 2:
        return PLAIN
    parts = np.array_split(np.argsort(sure, kind="stable"), STEPS)
    right = _rising([float(hit[part].mean()) for part in parts])
    return Curve(tuple(float(sure[part].mean()) for part in parts), tuple(right))


def _rising(values: list[float]) -> list[float]:
    """The values that never fall and are nearest to these: neighbours that fall are levelled."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (last, more), (first, some) = blocks.pop(), blocks.pop()
            blocks.append(((first * some + last * more) / (some + more), some + more))
    return [value for value, count in blocks for _ in range(count)]


def _shares(powers: Floats) -> Floats:
    raised = np.exp(powers)
    return np.asarray(raised / raised.sum(), np.float32)
