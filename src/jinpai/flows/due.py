"""The worker: looks for what is due and has it done; any number of processes may run one."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import structlog

from jinpai.customers.nightly import RETAIN
from jinpai.desk.files import SWEEP
from jinpai.desk.presence import GRACE
from jinpai.flows.answering.answering import answer
from jinpai.flows.answering.handing import call_person
from jinpai.flows.answering.planning import ANSWER
from jinpai.flows.bargaining.approving import CLOCK, end_wait
from jinpai.flows.caring.entering import CARE
from jinpai.flows.caring.giving import CARE_RESULT, ripen, settle_care
from jinpai.flows.caring.planning import CARE_PLAN, plan_care
from jinpai.flows.caring.stopping import STOP, stop
from jinpai.flows.caring.texting import CARE_SMS, send_care_text
from jinpai.flows.guarding.reviewing import REVIEW, review
from jinpai.flows.loop import Loop
from jinpai.flows.pictures.sweeping import DROP, drop_bytes, sweep_file
from jinpai.flows.ports import House
from jinpai.flows.reception.asked_wait import ASKED_WAIT, offer_apology
from jinpai.flows.reception.automatic import AUTO_REPLY, automatic_reply
from jinpai.flows.reception.routing import ROUTE, end_grace, route
from jinpai.flows.reception.watching import WATCH, watch_mood
from jinpai.flows.reminding.planning import REMIND, REMIND_PLAN, SMS, plan_reminders
from jinpai.flows.reminding.sending import remind
from jinpai.flows.reminding.sms import send_sms
from jinpai.flows.retaining import keep_to
from jinpai.flows.send import DELIVER, HELD_BACK, deliver_due
from jinpai.flows.tasks import ring_late
from jinpai.journal.due import Due, find_ripe
from jinpai.journal.writer import Action
from jinpai.orders.tracking.provider import ASK
from jinpai.tasks.actions import ALARM

INSIDE: Mapping[str, Callable[[House, Due], Action[None]]] = {
    AUTO_REPLY: automatic_reply,
    ANSWER: answer,
    HELD_BACK: call_person,
    ASKED_WAIT: offer_apology,
    GRACE: end_grace,
    SWEEP: sweep_file,
    DROP: drop_bytes,
    CARE_PLAN: plan_care,
    CARE: ripen,
    CARE_RESULT: settle_care,
    STOP: stop,
    RETAIN: keep_to,
    REVIEW: review,
    WATCH: watch_mood,
    CLOCK: end_wait,
    ALARM: ring_late,
}
"""Kind of work inside the house → its action."""

TOGETHER: Mapping[str, Callable[[House, Sequence[Due]], Action[Any]]] = {
    ROUTE: route,
    REMIND_PLAN: plan_reminders,
    REMIND: remind,
}
"""Kind of work inside the house → the action that does a shop's works of this kind together."""

OUTSIDE: Mapping[str, Callable[[House, Due], None]] = {
    DELIVER: deliver_due,
    SMS: send_sms,
    CARE_SMS: send_care_text,
}
"""Kind of work that calls outside → what calls."""

APART = (ASK,)
"""Kinds of work that others look after, at their leisure: nobody's message waits for a courier."""

TICK_SECONDS = 0.5
AT_ONCE = 200
_log = structlog.get_logger()


def work_once(house: House) -> int:
    """Do what is due now; returns how many works were looked at.

    Effects inside the house are actions of the writer (effect and end in one transaction); calls outside happen here,
    one after the other, each claimed first.
    """
    with house.database.read() as connection:
        ripe = find_ripe(connection, house.clock.now(), AT_ONCE, but=APART)
    inside: list[tuple[Sequence[Due], Future[Any]]] = []
    for kind, do in TOGETHER.items():
        for works in _by_shop([work for work in ripe if work.kind == kind]):
            inside.append((works, house.writer.enqueue(do(house, works))))
    for work in ripe:
        if work.kind in INSIDE:
            inside.append(([work], house.writer.enqueue(INSIDE[work.kind](house, work))))
        elif work.kind in OUTSIDE:
            OUTSIDE[work.kind](house, work)
    for asked, future in inside:
        error = future.exception(30)
        if error is not None:
            _log.error("due_failed", due=asked[0].id, kind=asked[0].kind, error=str(error))
            _one_by_one(house, asked)
    return len(ripe)


def _one_by_one(house: House, works: Sequence[Due]) -> None:
    """Of works that failed together, each by itself: one that cannot be done holds up none of the others."""
    for work in works if len(works) > 1 else ():
        error = house.writer.enqueue(TOGETHER[work.kind](house, [work])).exception(30)
        if error is not None:
            _log.error("due_failed", due=work.id, kind=work.kind, error=str(error))


def _by_shop(works: Sequence[Due]) -> list[list[Due]]:
    shops: dict[str, list[Due]] = {}
    for work in works:
        shops.setdefault(work.shop, []).append(work)
    return list(shops.values())


class Worker(Loop):
    """Keeps working until it is stopped."""

    def __init__(self, house: House) -> None:
        super().__init__("due-worker", lambda: _round(house))


def _round(house: House) -> float:
    try:
        looked_at = work_once(house)
    except Exception as error:
        _log.error("due_round_failed", error=str(error))
        looked_at = 0
    return TICK_SECONDS if looked_at < AT_ONCE else 0.0
