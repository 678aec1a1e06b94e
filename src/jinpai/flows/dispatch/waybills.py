"""Waybills into the order book: each is held against its order, the promises and the couriers before it counts.

What is refused is named with its reason, and takes nothing else along; the same waybills again change nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.engine import Connection

from jinpai.catalog.freight import REGIONS, Courier
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.importing.jobs import Job, Kind
from jinpai.flows.ports import House
from jinpai.flows.promising.ledger import text_of
from jinpai.importing.cells import Unreadable, short
from jinpai.importing.model import Outcome, Plan, Rejected, Tally
from jinpai.importing.running import AT_ONCE, Progress
from jinpai.journal.reader import read_rows
from jinpai.journal.writer import Action, Tx
from jinpai.orders.actions import record_orders
from jinpai.orders.importing.waybills import WAYBILLS, Waybill, read_waybill_table, read_waybills
from jinpai.orders.model import Order, OrderRow, Parcel
from jinpai.orders.store import find_by_numbers, find_by_tracking
from jinpai.promises.checking import couriers_in
from jinpai.promises.content import Kind as PromiseKind
from jinpai.promises.store import find_unsent

MOST_PROMISES = 5_000
COURIER: Final[tuple[PromiseKind, ...]] = ("courier",)
_OVER: Final[Mapping[str, str]] = {"unpaid": "还没付款，先不要发", "closed": "已经关闭，不要发"}

Lines = Sequence[tuple[int, Waybill]]


@dataclass(slots=True)
class Sifting:
    """What waybills are held against: the shop's couriers, those promised per order, and the numbers used above."""

    couriers: Sequence[Courier]
    promised: Mapping[str, Sequence[str]]
    used: dict[str, tuple[int, Order, str]] = field(default_factory=dict)

    def check(self, line: int, order: Order, waybill: Waybill, others: Mapping[str, Sequence[Order]]) -> str:
        """The courier by the shop's own name for it; Unreadable with the reason why this must not leave so."""
        courier = self._courier(waybill.courier)
        _check_state(order, waybill)
        if order.state == "paid":
            self._check_wish(order, courier)
            self._check_reach(order, courier)
        for number in waybill.tracking:
            _check_alone(number, order, courier, others.get(number, ()))
            self._check_above(number, line, order, courier)
        self.used |= {number: (line, order, courier) for number in waybill.tracking if number not in self.used}
        return courier

    def _check_above(self, number: str, line: int, order: Order, courier: str) -> None:
        above, first, theirs = self.used.get(number, (line, order, courier))
        if first.id != order.id and not _goes_along(order, first):
            raise Unreadable(f"运单号 {number} 和第 {above} 行重复，却不是寄给同一个人，请核对")
        if theirs != courier:
            raise Unreadable(f"运单号 {number} 在第 {above} 行是{theirs}的，这一行却是{courier}，请核对")

    def _courier(self, written: str) -> str:
        names = [one.name for one in self.couriers]
        exact = next((name for name in names if name == written), None)
        meant, _ = couriers_in(written)
        found = exact or next((name for name in names if couriers_in(name)[0] & meant), None)
        if found is None and names:
            raise Unreadable(f"店里没有“{short(written)}”这家快递；有的是：{'、'.join(names)}")
        return found or written

    def _check_wish(self, order: Order, courier: str) -> None:
        """What the buyer asked for, was promised, or the remark says goes before what the printer chose."""
        taken, _ = couriers_in(courier)
        sources = [("备注写的", order.remark), ("买家留言写的", order.buyer_note)]
        sources += [("聊天里答应的", text) for text in self.promised.get(order.id, ())]
        for source, text in sources:
            wanted, unwanted = couriers_in(text)
            if (wanted and not wanted & taken) or (taken and unwanted & taken):
                raise Unreadable(f"{source}是“{short(text)}”，这一行却是{courier}；请换快递，或先和买家说好再改备注")

    def _check_reach(self, order: Order, courier: str) -> None:
        if order.region not in REGIONS:
            return
        chosen = next((one for one in self.couriers if one.name == courier), None)
        if chosen is not None and not _goes_to(chosen, order.region):
            able = "、".join(one.name for one in self.couriers if _goes_to(one, order.region)) or "没有"
            raise Unreadable(f"{courier}不到{order.region}；能到的快递：{able}")


def begin_sifting(connection: Connection, content: ShopContent, shop: str) -> Sifting:
    """What this shop's waybills are held against now."""
    pledges = find_unsent(connection, (shop,), COURIER, MOST_PROMISES)
    told = {row.id: row for row in read_rows(connection, [one.fact for one in pledges])}
    promised: dict[str, list[str]] = {}
    for one in pledges:
        promised.setdefault(one.order_id or "", []).append(text_of(told[one.fact], one))
    return Sifting(content.couriers, promised)


def ship(house: House, job: Job, sifting: Sifting, lines: Lines) -> Action[list[Outcome | Rejected]]:
    """The action that marks the orders of these lines as sent, with their parcels; one outcome or refusal per line."""

    def act(tx: Tx) -> list[Outcome | Rejected]:
        sifted = sift(house, tx.connection, job.shop, sifting, lines, tx.now)
        rows = [one for one in sifted if isinstance(one, OrderRow)]
        outcomes = iter(record_orders(house.sealer, job.shop, rows, job.author)(tx))
        return [one if isinstance(one, Rejected) else next(outcomes) for one in sifted]

    return act


