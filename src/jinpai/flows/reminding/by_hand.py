"""What an agent does with a reminder: give it now, leave it out with a reason, note how a call went."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import sqlalchemy as sa

from jinpai.desk.model import Author
from jinpai.flows.ports import House
from jinpai.flows.reminding.cases import Case
from jinpai.flows.reminding.planning import REMIND, moment
from jinpai.flows.reminding.sending import plan_next, remind, reminded
from jinpai.flows.reminding.words import outline
from jinpai.journal.due import Due, cancel
from jinpai.journal.model import Entry
from jinpai.journal.store import due
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.orders.store import find_order
from jinpai.reminders.model import is_quiet
from jinpai.reminders.store import OPEN, Reminder, find_reminders, put_reminders

Outcome = Literal["will_pay", "no_answer", "question", "refused"]
"""会付款 · 没接通 · 有疑问要跟进 · 不要了."""

SKIPPED = "reminder_skipped"
MAX_WHY = 200


def send_now(house: House, id_: str, author: Author) -> Action[Reminder]:
    """The action that gives this reminder at once in the agent's name; Conflict when it is over, BadInput at night."""

    def act(tx: Tx) -> Reminder:
        row = _open(tx, id_)
        plan = house.content.shop(row.shop).reminding.plan
        if plan is not None and is_quiet(plan.quiet, moment(tx.now)):
            raise BadInput(f"现在是免打扰时段（{plan.quiet.begins}–{plan.quiet.ends}），请过了这段时间再提醒")
        return remind(house, [_work(tx, row)], author)(tx)[0]

    return act


def skip(id_: str, why: str, author: Author) -> Action[Reminder]:
    """The action that leaves this reminder out; BadInput without a reason, Conflict when it is over."""
    reason = why.strip()
    if not 1 <= len(reason) <= MAX_WHY:
        raise BadInput(f"请写下不提醒的原因，最多 {MAX_WHY} 个字")

    def act(tx: Tx) -> Reminder:
        row = replace(_open(tx, id_), state="skipped", why=reason, author=author.key())
        data = {"order": row.order_id, "number": row.number, "reminder": row.id, "round": row.round}
        tx.append(Entry(SKIPPED, author.key(), row.shop, data=data, body={"text": reason}))
        put_reminders(tx.connection, [row])
        cancel(tx.connection, [REMIND], [row.order_id], reason, tx.now)
        return row

    return act


def note_call(house: House, id_: str, outcome: Outcome, author: Author) -> Action[Reminder]:
    """The action that notes how the call went; Conflict when no call is to be made. Only a refusal ends reminding."""

    def act(tx: Tx) -> Reminder:
        row = _open(tx, id_)
        if row.state != "todo" or row.means != "phone":
            raise Conflict("这条提醒现在不是待打的电话，请刷新页面看看")
        order = find_order(tx.connection, house.sealer, row.shop, row.number)
        assert order is not None
        called = replace(row, state="sent", sent_at=tx.now, author=author.key(), outcome=outcome, why="")
        text = outline(house, row, order, row.script).replace("{客服}", author.name)
        fact = tx.append(reminded(called, text))
        connection = tx.connection
        called = replace(called, fact=fact.id)
        put_reminders(connection, [called])
        if outcome != "refused":
            plan_next(house, tx, [Case(_work(tx, row), called, order, (), None, ())])
        return called

    return act


def _open(tx: Tx, id_: str) -> Reminder:
    row = find_reminders(tx.connection, [id_]).get(id_)
    if row is None:
        raise NotFound("没有这条提醒，请刷新页面看看")
    if row.state not in OPEN:
        raise Conflict("这条提醒已经结束了，请刷新页面看看")
    return row


def _work(tx: Tx, row: Reminder) -> Due:
    """The due row of this reminder; one that ended already stands in by its key."""
    key = f"remind:{row.order_id}:{row.round}"
    found: Sequence[str] = list(tx.connection.execute(sa.select(due.c.id).where(due.c.key == key)).scalars())
    return Due(row.shop, REMIND, row.order_id, key, row.due_at, {"reminder": row.id}, id=next(iter(found), ""))
