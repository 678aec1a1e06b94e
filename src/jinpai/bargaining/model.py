"""Asking a supervisor for more than one's authority: the plain types.

    waiting ──answer──▶ approved | countered | refused
       └──three minutes──▶ expired

What was approved raises the authority for that conversation and those goods until the end of the day.
"""

from dataclasses import dataclass
from typing import Final, Literal

State = Literal["waiting", "approved", "countered", "refused", "expired"]
Verdict = Literal["approved", "countered", "refused"]
Kind = Literal["discount", "honour"]
"""discount: the buyer asks for more · honour: more was told already, by mistake, and the shop keeps its word."""

ASKED: Final = "approval_asked"
ANSWERED: Final = "approval_answered"
LAPSED: Final = "approval_lapsed"
"""The kinds of their facts in the journal."""

TOPIC: Final = "approvals"
"""The hint that somebody asked, answered or waited in vain."""

MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Goods:
    """What is bargained about: `price` is what all pieces cost as listed, in fen."""

    product: str
    title: str
    pieces: int
    price: int


@dataclass(frozen=True, slots=True)
class Request:
    """One request; money in fen, times in ms. `told` is the number of the message that promised it already.

    `fact` and `answer` are the journal rows with the reason and the words; `order_id` is the order it was used for.
    """

    id: str
    shop: str
    conversation: str
    kind: Kind
    product: str
    title: str
    pieces: int
    price: int
    off: int
    told: int | None
    agent: str
    asked_at: int
    closes_at: int
    fact: int
    state: State
    granted: int | None
    answered_by: str
    answered_at: int | None
    ends_at: int | None
    answer: int | None
    order_id: str | None

    def holds(self, now: int) -> bool:
        """Whether this raises the authority now."""
        return self.granted is not None and self.ends_at is not None and now < self.ends_at