def sift(
    house: House, connection: Connection, shop: str, sifting: Sifting, lines: Lines, now: int
) -> list[OrderRow | Rejected]:
    """What each line tells of its order, or why it is refused."""
    orders = find_by_numbers(connection, house.sealer, shop, [one.number for _, one in lines])
    numbers = [number for _, one in lines for number in one.tracking]
    others = find_by_tracking(connection, house.sealer, shop, numbers)
    found: list[OrderRow | Rejected] = []
    for line, waybill in lines:
        order = orders.get(waybill.number)
        try:
            if order is None:
                raise Unreadable("店里没有这个订单编号，请核对；刚下的单请先导入订单")
            courier = sifting.check(line, order, waybill, others)
            found.append(_row(order, courier, waybill, now))
        except Unreadable as error:
            found.append(Rejected(line, str(error)))
    return found


def _row(order: Order, courier: str, waybill: Waybill, now: int) -> OrderRow:
    """What the order book is told; nothing new of an order that left with these parcels already."""
    known = {parcel.number for parcel in order.parcels}
    if order.state != "paid" and known.issuperset(waybill.tracking):
        return OrderRow(order.number)
    parcels = tuple(Parcel(number, courier) for number in waybill.tracking)
    return OrderRow(order.number, state="shipped", parcels=parcels, shipped_at=order.shipped_at or now)


def _check_state(order: Order, waybill: Waybill) -> None:
    if order.state in _OVER:
        raise Unreadable(f"这个订单{_OVER[order.state]}")
    if order.state == "paid":
        if order.refund == "open":
            raise Unreadable("买家正在申请退款，先处理退款再决定发不发")
        return
    known = [parcel.number for parcel in order.parcels if parcel.number]
    if known and not set(known).issuperset(waybill.tracking):
        raise Unreadable(f"这个订单已经用 {'、'.join(known)} 发出了，和这一行的运单号不一样，请核对")


def _check_alone(number: str, order: Order, courier: str, others: Sequence[Order]) -> None:
    """Unreadable when the number is that of another buyer's parcel, or is known as another courier's."""
    for known in others:
        if known.id != order.id and not _goes_along(order, known):
            raise Unreadable(f"运单号 {number} 已经用在订单 {known.number} 上了，请核对")
        theirs = next(parcel.courier for parcel in known.parcels if parcel.number == number)
        if not _is_same(courier, theirs):
            of = "这个订单上" if known.id == order.id else f"订单 {known.number} 上"
            raise Unreadable(f"运单号 {number} 在{of}记的是{theirs}，这一行却是{courier}，请核对")


def _is_same(courier: str, written: str) -> bool:
    """Whether a courier may be the one written; it may be any where none, or none anybody knows, is written."""
    theirs, _ = couriers_in(written)
    taken, _ = couriers_in(courier)
    return courier == written or not theirs or not taken or bool(theirs & taken)


def _goes_along(order: Order, other: Order) -> bool:
    """Whether both go to the same person and door, so that they may share a parcel."""
    return bool(order.address) and (order.phone, order.address) == (other.phone, other.address)


def _goes_to(courier: Courier, region: str) -> bool:
    """Whether the courier goes anywhere in this province."""
    served = any(place.startswith(region) for zone in courier.zones for place in zone.regions)
    return served and region not in courier.not_to


def _foresee(house: House, job: Job) -> Tally:
    plan, tally = _plan(job)
    with house.database.read() as connection:
        sifting = begin_sifting(connection, house.content.shop(job.shop), job.shop)
        for start in range(0, len(plan.lines), AT_ONCE):
            lines = plan.lines[start : start + AT_ONCE]
            sifted = sift(house, connection, job.shop, sifting, lines, house.clock.now())
            _count(tally, [one if isinstance(one, Rejected) else _outcome(one) for one in sifted])
    return tally


def _run(house: House, job: Job, progress: Progress) -> Tally:
    plan, tally = _plan(job)
    with house.database.read() as connection:
        sifting = begin_sifting(connection, house.content.shop(job.shop), job.shop)
    progress(tally)
    for start in range(0, len(plan.lines), AT_ONCE):
        _count(tally, house.writer.run(ship(house, job, sifting, plan.lines[start : start + AT_ONCE])))
        progress(tally)
    return tally


def _plan(job: Job) -> tuple[Plan[Waybill], Tally]:
    plan = read_waybills(job.table, job.layout)
    return plan, Tally(plan.count, rejected=list(plan.rejected))


def _outcome(row: OrderRow) -> Outcome:
    return "unchanged" if row.state is None else "updated"


def _count(tally: Tally, outcomes: Sequence[Outcome | Rejected]) -> None:
    tally.add([one for one in outcomes if not isinstance(one, Rejected)])
    tally.rejected = sorted(
        [*tally.rejected, *(one for one in outcomes if isinstance(one, Rejected))], key=lambda one: one.line
    )


WAYBILL_FILES: Final = Kind(
    WAYBILLS, "order.import", _foresee, _run, read=read_waybill_table, files="TXT、CSV、TSV、XLS 或 XLSX"
)
