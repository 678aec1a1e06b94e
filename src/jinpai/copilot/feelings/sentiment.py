"""Whether a review is pleased: learned from labelled reviews, the more a piece tells by itself the more it may say."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from jinpai.kit.learning.features import Floats, Vocabulary, learn_vocabulary
from jinpai.kit.learning.grams import Views, joined, tidy
from jinpai.kit.learning.logistic import Divider, divide
from jinpai.kit.learning.matrix import lay_out

RARE = 2
"""A piece that at most so many reviews have says nothing."""


def cut_review(text: str) -> Views:
    """The pieces of a review, its letters and up to three neighbours, each once."""
    marked = f"^{tidy(text)}$"
    return (list(dict.fromkeys([*marked, *joined(marked, 2, ""), *joined(marked, 3, "")])),)


def learn_sentiment(cut: Sequence[Views], pleased: Sequence[bool]) -> Divider:
    """Learn from cut reviews of both kinds; scores above zero are pleased."""
    vocabulary = _often(learn_vocabulary(cut), len(cut))
    telling = np.abs(_telling(vocabulary, cut, pleased))
    told = replace(vocabulary, weights=(telling / max(float(telling.mean()), 1e-9)).astype(np.float32), unseen=0.0)
    return divide(cut, pleased, told)


def naive_bayes(cut: Sequence[Views], pleased: Sequence[bool]) -> Callable[[Views], float]:
    """The baseline: every piece says what it says by itself, and all are added up."""
    vocabulary = _often(learn_vocabulary(cut), len(cut))
    telling = _telling(vocabulary, cut, pleased)
    bias = float(np.log((sum(pleased) + 1) / (len(pleased) - sum(pleased) + 1)))

    def score(views: Views) -> float:
        known = (view.get(piece) for view, pieces in zip(vocabulary.columns, views, strict=True) for piece in pieces)
        return bias + sum(float(telling[place]) for place in known if place is not None)

    return score


def _telling(vocabulary: Vocabulary, cut: Sequence[Views], pleased: Sequence[bool]) -> Floats:
    """Per column the logarithm of how much likelier it is in pleased reviews than in others."""
    counted = (lay_out(vocabulary, cut) > 0).astype(np.float32)
    wanted = np.asarray(pleased, np.float32)
    here, there = 1 + counted.T @ wanted, 1 + counted.T @ (1 - wanted)
    return np.asarray(np.log(here / here.sum()) - np.log(there / there.sum()), np.float32)


def _often(vocabulary: Vocabulary, count: int) -> Vocabulary:
    """The vocabulary without rare pieces."""
    kept = vocabulary.weights < np.log((count + 1) / (RARE + 1)) + 1 - 1e-4
    if not kept.any():
        return vocabulary
    places = np.cumsum(kept) - 1
    columns = tuple(
        {piece: int(places[place]) for piece, place in view.items() if kept[place]} for view in vocabulary.columns
    )
    return Vocabulary(columns, vocabulary.weights[kept], vocabulary.unseen)
