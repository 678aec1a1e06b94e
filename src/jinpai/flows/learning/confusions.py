"""Which intents a shop's copilot takes for which: by what people put right, and by examples left out of learning."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinpai.copilot.hearing.confusing import Mistaken
from jinpai.copilot.store import Correction, is_example, list_valid
from jinpai.flows.learning.lessons import MOST, learned_words, read_words
from jinpai.flows.ports import House

if TYPE_CHECKING:
    from jinpai.flows.learning.understanding import Proof

WEIGHT = 3
"""What a buyer really misheard counts beside an example that the others would have called something else."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A text that was taken for another intent: an example (`correction` is None), or a buyer's words put right.

    `is_still` says that the other examples would mishear it today; `sure` how sure they are (0–1).
    """

    text: str
    correction: Correction | None
    is_still: bool
    sure: float


@dataclass(slots=True)
class Confusion:
    """What meant the intent `meant` was taken for `heard` ("" = for nothing)."""

    meant: str
    heard: str
    instances: list[Instance] = field(default_factory=list)

    @property
    def corrections(self) -> int:
        """How often people put it right."""
        return sum(one.correction is not None for one in self.instances)

    @property
    def weight(self) -> int:
        """How much it matters."""
        return len(self.instances) + (WEIGHT - 1) * self.corrections


@dataclass(frozen=True, slots=True)
class Confusions:
    """All of them, what matters most first; of so many `examples` so many were heard `right` without being learned."""

    items: Sequence[Confusion]
    examples: int
    right: int
    is_current: bool


def read_confusions(house: House, shop: str) -> Confusions | None:
    """What this shop's copilot takes for what; None while its intents are learned for the first time."""
    lessons = house.content.shop(shop).lessons
    proof = house.understandings.prove(shop, lessons)
    if proof is None:
        return None
    with house.database.read() as connection:
        put_right = [one for one in list_valid(connection, shop, MOST) if not is_example(one)]
        words = read_words(connection, put_right)
    labels = dict(lessons.examples())
    mistaken = {
        one.text: one for one in proof.mistaken if labels.get(one.text) == one.intent and _is_missed(proof, one)
    }
    found: dict[tuple[str, str], Confusion] = {}
    told: set[str] = set()
    for one in put_right:
        text = learned_words(one, words[one.id])
        if text and text not in told:
            told.add(text)
            still = mistaken.get(text)
            instance = Instance(words[one.id], one, still is not None, still.sure if still is not None else 0.0)
            _of(found, one.meant, one.heard).append(instance)
    for miss in mistaken.values():
        if miss.text not in told:
            _of(found, miss.intent, miss.guess).append(Instance(miss.text, None, is_still=True, sure=miss.sure))
    for confusion in found.values():
        confusion.instances.sort(key=lambda one: (one.correction is None, -one.sure, one.text))
    items = sorted(found.values(), key=lambda one: (-one.weight, one.meant, one.heard))
    return Confusions(items, len(labels), len(labels) - len(mistaken), proof.is_current)


def _of(found: dict[tuple[str, str], Confusion], meant: str, heard: str) -> list[Instance]:
    return found.setdefault((meant, heard), Confusion(meant, heard)).instances


def _is_missed(proof: "Proof", one: Mistaken) -> bool:
    """What a pattern names is understood, whatever the examples say."""
    return one.intent not in proof.understanding.named(one.text)
