"""Reminders that are due: looked at once more, then said, handed on, put off or given up, each exactly once.

due row ──recheck──▶ message: cleared, said, register, next round      one transaction
                 ├─▶ SMS: cleared, register `sending`, its own due row ──flows/reminding/sms──▶ outside
                 ├─▶ call, or something a person must do first: register `todo`
                 └─▶ no longer right: register `cancelled` with the reason in words
"""

from collections.abc import Sequence
from dataclasses import replace

from jinpai.desk.model import Author
from jinpai.flows.ports import House
from jinpai.flows.reminding.cases import Case, Verdict, judge_case, read_cases
from jinpai.flows.reminding.planning import SMS, add_planned, next_reminder
from jinpai.flows.send import say
from jinpai.journal.due import Due, find_open, finish_all, postpone, schedule
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Action, Tx
from jinpai.reminders.store import Reminder, find_of_orders, put_reminders

REMINDED = "order_reminded"
"""The kind of the fact that a buyer was reminded; its body has the words."""

ASSISTANT = Author("assistant", "remind", "自动提醒")


def remind(house: House, works: Sequence[Due], asked_by: Author | None = None) -> Action[list[Reminder]]:
    """The action that does one shop's due reminders; returns their rows as they became.

    `asked_by` is a person who wants it now: their name stands under it, and the buyer's waiting does not put it off.
    """

    def act(tx: Tx) -> list[Reminder]:
        here = works if asked_by is not None else find_open(tx.connection, works)
        cases = read_cases(house, tx.connection, here)
        known = {case.row.id for case in cases}
        finish_all(tx.connection, [work for work in here if work.data["reminder"] not in known], tx.now)
        verdicts = [judge_case(house, case, asked_by or ASSISTANT, tx.now) for case in cases]
        return carry_out(house, tx, cases, verdicts)

    return act


def carry_out(house: House, tx: Tx, cases: Sequence[Case], verdicts: Sequence[Verdict]) -> list[Reminder]:
    """Write what was decided: words into the log, rows into the register, the next round into the due table."""
    facts = [_tell(tx, case, verdict) for case, verdict in zip(cases, verdicts, strict=True)]
    connection = tx.connection
    rows = [
        verdict.row if fact is None else replace(verdict.row, fact=fact.id)
        for verdict, fact in zip(verdicts, facts, strict=True)
    ]
    put_reminders(connection, rows)
    for case, verdict in zip(cases, verdicts, strict=True):
        if verdict.later is not None:
            postpone(connection, case.work, verdict.later, verdict.row.moved)
    finish_all(connection, [case.work for case, one in zip(cases, verdicts, strict=True) if one.later is None], tx.now)
    texts = [(row, verdict) for row, verdict in zip(rows, verdicts, strict=True) if row.state == "sending"]
    schedule(connection, [_outside(row, verdict, tx.now) for row, verdict in texts], tx.now)
    plan_next(house, tx, [case for case, row in zip(cases, rows, strict=True) if row.state == "sent"])
    return rows


def plan_next(house: House, tx: Tx, cases: Sequence[Case]) -> None:
    """Give the next round of these orders a time; their last reminder was just given."""
    if not cases:
        return
    shop = cases[0].order.shop
    known = house.content.shop(shop).reminding
    rounds = find_of_orders(tx.connection, [case.order.id for case in cases])
    following = []
    for case in cases:
        given = [one for one in rounds[case.order.id] if one.state == "sent"]
        last = rounds[case.order.id][-1]
        if given and last.state == "sent":
            found = next_reminder(known, case.order, last, [one.means for one in given], tx.now)
            following += [] if found is None else [found]
    add_planned(tx, shop, following)


def reminded(row: Reminder, text: str) -> Entry:
    """The fact that a buyer was reminded."""
    told = {name: getattr(row, name) for name in ("number", "round", "rule", "due_at", "means", "reason", "script")}
    data = {"order": row.order_id, "reminder": row.id, "conversation": row.conversation, **told}
    return Entry(REMINDED, row.author, row.shop, client_id=f"fact-{row.id}", data=data, body={"text": text})


def _tell(tx: Tx, case: Case, verdict: Verdict) -> Receipt | None:
    """Say it where it is a message; what is sent, or waits for a person to say it, is a fact with its words."""
    if verdict.words is not None and verdict.row.means == "message" and verdict.row.state == "sent":
        say(verdict.words)(tx)
    if verdict.row.state != "sent" or verdict.text == "":
        return None
    return tx.append(reminded(verdict.row, verdict.text))


def _outside(row: Reminder, verdict: Verdict, now: int) -> Due:
    data = {"reminder": row.id, "number": row.number, "text": verdict.text}
    return Due(row.shop, SMS, row.order_id, f"sms:{row.id}", now, data)
