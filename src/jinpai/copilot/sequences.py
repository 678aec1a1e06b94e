"""Labelling sequences: a linear-chain conditional random field, learned from labelled examples.

Every position of a sequence has features (any strings); what is learned are weights of features and of neighbouring
labels. Needs numpy, which nothing else imports on its account.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Features = Sequence[Sequence[str]]
"""The features of each position of one sequence."""

EPOCHS = 14
BATCH = 32
RATE = 0.12
RIDGE = 0.02
"""How strongly weights are drawn to nothing, over one pass through the examples."""
DROPPED = 0.4
"""The share of features left out at each step, so that none is relied on alone."""
RARE = 1
"""A feature seen less often than this is not learned."""

_STABLE = 1e-8


@dataclass(frozen=True, slots=True)
class Labeller:
    """What was learned: feature → row of `weights` (the last row is for none), and which label follows which."""

    labels: tuple[str, ...]
    known: dict[str, int]
    weights: Floats
    follows: Floats
    begins: Floats

    def label(self, features: Features) -> list[str]:
        """The best labels of this sequence, one a position."""
        if not features:
            return []
        scores = _scores(self.weights, _rows(self.known, features))
        best = self.begins + scores[0]
        came: list[Ints] = []
        for row in scores[1:]:
            ways = best[:, None] + self.follows
            came.append(ways.argmax(axis=0))
            best = ways.max(axis=0) + row
        path = [int(best.argmax())]
        for step in reversed(came):
            path.append(int(step[path[-1]]))
        return [self.labels[at] for at in reversed(path)]


@dataclass(slots=True)
class _Learning:
    """The weights while they are learned, with the sum of squared gradients of each and their running average."""

    value: Floats
    squares: Floats
    total: Floats

    @classmethod
    def begin(cls, *shape: int) -> "_Learning":
        return cls(*(np.zeros(shape, np.float32) for _ in range(3)))

    def step(self, rows: Ints | slice, gradient: Floats) -> None:
        self.squares[rows] += gradient * gradient
        self.value[rows] -= RATE * gradient / np.sqrt(self.squares[rows] + _STABLE)


def learn(examples: Sequence[tuple[Features, Sequence[str]]], seed: int = 7, epochs: int = EPOCHS) -> Labeller:
    """A labeller learned from these sequences with their labels; the same examples give the same labeller."""
    labels = tuple(sorted({label for _, given in examples for label in given}))
    number = {label: at for at, label in enumerate(labels)}
    counts = Counter(name for features, _ in examples for name in {name for position in features for name in position})
    kept = [name for name, seen in counts.items() if seen >= RARE]
    ridge = RIDGE / np.array([*(min(counts[name], len(examples) / BATCH) for name in kept), 1], np.float32)[:, None]
    known = {name: at for at, name in enumerate(kept)}
    data = [
        (_rows(known, features), np.array([number[label] for label in given], np.int64)) for features, given in examples
    ]
    size = len(labels)
    weights, follows, begins = _Learning.begin(len(kept) + 1, size), _Learning.begin(size, size), _Learning.begin(size)
    chance = np.random.default_rng(seed)
    for epoch in range(epochs):
        for batch in _batches(data, chance):
            _learn_batch(weights, follows, begins, batch, ridge, chance)
        if epoch >= epochs // 2:
            for one in (weights, follows, begins):
                one.total += one.value
    share = epochs - epochs // 2
    mean = [(one.total / share).astype(np.float32) for one in (weights, follows, begins)]
    return Labeller(labels, known, mean[0], mean[1], mean[2])


Example = tuple[Ints, Ints]


def _batches(data: Sequence[Example], chance: np.random.Generator) -> Iterator[list[Example]]:
    """The examples shuffled, those of like length together."""
    order = chance.permutation(len(data))
    block = BATCH * 20
    batches = []
    for start in range(0, len(order), block):
        near = sorted(order[start : start + block], key=lambda at: len(data[at][1]))
        batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    for at in chance.permutation(len(batches)):
        yield [data[one] for one in batches[at]]


def _learn_batch(
    weights: _Learning,
    follows: _Learning,
    begins: _Learning,
    batch: list[Example],
    ridge: Floats,
    chance: np.random.Generator,
) -> None:
    """One step against the gradient of the likelihood of these sequences."""
    longest = max(len(given) for _, given in batch)
    width, none = max(features.shape[1] for features, _ in batch), len(weights.value) - 1
    rows = np.full((longest, len(batch), width), none, np.int64)
    given = np.full((longest, len(batch)), -1, np.int64)
    for at, (features, labels) in enumerate(batch):
        rows[: len(labels), at, : features.shape[1]] = features
        given[: len(labels), at] = labels
    here = given >= 0
    rows[chance.random(rows.shape) < DROPPED] = none
    scores = weights.value[rows].sum(axis=2) / (1 - DROPPED)
    expected, pairs = _expectations(scores, here, follows.value, begins.value)
    times, which = np.nonzero(here)
    expected[times, which, given[times, which]] -= 1
    later = here[1:]
    np.subtract.at(pairs, (given[:-1][later], given[1:][later]), 1)
    flat = rows[times, which].ravel()
    by_row = np.repeat(expected[times, which] / (1 - DROPPED), width, axis=0)
    order = np.argsort(flat, kind="stable")
    unique, starts = np.unique(flat[order], return_index=True)
    sums = np.add.reduceat(by_row[order], starts, axis=0)
    sums[unique == none] = 0
    weights.step(unique, sums + ridge[unique] * weights.value[unique])
    follows.step(slice(None), pairs)
    begins.step(slice(None), expected[0].sum(axis=0))


def _expectations(scores: Floats, here: NDArray[np.bool_], follows: Floats, begins: Floats) -> tuple[Floats, Floats]:
    """How likely each label is at each place (time, sequence, label), and each pair of neighbours over all."""
    length, count, size = scores.shape
    lift = np.exp(scores - scores.max(axis=2, keepdims=True))
    lift[~here] = 1.0
    step = np.exp(follows - follows.max())
    ahead = np.zeros_like(lift)
    ahead[0] = lift[0] * np.exp(begins - begins.max())
    ahead[0] /= ahead[0].sum(axis=1, keepdims=True)
    for at in range(1, length):
        moved = (ahead[at - 1] @ step) * lift[at]
        moved /= moved.sum(axis=1, keepdims=True) + 1e-30
        ahead[at] = np.where(here[at][:, None], moved, ahead[at - 1])
    behind = np.ones((count, size), np.float32)
    expected = np.zeros_like(lift)
    pairs = np.zeros((size, size), np.float32)
    for at in range(length - 1, -1, -1):
        likely = ahead[at] * behind
        expected[at] = likely / (likely.sum(axis=1, keepdims=True) + 1e-30) * here[at][:, None]
        if at == 0:
            break
        through = lift[at] * behind
        joint = ahead[at - 1] @ step
        norm = (joint * through).sum(axis=1, keepdims=True) + 1e-30
        used = here[at][:, None]
        pairs += (ahead[at - 1] * used / norm).T @ through * step
        before = through @ step.T
        before /= before.sum(axis=1, keepdims=True) + 1e-30
        behind = np.where(used, before, behind)
    return expected, pairs


def _scores(weights: Floats, rows: Ints) -> Floats:
    summed: Floats = weights[rows].sum(axis=1)
    return summed


def _rows(known: dict[str, int], features: Features) -> Ints:
    """The rows of each position's features; what was never learned has the last row, which weighs nothing."""
    none = len(known)
    width = max(map(len, features))
    rows = np.full((len(features), width), none, np.int64)
    for at, position in enumerate(features):
        rows[at, : len(position)] = [known.get(name, none) for name in position]
    return rows
