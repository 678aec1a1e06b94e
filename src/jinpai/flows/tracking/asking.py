"""Couriers asked for the parcels on their way, a few at a time: not too often, less often while it fails.

One due row per shop says when it asks next. What comes back goes the way of every file of traces; of parcels nobody
asked for nothing is taken.
"""

from collections.abc import Sequence
from dataclasses import replace

import orjson
import structlog

from jinpai.flows.importing.running import lay_out
from jinpai.flows.ports import CourierFailure, House
from jinpai.flows.tracking.traces import TRACE_FILES, run_traces
from jinpai.importing.columns import check_complete
from jinpai.journal.due import Due, claim, find_ripe, finish, is_open, postpone
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput
from jinpai.orders.model import Parcel
from jinpai.orders.tracking.provider import (
    ASK,
    AT_ONCE,
    IDLE,
    OK,
    SOON,
    Setting,
    counted,
    free_at,
    wait_after,
)
from jinpai.orders.tracking.provider_store import endpoint_of, find_setting, find_to_ask, note_asked, put_setting

AUTHOR = "system:tracking"
CLAIM_MS = 60_000
SHOPS = 20
"""So many shops are asked for in one round."""

_log = structlog.get_logger()


def ask_couriers(house: House) -> int:
    """Ask for every shop whose time has come; how many calls went out."""
    with house.database.read() as connection:
        ripe = find_ripe(connection, house.clock.now(), SHOPS, only=(ASK,))
    return sum(_ask_for(house, work) for work in ripe)


def try_couriers(house: House, known: Setting) -> str:
    """Ask for no parcel at all, to see whether somebody answers: `ok`, or a word of CourierFailure."""
    if free_at(known, house.clock.now()) > house.clock.now():
        return "bound"
    house.writer.run(lambda tx: _count_call(tx, known.shop))
    try:
        assert house.couriers is not None
        house.couriers.ask(endpoint_of(house.sealer, known), ())
    except CourierFailure as failure:
        return failure.why
    return OK


def _ask_for(house: House, work: Due) -> bool:
    """Ask for some parcels of one shop, where any waits and the hour has room; whether a call went out."""
    until = house.clock.now() + CLAIM_MS
    claimed = house.writer.run(lambda tx: claim(tx.connection, work, tx.now, until))
    if claimed is None:
        return False
    with house.database.read() as connection:
        known = find_setting(connection, work.shop)
        parcels = find_to_ask(connection, work.shop, house.clock.now(), AT_ONCE)
    if known is None or not known.is_on or known.changed_at != work.data["set"] or house.couriers is None:
        house.writer.run(lambda tx: finish(tx.connection, claimed, "cancelled", "没有在用的查询接口", tx.now))
        return False
    free = free_at(known, house.clock.now())
    if not parcels or free > house.clock.now():
        at, why = (house.clock.now() + IDLE, "没有要问的包裹") if not parcels else (free, "这一小时的次数用完了")
        house.writer.run(lambda tx: postpone(tx.connection, claimed, at, why))
        return False
    house.writer.run(lambda tx: _count_call(tx, work.shop))
    try:
        new = _take(house, work.shop, parcels, house.couriers.ask(endpoint_of(house.sealer, known), parcels))
    except (CourierFailure, BadInput) as failure:
        why = failure.why if isinstance(failure, CourierFailure) else "malformed"
        _log.warning("couriers_did_not_tell", shop=work.shop, why=why)
        house.writer.run(lambda tx: _note(tx, claimed, why, 0, ()))
    else:
        house.writer.run(lambda tx: _note(tx, claimed, OK, new, [one.number for one in parcels]))
    return True


def _take(house: House, shop: str, parcels: Sequence[Parcel], content: bytes) -> int:
    """Take in what was told of these parcels; how many traces were new. BadInput where it is of no known shape."""
    if not _tells(content):
        return 0
    job = lay_out(house, TRACE_FILES, shop, AUTHOR, content)
    check_complete(job.layout)
    tally = run_traces(house, job, lambda _: None, frozenset(one.number for one in parcels))
    if tally.rejected:
        _log.info("courier_traces_refused", shop=shop, refused=len(tally.rejected), first=tally.rejected[0].reason)
    return tally.created


def _tells(content: bytes) -> bool:
    """Whether anything at all is told: nothing new is an answer, too."""
    told = orjson.loads(content)
    if isinstance(told, dict):
        told = next((value for value in told.values() if isinstance(value, list)), told)
    return bool(told)


def _count_call(tx: Tx, shop: str) -> None:
    """One call more in the hour, before it goes out: a crash in between does not give it back."""
    known = find_setting(tx.connection, shop)
    if known is not None:
        put_setting(tx.connection, counted(known, tx.now))


def _note(tx: Tx, work: Due, outcome: str, told: int, asked: Sequence[str]) -> None:
    """Keep what came of it and when one asks again; somebody who changed the setting meanwhile has begun anew."""
    known = find_setting(tx.connection, work.shop)
    if not is_open(tx.connection, work):
        return
    if known is None or known.changed_at != work.data["set"]:
        finish(tx.connection, work, "cancelled", "改了设置", tx.now)
        return
    note_asked(tx.connection, work.shop, asked, tx.now)
    failures = 0 if outcome == OK else known.failures + 1
    put_setting(tx.connection, replace(known, asked_at=tx.now, outcome=outcome, told=told, failures=failures))
    why = "快递接口这次没有给出结果，稍后再问" if failures else ""
    postpone(tx.connection, work, tx.now + (wait_after(failures) if failures else SOON), why)
