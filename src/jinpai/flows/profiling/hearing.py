"""A talk as guesses about its buyer need it: who said what, and which words are about paying less.

Nothing here touches the database, so the command line starts fast.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from jinpai.bargaining.attitudes import Attitudes, find_attitude
from jinpai.bargaining.content import Attitude
from jinpai.customers.model import Stance, Utterance

Voice = Literal["buyer", "agent", "other"]

_STANCES: Mapping[Attitude, Stance] = {
    "testing": "asks",
    "insists": "presses",
    "threatens": "presses",
    "pesters": "presses",
}


def hear(haggling: Attitudes | None, said: Iterable[tuple[Voice, str]]) -> list[Utterance]:
    """The messages, oldest first, each with its stance to the price; without `haggling` nobody looks for it."""
    return [Utterance(role, text, _stance(haggling, role, text)) for role, text in said]


def _stance(haggling: Attitudes | None, role: Voice, text: str) -> Stance:
    if haggling is None or role != "buyer":
        return "none"
    return _STANCES.get(find_attitude(haggling, text), "none")
