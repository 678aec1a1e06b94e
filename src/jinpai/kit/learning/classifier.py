"""A learned classifier: a cut text in, the probability of every class out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jinpai.kit.learning.anchors import SHARE, Anchors
from jinpai.kit.learning.calibration import PLAIN, Curve
from jinpai.kit.learning.features import Floats, Vocabulary
from jinpai.kit.learning.grams import Views

Halves: TypeAlias = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Rows:
    """What each column says about each class, kept in half precision with one factor for all."""

    values: Halves
    factor: np.float32

    @staticmethod
    def pack(rows: Floats) -> "Rows":
        """Keep these rows (columns × classes)."""
        factor = np.float32(max(float(np.abs(rows).max(initial=0.0)), 1e-12))
        return Rows((rows / factor).astype(np.float16), factor)


@dataclass(frozen=True, slots=True)
class Classifier:
    """Tells the classes `names` apart; `prior` is how often each was seen.

    `scale` and `curve` make scores probabilities. With `anchors` it hears the meaning of a text beside its wording;
    where that cannot be told just now, the wording speaks for it.
    """

    names: tuple[str, ...]
    vocabulary: Vocabulary
    rows: Rows
    prior: Floats
    scale: float
    curve: Curve = PLAIN
    anchors: Anchors | None = None

    def scores(self, views: Views, meaning: Floats | None = None) -> Floats:
        """The score of every class, in the order of `names`."""
        places, values = self.vocabulary.weigh(views)
        told = self.rows.factor * (values @ self.rows.values[places].astype(np.float32))
        if self.anchors is None:
            return self.prior + told
        return self.prior + (told / np.float32(1 - SHARE) if meaning is None else told + self.anchors.scores(meaning))

    def probabilities(self, views: Views, meaning: Floats | None = None) -> Floats:
        """The probability of every class, in the order of `names`."""
        return self.curve.bend(self.scores(views, meaning) * np.float32(self.scale))

    def classify(self, views: Views, meaning: Floats | None = None) -> str:
        """The likeliest class."""
        return self.names[int(self.scores(views, meaning).argmax())]

    def rank(self, views: Views, most: int, meaning: Floats | None = None) -> Sequence[tuple[str, float]]:
        """The likeliest classes with their probabilities, best first."""
        shares = self.probabilities(views, meaning)
        return [(self.names[place], float(shares[place])) for place in np.argsort(-shares)[:most]]
