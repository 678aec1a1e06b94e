"""How a buyer talks about the price: worked out from one message, by the words content gives. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinpai.bargaining.content import Attitude, AttitudeWords
from jinpai.kit.phrases import compile_phrases
from jinpai.kit.text import fold_text

LONGEST = 1_000
"""Characters of one message that are looked at."""


@dataclass(frozen=True, slots=True)
class Words:
    """One entry's phrases, compiled."""

    attitude: Attitude
    said: Any
    needs: Any
    never: Any


@lru_cache(maxsize=64)
def compile_words(entries: tuple[AttitudeWords, ...]) -> tuple[Words, ...]:
    """The phrases of a shop's entries, ready for use, in the order of content."""
    return tuple(
        Words(
            entry.attitude,
            compile_phrases(entry.said),
            compile_phrases(entry.needs) if entry.needs else None,
            compile_phrases(entry.never),
        )
        for entry in entries
    )


def find_attitude(words: Sequence[Words], text: str) -> Attitude:
    """The attitude this message shows; none where it does not talk about paying less."""
    folded = f" {fold_text(text[:LONGEST])} "
    return next((one.attitude for one in words if _shows(one, folded)), "none")


def _shows(one: Words, folded: str) -> bool:
    if one.never.search(folded) or (one.needs is not None and not one.needs.search(folded)):
        return False
    return one.said.search(folded) is not None
