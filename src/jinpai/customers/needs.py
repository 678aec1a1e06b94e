"""The needs of a buyer beside the goods, and which of them an agent's words have served. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from jinpai.customers.content import NeedEntry
from jinpai.customers.model import Served, Utterance
from jinpai.kit.phrases import compile_phrases
from jinpai.kit.text import fold_text

LONGEST = 1_000
"""Characters of one message that are looked at."""


@dataclass(frozen=True, slots=True)
class NeedWords:
    """One need with its words compiled."""

    entry: NeedEntry
    said: Any


@lru_cache(maxsize=64)
def compile_needs(entries: tuple[BaseModel, ...]) -> tuple[NeedWords, ...]:
    """The needs of a shop's customer entries, ready for use, in the order of content."""
    return tuple(NeedWords(one, compile_phrases(one.said)) for one in entries if isinstance(one, NeedEntry))


def find_served(words: Sequence[NeedWords], talk: Sequence[Utterance], answered: int | None) -> list[Served]:
    """Every need with the first message that served it; `answered`: seconds until a person's first answer."""
    said = [(at, fold_text(one.text[:LONGEST])) for at, one in enumerate(talk) if one.role == "agent"]
    found = []
    for one in words:
        within = one.entry.answered_within
        quick = bool(said) and within is not None and answered is not None and answered <= within
        at = said[0][0] if quick else next((at for at, folded in said if one.said.search(folded)), None)
        found.append(Served(one.entry.need, at))
    return found
