"""What a shop takes a buyer for: guesses with their reasons. Pure.

Every guess changes how one speaks with the buyer, never the price and never the courtesy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Axis = Literal["behaviour", "knowledge", "price", "demand", "character"]
"""How they buy · what they know of the goods · how they take the price · what they demand · how they are."""

AXES: tuple[Axis, ...] = get_args(Axis)

TYPES: Mapping[Axis, frozenset[str]] = {
    "behaviour": frozenset(("sociable", "purchaser", "polite", "bargainer", "orders_without_paying")),
    "knowledge": frozenset(("dependent", "half_informed", "expert")),
    "price": frozenset(("generous", "testing", "must_haggle")),
    "demand": frozenset(("bought_before", "half_doubting", "perfectionist")),
    "character": frozenset(("easy_going", "domineering", "analytical", "self_centred")),
}

FactKind = Literal[
    "height", "weight", "size", "shoe_size", "skin", "birthday", "for_whom", "occasion", "colour", "allergy"
]
"""What is worth knowing of a buyer for the next visit."""

FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)

NeedKind = Literal[
    "orderly",
    "prompt",
    "recognised",
    "welcomed",
    "comfortable",
    "understood",
    "helped",
    "valued",
    "praised",
    "respected",
    "trusted",
]
"""What a buyer needs beside the goods."""

Stance = Literal["none", "asks", "presses"]
"""How one message treats the price: not at all, asks for less, presses for less."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a talk: who said it, what, and whether it is about paying less."""

    role: Literal["buyer", "agent", "other"]
    text: str
    stance: Stance = "none"


@dataclass(frozen=True, slots=True)
class Purchases:
    """What is known of the buyer's orders: `paid` ones of earlier days, `unpaid` ones placed and left."""

    paid: int = 0
    unpaid: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a guess was made: the words of a message (its place, 0 = the first), or what the talk looks like (None)."""

    text: str
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """The type this talk speaks for, how sure that is (0–1), and why."""

    axis: Axis
    type: str
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Something a buyer told of themselves, in words of the profile, and the message that says so (0 = the first)."""

    kind: FactKind
    value: str
    message: int


@dataclass(frozen=True, slots=True)
class Served:
    """A need beside the goods, and the agent's message that served it (0 = the first); None: not yet."""

    kind: NeedKind
    message: int | None
