"""Many texts at once, as a sparse matrix; for learning only, so that who merely understands needs no scipy."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from jinpai.kit.learning.features import Vocabulary
from jinpai.kit.learning.grams import Views


def lay_out(vocabulary: Vocabulary, cut: Sequence[Views]) -> csr_matrix:
    """The cut texts, weighed, as a matrix: texts × columns."""
    vectors = [vocabulary.weigh(views) for views in cut]
    ends = np.cumsum([0, *(len(places) for places, _ in vectors)])
    places, values = (np.concatenate([vector[part] for vector in vectors]) for part in (0, 1))
    return csr_matrix((values, places, ends), shape=(len(vectors), len(vocabulary.weights)))
