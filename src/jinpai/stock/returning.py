"""Goods that come back: the plain types, and what has to be true before they can be sold again.

received ──▶ inspected ──▶ done: what is good is in the stock, the rest written off
"""

from dataclasses import dataclass
from typing import Final, Literal

from jinpai.kit.errors import BadInput, Conflict
from jinpai.stock.model import MOST

RECEIVED: Final = "goods_returned"
INSPECTED: Final = "goods_inspected"
SETTLED: Final = "goods_settled"
"""The kinds of their facts in the journal."""

State = Literal["received", "inspected", "done"]
MAX_NOTE: Final = 200


@dataclass(frozen=True, slots=True)
class Return:
    """Goods of one kind that came back; times in ms, `good` pieces can be sold again (None: nobody has looked yet).

    `order_id` and `number` say which order they belong to, empty where the parcel does not tell.
    """

    id: str
    shop: str
    sku: str
    title: str
    order_id: str | None
    number: str
    pieces: int
    good: int | None
    state: State
    note: str
    received_by: str
    received_at: int
    changed_at: int


def check_received(pieces: int, ordered: int | None, back: int, note: str) -> None:
    """BadInput when so many cannot have come back: of `ordered` pieces `back` had before; without an order say why."""
    if not 1 <= pieces <= MOST:
        raise BadInput(f"退回来的件数要在 1 到 {MOST:,} 之间，请核对")
    if ordered is None and not note:
        raise BadInput("不知道是哪个订单的，请写一句从哪里来的，例如寄件人和快递单号")
    if ordered is not None and pieces > ordered - back:
        had = f"，之前已经收回 {back} 件" if back else ""
        raise BadInput(f"这个订单里这个规格一共 {ordered} 件{had}，不能再收 {pieces} 件")


def check_inspected(known: Return, good: int, seen: int | None) -> None:
    """BadInput for a number that cannot be, Conflict when it is settled or somebody has looked meanwhile."""
    if not 0 <= good <= known.pieces:
        raise BadInput(f"一共退回 {known.pieces} 件，能再卖的要在 0 到 {known.pieces} 之间")
    if known.state == "done":
        raise Conflict("这批退货已经处理完了，要改数量请到库存里更正")
    if known.good != seen:
        raise Conflict("同事刚刚验过这批货，请看过最新的结果再改")
