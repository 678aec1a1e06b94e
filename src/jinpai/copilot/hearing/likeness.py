"""How alike two questions are: by the pieces they share, the rarer the weightier."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from jinpai.kit.learning.anchors import Anchors, Embed
from jinpai.kit.learning.features import Vocabulary, learn_vocabulary
from jinpai.kit.learning.grams import cut_views, tidy

Alike: TypeAlias = Callable[[str, str], float]
"""How alike two questions are, more for those more alike."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike questions are, rarer pieces weighing more; `vocabulary` says how rare they are."""

    vocabulary: Vocabulary

    def alike(self, one: str, other: str) -> float:
        """How alike two questions are in their letters (0–1)."""
        return self._cosine(0, _letters(one), _letters(other))

    def parts(self, one: str, other: str) -> Sequence[float]:
        """How alike they are (0–1) in their letters, and in each view of a message."""
        mine, theirs = cut_views(one), cut_views(other)
        views = (self._cosine(view, *pieces) for view, pieces in enumerate(zip(mine, theirs, strict=True)))
        return [self.alike(one, other), *views]

    def _cosine(self, view: int, mine: Sequence[str], theirs: Sequence[str]) -> float:
        rare = {piece: self._rare(view, piece) for piece in (*mine, *theirs)}
        shared = sum(rare[piece] for piece in set(mine) & set(theirs))
        length = sum(rare[piece] for piece in mine) * sum(rare[piece] for piece in theirs)
        return shared / math.sqrt(length) if length else 0.0

    def _rare(self, view: int, piece: str) -> float:
        place = self.vocabulary.columns[view].get(piece)
        return (self.vocabulary.unseen if place is None else float(self.vocabulary.weights[place])) ** 2


def by_meaning(embed: Embed, anchors: Anchors, otherwise: Alike) -> Alike:
    """How alike two questions are in their meaning (-1–1); `otherwise` where meanings cannot be told just now."""

    def alike(one: str, other: str) -> float:
        told = embed([one, other])
        return otherwise(one, other) if told is None else anchors.alike(*told)

    return alike


def learn_likeness(texts: Sequence[str]) -> Likeness:
    """How rare pieces are among these questions (at least one)."""
    return Likeness(learn_vocabulary([cut_views(text) for text in texts]))


def _letters(text: str) -> list[str]:
    return list(dict.fromkeys(letter for letter in tidy(text) if letter.isalnum()))
