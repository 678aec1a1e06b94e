"""A talk as guesses about its buyer need it: who said what, and which words are about paying less.

Nothing here touches the database, so the command line starts fast.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from jinpai.bargaining.attitudes import Words, find_attitude
from jinpai.bargaining.content import Attitude
from jinpai.customers.model import Stance, Utterance

Voice = Literal["buyer", "agent", "other"]

_STANCES: Mapping[Attitude, Stance] = {
    "testing": "asks",
    "insists": "presses",
    "threatens": "presses",
    "pesters": "presses",
}


def hear(haggling: Sequence[Words], said: Iterable[tuple[Voice, str]]) -> list[Utterance]:
    """The messages, oldest first, each with its stance to the price."""
    return [Utterance(role, text, _stance(haggling, text) if role == "buyer" else "none") for role, text in said]


def _stance(haggling: Sequence[Words], text: str) -> Stance:
    return _STANCES.get(find_attitude(haggling, text), "none")
