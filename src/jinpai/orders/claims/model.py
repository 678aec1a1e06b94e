"""What a courier is asked to pay for a parcel that got lost or damaged: the plain types, and what may follow what.

opened ──▶ sent ──▶ accepted ──▶ paid
  │          └─▶ refused ──▶ sent (once more, with better evidence)
  └──▶ dropped (nothing is asked for any more, at any time before an answer)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from jinpai.kit.errors import BadInput, Conflict

Kind = Literal["lost", "damaged"]
State = Literal["opened", "sent", "accepted", "refused", "paid", "dropped"]

CLAIMED: Final = "claim_opened"
MOVED: Final = "claim_moved"
"""The kinds of their facts in the history of the order."""

RUNNING: Final[tuple[State, ...]] = ("opened", "sent", "accepted")
"""While somebody has to do something, and its time runs."""

MAX_WORDS: Final = 500
WITHIN_DAYS: Final = 15
"""By when it is to be over where nobody says otherwise."""

_FROM: Final[Mapping[State, tuple[State, ...]]] = {
    "sent": ("opened", "refused"),
    "accepted": ("sent",),
    "refused": ("sent",),
    "paid": ("accepted",),
    "dropped": ("opened", "sent", "refused"),
}
_STANDS: Final[Mapping[State, str]] = {
    "opened": "还没有提交给快递",
    "sent": "正在等快递答复",
    "accepted": "快递已经同意赔付",
    "refused": "快递没有同意",
    "paid": "已经收到赔款",
    "dropped": "已经放弃了",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim for one waybill; `amount` asked for and `granted` by the courier in fen, times in ms.

    `evidence` is what proves it, `answer` the newest words about it.
    """

    id: str
    shop: str
    order_id: str
    number: str
    courier: str
    kind: Kind
    state: State
    amount: int
    granted: int | None
    evidence: str
    answer: str
    opened_by: str
    opened_at: int
    due_at: int
    changed_at: int
    ended_at: int | None


def check_amount(amount: int, paid: int) -> None:
    """Refuse to ask for nothing, and for more than the order cost."""
    if amount <= 0:
        raise BadInput("索赔金额要大于 0，请填实际的损失")
    if amount > paid:
        raise BadInput("索赔金额比买家付的还多，请按实付金额以内填写")


def check_move(known: Claim, to: State, words: str, granted: int | None) -> None:
    """Refuse a move this claim does not allow, or one without what it needs."""
    if known.state not in _FROM.get(to, ()):
        raise Conflict(f"这笔索赔{_STANDS[known.state]}，请刷新看看最新的进展")
    if to == "accepted" and (granted is None or granted <= 0):
        raise BadInput("请填快递同意赔多少")
    if to == "accepted" and granted is not None and granted > known.amount:
        raise BadInput("同意赔的比要求的还多，请核对金额")
    if to in ("refused", "dropped") and not words:
        raise BadInput("请写下快递怎么说的" if to == "refused" else "请写下为什么不要赔了")
