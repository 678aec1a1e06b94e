"""Tells two classes apart: logistic regression over weighed pieces, for tens of thousands of texts in seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from jinpai.kit.learning.features import Floats, Vocabulary, learn_vocabulary
from jinpai.kit.learning.grams import Views
from jinpai.kit.learning.matrix import lay_out

SHRINK = 1e-5
"""How little a single piece may say."""
STEPS = 150


@dataclass(frozen=True, slots=True)
class Divider:
    """Says how much speaks for a text's being of the one class (positive) or the other (negative)."""

    vocabulary: Vocabulary
    weights: Floats
    bias: float

    def score(self, views: Views) -> float:
        """Above zero for the class learned as true; the logarithm of how much likelier it is."""
        places, values = self.vocabulary.weigh(views)
        return float(values @ self.weights[places]) + self.bias


def divide(
    cut: Sequence[Views], classes: Sequence[bool], vocabulary: Vocabulary | None = None, shrink: float = SHRINK
) -> Divider:
    """Learn to tell the true of these cut texts (at least one) from the false; the same texts give the same.

    `vocabulary` says how much each piece weighs; without one the rarer weigh more.
    """
    vocabulary = vocabulary or learn_vocabulary(cut)
    matrix = lay_out(vocabulary, cut)
    wanted = np.asarray(classes, np.float64)
    start = np.zeros(matrix.shape[1] + 1)
    found = minimize(
        _loss,
        start,
        args=(matrix, matrix.T.tocsr(), wanted, shrink),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": STEPS},
    )
    return Divider(vocabulary, found.x[:-1].astype(np.float32), float(found.x[-1]))


def _loss(
    told: NDArray[np.float64], matrix: csr_matrix, turned: csr_matrix, wanted: NDArray[np.float64], shrink: float
) -> tuple[float, NDArray[np.float64]]:
    """The mean surprise at the classes under these weights and bias, and its slope."""
    scores = matrix @ told[:-1] + told[-1]
    missed = (1 / (1 + np.exp(-np.clip(scores, -60, 60))) - wanted) / len(wanted)
    value = float((np.logaddexp(0, scores) - wanted * scores).mean() + shrink / 2 * (told[:-1] @ told[:-1]))
    return value, np.append(turned @ missed + shrink * told[:-1], missed.sum())
