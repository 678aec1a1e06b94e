"""What couriers tell into the order book: each line is held against the shop's parcels before it counts."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.engine import Connection

from jinpai.flows.importing.jobs import Job, Kind
from jinpai.flows.ports import House
from jinpai.importing.model import Outcome, Plan, Rejected, Tally
from jinpai.importing.running import AT_ONCE, Progress
from jinpai.journal.writer import Action
from jinpai.kit.errors import BadInput
from jinpai.orders.importing.traces import TRACES, hide_people, read_trace_file, read_traces
from jinpai.orders.model import Order
from jinpai.orders.store import find_by_tracking
from jinpai.orders.tracking.actions import record_traces
from jinpai.orders.tracking.model import Trace
from jinpai.orders.tracking.store import find_traces

BEFORE = 86_400_000
"""How long (ms) before its order a parcel may have been told of; anything earlier is another year's number."""

Lines = Sequence[tuple[int, Trace]]


def tell_by_hand(house: House, author: str, order: Order, trace: Trace) -> Action[list[Outcome]]:
    """The action that adds what somebody found out about a parcel of this order; BadInput where that cannot be."""
    if trace.number not in {parcel.number for parcel in order.parcels if parcel.number}:
        raise BadInput("这个订单没有这个运单号，请刷新看看")
    if trace.at > house.clock.now():
        raise BadInput("时间还没到，请填已经发生的时间")
    if trace.at < order.listed_at - BEFORE:
        raise BadInput("这个时间比下单还早，请核对")
    told = Trace(trace.number, trace.at, trace.state, hide_people(trace.text), author)
    return record_traces(house.sealer, order.shop, [told], author)


def _sift(house: House, connection: Connection, shop: str, lines: Lines, author: str) -> list[Trace | Rejected]:
    """What each line tells of a parcel of this shop, or why it is refused."""
    orders = find_by_tracking(connection, house.sealer, shop, sorted({one.number for _, one in lines}))
    found: list[Trace | Rejected] = []
    for line, one in lines:
        mine = orders.get(one.number, ())
        if not mine:
            found.append(Rejected(line, f"店里没有运单号是 {one.number} 的订单；刚发的货请先导入运单号"))
        elif one.at < min(order.listed_at for order in mine) - BEFORE:
            found.append(Rejected(line, f"运单 {one.number} 的这条时间比下单还早，请核对日期"))
        else:
            found.append(Trace(one.number, one.at, one.state, one.text, author))
    return found


def _foresee(house: House, job: Job) -> Tally:
    plan, tally = _plan(house, job)
    seen: set[str] = set()
    with house.database.read() as connection:
        for start in range(0, len(plan.lines), AT_ONCE):
            sifted = _sift(house, connection, job.shop, plan.lines[start : start + AT_ONCE], job.author)
            told = [one for one in sifted if isinstance(one, Trace)]
            known = find_traces(connection, job.shop, {one.number for one in told})
            seen |= {one.key(job.shop) for traces in known.values() for one in traces}
            outcomes: list[Outcome] = []
            for one in told:
                outcomes.append("unchanged" if one.key(job.shop) in seen else "created")
                seen.add(one.key(job.shop))
            _count(tally, sifted, outcomes)
    return tally


def run_traces(house: House, job: Job, progress: Progress, only: Collection[str] | None = None) -> Tally:
    """Take in what the job tells, of `only` these parcels where that is said; `progress` hears after each commit."""
    plan, tally = _plan(house, job)
    if only is not None:
        others = [Rejected(line, f"没有问过运单 {one.number}") for line, one in plan.lines if one.number not in only]
        plan = replace(plan, lines=[(line, one) for line, one in plan.lines if one.number in only])
        tally.rejected = sorted([*tally.rejected, *others], key=lambda one: one.line)
    progress(tally)
    for start in range(0, len(plan.lines), AT_ONCE):
        with house.database.read() as connection:
            sifted = _sift(house, connection, job.shop, plan.lines[start : start + AT_ONCE], job.author)
        told = [one for one in sifted if isinstance(one, Trace)]
        _count(tally, sifted, house.writer.run(record_traces(house.sealer, job.shop, told, job.author)))
        progress(tally)
    return tally


def _plan(house: House, job: Job) -> tuple[Plan[Trace], Tally]:
    plan = read_traces(job.table, job.layout, house.clock.now())
    return plan, Tally(plan.count, rejected=list(plan.rejected))


def _count(tally: Tally, sifted: Sequence[Trace | Rejected], outcomes: Sequence[Outcome]) -> None:
    tally.add(outcomes)
    refused = [one for one in sifted if isinstance(one, Rejected)]
    tally.rejected = sorted([*tally.rejected, *refused], key=lambda one: one.line)


TRACE_FILES: Final = Kind(
    TRACES, "order.import", _foresee, run_traces, read=read_trace_file, files="CSV、TSV、XLS、XLSX 或 JSON"
)
