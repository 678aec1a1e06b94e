"""Messages as sparse vectors: rarer pieces weigh more, every view weighs the same, every message has length one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jinpai.kit.learning.grams import Views

Floats: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces seen in training, by view: piece → column; `weights` by column, `unseen` of any other piece."""

    columns: tuple[Mapping[str, int], ...]
    weights: Floats
    unseen: float

    def weigh(self, views: Views) -> tuple[Places, Floats]:
        """The columns of a cut text and their values, all views equally long; the unknown has none."""
        places: list[Places] = []
        values: list[Floats] = []
        for known, pieces in zip(self.columns, views, strict=True):
            found = np.array([known[piece] for piece in pieces if piece in known], dtype=np.int32)
            weights = self.weights[found]
            length = float(weights @ weights) + (len(pieces) - len(found)) * self.unseen**2
            places.append(found)
            values.append(weights / np.float32(max(length * len(views), 1e-12) ** 0.5))
        return np.concatenate(places), np.concatenate(values)


def learn_vocabulary(cut: Sequence[Views]) -> Vocabulary:
    """The pieces of these cut texts, each weighed by how few of them have it."""
    columns: list[dict[str, int]] = []
    counts: list[int] = []
    for view in range(len(cut[0])):
        known: dict[str, int] = {}
        for piece in _pieces(views[view] for views in cut):
            place = known.setdefault(piece, len(counts))
            if place == len(counts):
                counts.append(0)
            counts[place] += 1
        columns.append(known)
    total = len(cut) + 1
    weights = np.log(total / (np.array(counts, dtype=np.float32) + 1)) + 1
    return Vocabulary(tuple(columns), weights.astype(np.float32), float(np.log(total)) + 1)


def _pieces(views: Iterable[Sequence[str]]) -> Iterable[str]:
    return (piece for view in views for piece in view)
