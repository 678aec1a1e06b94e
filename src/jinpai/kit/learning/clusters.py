"""Texts that ask the same, brought together: stars of neighbours round the text that has most of them.

Two texts are as alike as the cosine of their pieces, rarer pieces weighing more. The same texts in the same order give
the same clusters; nothing is drawn by lot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jinpai.kit.learning.features import Floats, Places, Vocabulary, learn_vocabulary
from jinpai.kit.learning.grams import cut_views, tidy

ALIKE = 0.3
"""How alike (0–1) a text must be to the middle of a cluster to belong to it."""

UNSEEN = 500
"""So many texts of which none shares a piece are imagined beside those that are given."""

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The texts that ask the same, by their places, the most central first; `likeness` of each to the centre."""

    members: tuple[int, ...]
    likeness: tuple[float, ...]

    @property
    def centre(self) -> int:
        """The place of the text that has most neighbours."""
        return self.members[0]


def cluster(texts: Sequence[str], weights: Sequence[float] | None = None, alike: float = ALIKE) -> list[Cluster]:
    """The clusters of these texts, those that weigh most first; every text with a letter or digit is in at most one.

    `weights` says how much each counts (1 unless told): what counts is in a cluster, if only in one of its own, and a
    text that counts 0 may join one.
    """
    same: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        if any(letter.isalnum() for letter in text):
            same.setdefault(tidy(text), []).append(place)
    groups = list(same.values())
    if not groups:
        return []
    told = np.ones(len(texts)) if weights is None else np.asarray(weights, np.float64)
    mass = np.array([told[places].sum() for places in groups])
    near = _neighbours([texts[places[0]] for places in groups], alike)
    centres = _centres(near, mass)
    return _laid_out(groups, near, centres, mass)


def _neighbours(texts: Sequence[str], alike: float) -> list[tuple[Indices, Floats]]:
    """Per text the texts at least so alike, itself among them, and how alike."""
    cut = [cut_views(text) for text in texts]
    vocabulary = _steadied(learn_vocabulary(cut), len(texts))
    weighed = [vocabulary.weigh(views) for views in cut]
    owners, values, starts = _postings(vocabulary, weighed)
    found = []
    for places, own in weighed:
        spans = [slice(starts[place], starts[place + 1]) for place in places]
        others = np.concatenate([owners[span] for span in spans])
        shares = np.concatenate([values[span] * value for span, value in zip(spans, own, strict=True)])
        sums = np.bincount(others, shares, minlength=len(texts)).astype(np.float32)
        near = np.flatnonzero(sums >= alike)
        found.append((near, sums[near]))
    return found


def _steadied(vocabulary: Vocabulary, count: int) -> Vocabulary:
    """The weights as if many more texts had been seen: among few, what all have in common is no less telling."""
    more = np.float32(np.log1p(UNSEEN / (count + 1)))
    return replace(vocabulary, weights=vocabulary.weights + more, unseen=vocabulary.unseen + float(more))


def _postings(
    vocabulary: Vocabulary, weighed: Sequence[tuple[Places, Floats]]
) -> tuple[Indices, Floats, NDArray[np.int64]]:
    """Which texts have each column and how strongly, one column after the other, and where each begins."""
    columns = np.concatenate([places for places, _ in weighed])
    owners = np.repeat(np.arange(len(weighed)), [len(places) for places, _ in weighed])
    order = np.argsort(columns, kind="stable")
    counts = np.bincount(columns, minlength=len(vocabulary.weights))
    values = np.concatenate([own for _, own in weighed])
    return owners[order], values[order], np.concatenate(([0], np.cumsum(counts)))


def _centres(near: Sequence[tuple[Indices, Floats]], mass: NDArray[np.float64]) -> list[int]:
    """One after the other the text with the heaviest neighbourhood that no centre is near to yet."""
    weight = np.array([float(mass[places] @ likeness) for places, likeness in near])
    order = np.lexsort((np.arange(len(near)), -weight))
    taken = np.zeros(len(near), bool)
    centres = []
    for place in order:
        if not taken[place] and mass[place] > 0:
            centres.append(int(place))
            taken[near[place][0]] = True
    return centres


def _laid_out(
    groups: Sequence[Sequence[int]],
    near: Sequence[tuple[Indices, Floats]],
    centres: Sequence[int],
    mass: NDArray[np.float64],
) -> list[Cluster]:
    """Every text to the centre it is most like, clusters by weight, members by likeness."""
    nearest: dict[int, tuple[float, int]] = {}
    for rank, centre in enumerate(centres):
        for place, likeness in zip(*near[centre], strict=True):
            score = 2.0 if place == centre else float(likeness)
            if score > nearest.get(int(place), (0.0, 0))[0]:
                nearest[int(place)] = (score, rank)
    held: list[list[tuple[float, int]]] = [[] for _ in centres]
    for place, (likeness, rank) in nearest.items():
        held[rank].append((likeness, place))
    found = []
    for members in held:
        members.sort(key=lambda one: (-one[0], one[1]))
        spread = [(place, min(1.0, likeness)) for likeness, group in members for place in groups[group]]
        weight = sum(float(mass[group]) for _, group in members)
        found.append((weight, Cluster(tuple(at for at, _ in spread), tuple(round(like, 4) for _, like in spread))))
    found.sort(key=lambda one: (-one[0], one[1].centre))
    return [one for _, one in found]
