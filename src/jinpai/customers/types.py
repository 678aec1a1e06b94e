"""The types a talk speaks for: every type gathers points from the words said and from what the talk looks like. Pure.

Of each axis the type with most points counts, if it has enough of them; where the talk tells too little, none does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from jinpai.customers.content import Cue, Sign, SignName, TalkWords, TypeEntry
from jinpai.customers.model import AXES, Axis, Guess, Purchases, Reason, Utterance
from jinpai.kit.phrases import compile_phrases
from jinpai.kit.text import fold_text

LONGEST = 1_000
"""Characters of one message that are looked at."""

ENOUGH = 3
"""Points from which on a type is guessed."""

SHOWN = 4
"""How many reasons are told of a guess."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Phrases, and the words beside which they do not count."""

    said: Any
    never: Any

    def is_in(self, folded: str) -> bool:
        """Whether this folded message says so."""
        return self.said.search(folded) is not None and self.never.search(folded) is None


@dataclass(frozen=True, slots=True)
class CueWords:
    """A cue with its phrases compiled."""

    cue: Cue
    words: Heard


@dataclass(frozen=True, slots=True)
class TypeWords:
    """A type with its cues compiled."""

    entry: TypeEntry
    cues: tuple[CueWords, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A shop's types in the order of content, and the words of a buyer who has ordered, or speaks of the price."""

    types: tuple[TypeWords, ...]
    placed: Heard
    price: Heard


@lru_cache(maxsize=64)
def compile_words(entries: tuple[BaseModel, ...]) -> Words:
    """The types of a shop's customer entries, ready for use."""
    types = [entry for entry in entries if isinstance(entry, TypeEntry)]
    talk = {entry.words: entry for entry in entries if isinstance(entry, TalkWords)}
    return Words(
        tuple(TypeWords(one, tuple(CueWords(cue, _heard(cue)) for cue in one.cues)) for one in types),
        _heard(talk.get("placed")),
        _heard(talk.get("price")),
    )


def find_types(
    words: Words,
    talk: Sequence[Utterance],
    purchases: Purchases | None = None,
    without: Collection[tuple[str, str]] = (),
) -> dict[Axis, Guess]:
    """The guess on each axis on which the talk (oldest message first) tells enough; none of those `without` names."""
    folded = [fold_text(one.text[:LONGEST]) for one in talk]
    signs = _signs(words, talk, folded, purchases or Purchases())
    found: dict[Axis, list[tuple[int, TypeEntry, tuple[Reason, ...]]]] = {axis: [] for axis in AXES}
    for one in words.types:
        if (one.entry.axis, one.entry.type) in without:
            continue
        points, reasons = _weigh(one, talk, folded, signs)
        found[one.entry.axis].append((points, one.entry, reasons))
    return {axis: guess for axis, several in found.items() if (guess := _best(axis, several)) is not None}


def _best(axis: Axis, several: Sequence[tuple[int, TypeEntry, tuple[Reason, ...]]]) -> Guess | None:
    ranked = sorted(several, key=lambda one: -one[0])
    if not ranked or ranked[0][0] < ENOUGH:
        return None
    points, entry, reasons = ranked[0]
    other = max(0, ranked[1][0]) if len(ranked) > 1 else 0
    return Guess(axis, entry.type, round((points - other / 2) / (points + 2), 2), reasons)


def _weigh(
    one: TypeWords, talk: Sequence[Utterance], folded: Sequence[str], signs: Mapping[SignName, int]
) -> tuple[int, tuple[Reason, ...]]:
    """The points of a type, and the reasons that speak for it, the weightiest first."""
    points, told = 0, list[tuple[int, Reason]]()
    for cue in one.cues:
        heard = [at for at, said in enumerate(talk) if said.role == cue.cue.by and cue.words.is_in(folded[at])]
        for at in heard[: cue.cue.most]:
            points += cue.cue.weight
            told.append((cue.cue.weight, Reason(talk[at].text, at)))
    for sign in one.entry.signs:
        value = signs.get(sign.sign)
        if value is not None and _holds(sign, value):
            points += sign.weight
            told.append((sign.weight, Reason(sign.why.replace("#", str(value)))))
    reasons = [reason for weight, reason in sorted(told, key=_weightier) if weight > 0]
    return points, tuple(dict.fromkeys(reasons))[:SHOWN]


def _weightier(told: tuple[int, Reason]) -> tuple[int, bool]:
    """The heavier reason first, and what was said before what the talk looks like."""
    weight, reason = told
    return -weight, reason.message is None


def _holds(sign: Sign, value: int) -> bool:
    return (sign.least is None or value >= sign.least) and (sign.most is None or value <= sign.most)


def _signs(words: Words, talk: Sequence[Utterance], folded: Sequence[str], purchases: Purchases) -> dict[SignName, int]:
    """What the talk looks like; what it does not tell is absent."""
    mine = [at for at, one in enumerate(talk) if one.role == "buyer" and folded[at].strip()]
    if not mine:
        return {}
    found: dict[SignName, int] = {
        "said": len(mine),
        "length": sum(len(folded[at].strip()) for at in mine) // len(mine),
        "haggles": sum(talk[at].stance != "none" for at in mine if words.price.is_in(folded[at])),
        "presses": sum(talk[at].stance == "presses" for at in mine if words.price.is_in(folded[at])),
        "orders": purchases.paid,
        "unpaid": purchases.unpaid,
    }
    ordered = next((place for place, at in enumerate(mine, 1) if words.placed.is_in(folded[at])), None)
    return found if ordered is None else {**found, "ordered": ordered}


def _heard(entry: Cue | TalkWords | None) -> Heard:
    """The entry's phrases compiled; nothing is ever heard of none."""
    return Heard(compile_phrases(entry.said if entry else ()), compile_phrases(entry.never if entry else ()))


def title_of(words: Words, guess: Guess) -> str:
    """The type's name for people."""
    entry = entry_of(words, guess.axis, guess.type)
    return entry.title if entry is not None else guess.type


def entry_of(words: Words, axis: Axis, type_: str) -> TypeEntry | None:
    """What content says of this type; None where it has been taken away."""
    return next((one.entry for one in words.types if (one.entry.axis, one.entry.type) == (axis, type_)), None)
