"""How alike texts are that are learned from: by their wording and, where vectors tell it, by their meaning."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from jinpai.kit.learning.anchors import SHARE, nearness
from jinpai.kit.learning.features import Floats

_ROWS = 512
"""So many texts are held against all others at a time."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts to learn from: their weighed pieces (texts × columns) and, perhaps, the directions of their meanings."""

    pieces: csr_matrix
    meant: Floats | None = None

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.pieces.shape[0])

    def take(self, places: NDArray[np.int64]) -> "Texts":
        """Those at these places."""
        return Texts(self.pieces[places], None if self.meant is None else self.meant[places])

    def likeness(self) -> Floats:
        """How alike each is to each (texts × texts), laid out by columns."""
        found = np.empty((self.count, self.count), np.float32, order="F")
        turned = self.pieces.T.tocsr()
        for start in range(0, self.count, _ROWS):
            rows = slice(start, start + _ROWS)
            alike = (self.pieces[rows] @ turned).toarray()
            if self.meant is not None:
                alike = (1 - SHARE) * alike + SHARE * nearness(self.meant[rows], self.meant)
            found[:, rows] = alike.T
        return found

    def columns(self, weights: Floats) -> Floats:
        """What each piece says about each class, from what each text says (texts × classes)."""
        told = np.asarray(self.pieces.T @ weights, np.float32)
        return told if self.meant is None else told * np.float32(1 - SHARE)

    def anchored(self, weights: Floats) -> Floats | None:
        """What each text says about each class by its meaning; None where no meanings are told."""
        return None if self.meant is None else weights * np.float32(SHARE)

    def hear(self, rows: Floats, known: "Texts", anchored: Floats | None) -> Floats:
        """What pieces and the meanings of known texts say of these (texts × classes)."""
        told = np.asarray(self.pieces @ rows, np.float32)
        if self.meant is None or known.meant is None or anchored is None:
            return told
        for start in range(0, self.count, _ROWS):
            here = slice(start, start + _ROWS)
            told[here] += nearness(self.meant[here], known.meant) @ anchored
        return told
