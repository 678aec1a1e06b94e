"""The shape of a shop's bargaining ladder in content: its six rungs, and how much each step may be.

How far an agent may go alone, and the floor, are the shop's `authority`. An explicit zero is a zero everywhere.
"""

from typing import Annotated, Literal

from pydantic import Field

from jinpai.packs.model import ContentEntry, Money, Shape, Text, Texts

RUNGS = 6
GIFT, DISCOUNT, ASK, REFUSE = 3, 4, 5, 6
"""The rungs by name: small things · a conditional discount · the supervisor · the firm, warm refusal."""

Share = Annotated[int, Field(ge=0, le=90)]
Percent = Annotated[int, Field(ge=0, le=100)]
Approver = Literal["supervisor", "owner"]


class Rung(Shape):
    """One rung: its name, what to do there, and what is asked of the buyer in return."""

    title: Text
    does: Text
    asks: Text


class ApprovalLimit(Shape):
    """The most somebody may approve for one order; what is not written is limited by the floor alone."""

    reduction: Annotated[Money | None, Field(description="一单最多批多少元")] = None
    discount: Annotated[Percent | None, Field(description="最多批到便宜百分之几")] = None


class OfferWords(Shape):
    """How an agent's offer sounds: so much off, a price, a discount; `never` are words beside which it is none."""

    off: Texts
    price: Texts
    discount: Texts
    never: Texts = ()


class LadderRules(ContentEntry):
    """The shop's ladder; every concession is smaller than the last, and something is asked in return for each.

    The first concession is at most `open_percent` of what the agent may give alone, each further one `shrink_percent`
    of the one before, none smaller than `least` yuan, `times` of them at most. A discount is given from `from_pieces`
    pieces or `from_amount` yuan on. What was said longer than `remember_hours` ago is past.
    """

    rungs: Annotated[tuple[Rung, ...], Field(strict=False, min_length=RUNGS, max_length=RUNGS)]
    gifts: Texts = ()
    open_percent: Share = 60
    shrink_percent: Share = 50
    least: Money = "1.00"
    times: Annotated[int, Field(ge=0, le=5)] = 2
    from_pieces: Annotated[int, Field(ge=0, le=1_000)] = 0
    from_amount: Money = "0"
    remember_hours: Annotated[int, Field(ge=1, le=720)] = 72
    approval_seconds: Annotated[int, Field(ge=30, le=3_600)] = 180
    approvals: dict[Approver, ApprovalLimit] = Field(default_factory=dict)
    offers: OfferWords
