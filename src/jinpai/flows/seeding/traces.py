"""What couriers told of a pack's parcels: the way each has come by now, and the few that ran into trouble."""

from typing import Final

from jinpai.orders.model import OrderRow
from jinpai.orders.seeds import Course, OrderSeed, Way
from jinpai.orders.tracking.model import State, Trace

HOUR = 3_600_000
DAY = 24 * HOUR
FARTHEST = 20 * DAY
"""Nobody asks any more where a parcel went that left longer ago."""

_ENDS: Final[dict[Way, tuple[int, State, str]]] = {
    "stuck": (36, "stuck", "派送时联系不上收件人，包裹暂存网点"),
    "refused": (40, "refused", "收件人拒收，包裹等待退回"),
    "lost": (60, "lost", "网点核查后确认包裹遗失"),
}
"""What became of a parcel in trouble: hours after dispatch, what that means, the courier's words."""


def traces_of(seed: OrderSeed, row: OrderRow, went: Course, now: int) -> list[Trace]:
    """What was told until `now` (ms) of the order's parcels, where they left not long ago."""
    sent = went.shipped_at
    if sent is None or now - sent > FARTHEST:
        return []
    told: list[tuple[int, State, str]] = [
        (sent, "accepted", "快递员已上门揽收"),
        (sent + 5 * HOUR, "moving", f"离开始发地分拨中心，发往{row.region or '目的地'}"),
    ]
    if seed.way in _ENDS:
        hours, state, words = _ENDS[seed.way]
        told.append((sent + hours * HOUR, state, words))
    if went.arrived_at is not None:
        days = range(sent + DAY, went.arrived_at - 6 * HOUR, DAY)
        told += [(at, "moving", "在途，已到中转分拨中心") for at in days]
        told.append((went.arrived_at - 2 * HOUR, "delivering", "快递员正在派送，请保持电话畅通"))
        told.append((went.arrived_at, "delivered", "已签收，感谢使用"))
    numbers = [parcel.number for parcel in row.parcels if parcel.number]
    return [Trace(number, at, state, words) for number in numbers for at, state, words in told if at <= now]
