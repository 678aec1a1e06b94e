"""The sentences in which live facts are told: their shape, and how a fact becomes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from jinpai.packs.model import ContentEntry, Text
from jinpai.playbook.variables import fill

SAYING = "say."
"""What wordings begin with that ask for what is missing and speak of deeds a person does: only staff say them."""


class Wording(ContentEntry):
    """The ways of telling one fact; what stands in braces is put in from the shop's records."""

    texts: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the records say: which wording tells it, with which values, and where it stands.

    With `text` it is told in words of the shop's own instead. `asks`: a question for what is still missing. `card` are
    the ids of the product and the variant it is about, where a card of theirs should go with it.
    """

    wording: str
    source: str
    values: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    asks: bool = False
    card: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in a sentence."""

    text: str
    source: str
    kind: Literal["fact", "question"]
    id: str
    card: tuple[str, str] = ("", "")


def tell(fact: Fact, wordings: Mapping[str, Wording], turn: int = 0) -> Told | None:
    """The fact as a sentence; None when there is no wording, or a value in it is not known. `turn` varies the words."""
    kind: Literal["fact", "question"] = "question" if fact.asks else "fact"
    if fact.text:
        return Told(fact.text, fact.source, kind, fact.wording, fact.card)
    texts: Sequence[str] = wordings[fact.wording].texts if fact.wording in wordings else ()
    for place in range(len(texts)):
        text, missing = fill(texts[(turn + place) % len(texts)], fact.values)
        if not missing:
            return Told(text, fact.source, kind, fact.wording, fact.card)
    return None
