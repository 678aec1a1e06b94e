"""Parcels on their way: what couriers tell of them, and where that leaves each of them.

Traces come in pieces, late, twice and in any order; where a parcel stands follows from all of them together, so it does
not matter which came first.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

State = Literal["accepted", "moving", "delivering", "delivered", "stuck", "refused", "returned", "lost"]
"""揽收 · 运输中 · 派送中 · 已签收 · 疑难 · 拒收 · 已退回 · 丢失."""

STATES: Final[tuple[State, ...]] = get_args(State)
"""In the order a parcel goes through them; of traces told for the same moment the later one counts."""

MOVED: Final = "parcel_moved"
"""The kind of the fact that a parcel changed its state."""

TRACKED: Final = "tracking"
"""The hint that something was told of an order's parcels."""

MAX_WORDS: Final = 300

_LEAVES: Final[Mapping[State, tuple[State, ...]]] = {
    "delivered": ("refused", "returned"),
    "refused": ("delivered", "returned", "lost"),
    "returned": (),
}
"""What still counts after an end: on its way back a parcel is accepted and moves, and is refused all the same."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing told of a parcel: its number, when (ms), what that means, in the courier's words, by which account."""

    number: str
    at: int
    state: State
    text: str = ""
    author: str = ""

    def key(self, shop: str) -> str:
        """The same for what is the same, whoever tells it and however often."""
        told = "\0".join((shop, self.number, str(self.at), self.state, self.text))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Track:
    """Where a parcel stands: its state, since when, and the newest that was told (ms, words)."""

    number: str
    state: State
    since: int
    last_at: int
    text: str


def fold(traces: Iterable[Trace]) -> Track | None:
    """Where these traces of one parcel leave it, in whatever order they came; None without any."""
    told = sorted(traces, key=lambda one: (one.at, STATES.index(one.state), one.text))
    if not told:
        return None
    state, since = told[0].state, told[0].at
    for one in told[1:]:
        if one.state != state and one.state in _LEAVES.get(state, STATES):
            state, since = one.state, one.at
    return Track(told[-1].number, state, since, told[-1].at, told[-1].text)
