"""One due reminder seen with everything that may have changed since it was planned, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.engine import Connection

from jinpai.customers.store import find_quiet
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, Author, Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.guarding.situation import said
from jinpai.flows.ports import House
from jinpai.flows.reminding.content import Reminding
from jinpai.flows.reminding.planning import milliseconds, moment
from jinpai.flows.reminding.words import Occasion, word
from jinpai.guard.model import Cleared
from jinpai.journal.due import Due
from jinpai.journal.model import Row
from jinpai.journal.reader import read_newest
from jinpai.orders.model import Order
from jinpai.orders.store import find_by_numbers
from jinpai.playbook.predicates import UnpaidReason
from jinpai.reminders.content import ReminderPlan
from jinpai.reminders.means import choose_means, possible_means
from jinpai.reminders.model import is_quiet, quiet_ends
from jinpai.reminders.reasons import Utterance, find_reason, is_refused, is_reminder, is_settled
from jinpai.reminders.store import OPEN, Reminder, find_of_orders, find_reminders, find_talks

LOOK_BACK = 50
"""How many of the newest rows of a conversation are looked at."""

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Case:
    """A reminder, its order, the reminders given before, and the buyer's conversation with its newest rows.

    `quiet`: the buyer wants no reminders.
    """

    work: Due
    row: Reminder
    order: Order
    given: tuple[Reminder, ...]
    state: Conversation | None
    rows: tuple[Row, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The register's row as it becomes; `text` is what was or will be said, `later` (ms) puts the reminder off."""

    row: Reminder
    text: str = ""
    words: Cleared | None = None
    later: int | None = None


def read_cases(house: House, connection: Connection, works: Sequence[Due]) -> list[Case]:
    """The cases of these works of one shop; a work whose reminder is no longer open has none."""
    rows = find_reminders(connection, [work.data["reminder"] for work in works])
    mine = [(work, row) for work in works if (row := rows.get(work.data["reminder"])) and row.state in OPEN]
    if not mine:
        return []
    shop = works[0].shop
    orders = find_by_numbers(connection, house.sealer, shop, [row.number for _, row in mine])
    given = find_of_orders(connection, [row.order_id for _, row in mine])
    talks = find_talks(connection, house.sealer, shop, list(orders.values()))
    states = get_conversations(connection, sorted(set(talks.values())))
    quiet = find_quiet(connection, house.sealer, shop, list(orders.values()))
    spoken = read_newest(connection, list(states), LOOK_BACK, (MESSAGE_IN, MESSAGE_OUT))
    return [
        Case(
            work=work,
            row=replace(row, conversation=talks.get(row.order_id)),
            order=orders[row.number],
            given=tuple(one for one in given[row.order_id] if one.state == "sent"),
            state=states.get(talks.get(row.order_id, "")),
            rows=tuple(spoken.get(talks.get(row.order_id, ""), ())),
            quiet=row.order_id in quiet,
        )
        for work, row in mine
    ]


def judge_case(house: House, case: Case, author: Author, now: int) -> Verdict:
    """What becomes of this reminder now; a person who asks for it is not put off by a buyer who waits."""
    known = house.content.shop(case.order.shop).reminding
    plan = known.plan
    why = obstacle(case, known, now)
    if why or plan is None:
        return Verdict(replace(case.row, state="cancelled", why=why or "店铺已停用催付"))
    spoken = _spoken(case, known)
    if spoken is not None:
        return _by_hand(case, spoken)
    later = _put_off(case, plan, author, now)
    if later is not None:
        return later
    return _decide(house, case, known, plan, author, now)


def obstacle(case: Case, known: Reminding, now: int) -> str:
    """Why this order must not be reminded of any more; empty when it may."""
    if case.order.state != "unpaid":
        return "订单已经关闭" if case.order.state == "closed" else "买家已经付款"
    if case.order.refund != "none":
        return "订单有退款或售后在处理"
    if now >= case.row.closes_at:
        return "已到订单自动关闭的时间"
    if case.quiet:
        return "客户档案里写着请勿打扰"
    since = [row for row in case.rows if row.at >= case.order.listed_at]
    return "买家在聊天里说不要了，或请我们别再提醒" if is_refused(known.words, _talk(since)) else ""


def _decide(house: House, case: Case, known: Reminding, plan: ReminderPlan, author: Author, now: int) -> Verdict:
    """The means, the reason and the words; a person where something must be done first or nothing can be said."""
    reason, settled = _reason(case, known)
    row = replace(case.row, reason=reason)
    possible = possible_means(case.order, has_talk=case.state is not None)
    means = choose_means(plan, possible, [one.means for one in case.given])
    if means is None:
        return Verdict(
            replace(row, state="cancelled", why="没有别的方式可以再提醒一次" if case.given else "没有办法联系买家")
        )
    row = replace(row, means=means)
    if reason in known.first and not settled and author.role == "assistant":
        return Verdict(replace(row, state="todo", why=known.first[reason]))
    words = word(house, row, case.order, Occasion(means, reason, settled, author, said(case.rows), now))
    if isinstance(words, str):
        return Verdict(replace(row, state="todo", why=words))
    row = replace(row, script=words.draft.source, author=author.key())
    if means == "phone":
        return Verdict(replace(row, state="todo", why="请打电话，说完记下结果", author=""), words.draft.text)
    state = Verdict(replace(row, state="sent", sent_at=now, why=""), words.draft.text, words)
    return state if means == "message" else replace(state, row=replace(state.row, state="sending", sent_at=None))


def _put_off(case: Case, plan: ReminderPlan, author: Author, now: int) -> Verdict | None:
    """Later, when it is night or the buyer waits for an answer; given up when the order would be closed by then."""
    at, why = None, ""
    if is_quiet(plan.quiet, moment(now)):
        at, why = milliseconds(quiet_ends(plan.quiet, moment(now))), "到点时是免打扰时段，改到之后"
    elif author.role == "assistant" and case.state is not None and case.state.waiting_since is not None:
        at, why = now + plan.busy_minutes * MINUTE, "买家正在等客服回复，先回复再提醒"
    if at is None:
        return None
    if at > case.row.closes_at - plan.margin_minutes * MINUTE:
        return Verdict(replace(case.row, state="cancelled", why=f"{why}，可是订单那时就要关闭了"))
    return Verdict(replace(case.row, due_at=at, moved=why), later=at)


def _reason(case: Case, known: Reminding) -> tuple[UnpaidReason, bool]:
    talk = _talk(case.rows)
    reason = find_reason(known.words, talk)
    return reason, is_settled(known.words, reason, talk)


def _spoken(case: Case, known: Reminding) -> Row | None:
    """A colleague's own reminder since the order was placed and since the last one given, if there is one."""
    after = max([case.order.listed_at, *(one.sent_at or 0 for one in case.given)])
    mine = [row for row in case.rows if row.entry.kind == MESSAGE_OUT and row.at > after]
    people = [row for row in mine if row.entry.author.startswith("agent:")]
    return next((row for row in reversed(people) if _reminds(row, known)), None)


def _reminds(row: Row, known: Reminding) -> bool:
    source = str(row.entry.data.get("source") or "")
    return source.startswith("reminder.") or is_reminder(known.words, row.entry.body.get("text") or "")


def _by_hand(case: Case, row: Row) -> Verdict:
    """The register takes a colleague's own reminder for this one."""
    known = replace(
        case.row, state="sent", means="message", author=row.entry.author, sent_at=row.at, fact=row.id,
        script=str(row.entry.data.get("source") or ""), why="客服已经在聊天里提醒过",
        reason=case.row.reason or "unknown",
    )  # fmt: skip
    return Verdict(known)


def _talk(rows: Sequence[Row]) -> list[Utterance]:
    return [Utterance(_role(row), row.entry.body.get("text") or "") for row in rows]


def _role(row: Row) -> Literal["buyer", "agent", "other"]:
    if row.entry.kind == MESSAGE_IN:
        return "buyer"
    return "agent" if row.entry.author.startswith("agent:") else "other"
