"""Handing over and moving what was handed over; each action is one transaction of the writer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.desk.handing import entry_of, get_state
from jinpai.desk.model import OFFERED, Author, is_past
from jinpai.journal.due import Due, cancel, schedule
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.reader import read_rows
from jinpai.journal.writer import Tx
from jinpai.kit.errors import Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer
from jinpai.orders.store import lock_order
from jinpai.staff.model import ELSEWHERE
from jinpai.tasks.content import RESULT, TaskKind
from jinpai.tasks.invoices import Invoice, amount_for
from jinpai.tasks.model import HANDED, LATE, MOVED, REVEALED, RUNNING, TOPIC, State, Task, check_move
from jinpai.tasks.store import add_fact, add_task, find_of_order, find_of_talk, lock_task, put_task

ALARM = "task_alarm"
"""The work that rings when a hand-over is late."""


@dataclass(frozen=True, slots=True)
class Handing:
    """What is handed over, from where (`conversation`, `order_id`), and who shall do it, where that is known."""

    shop: str
    kind: TaskKind
    conversation: str | None
    order_id: str | None
    owner: str | None
    due_at: int
    note: str
    words: str
    invoice: Invoice | None = None


def hand_over(sealer: Sealer, asked: Handing, by: Author) -> Callable[[Tx], Task]:
    """Hand it over; the same again by the same person is the same, an invoice is asked for once.

    NotFound without the order, Conflict when there is nothing to be invoiced or somebody has asked for the invoice.
    """

    def act(tx: Tx) -> Task:
        order = lock_order(tx.connection, sealer, asked.order_id) if asked.order_id else None
        if asked.order_id and order is None:
            raise NotFound(ELSEWHERE)
        known = _known(tx.connection, asked, by)
        if known is not None:
            return known
        amount = amount_for(order) if asked.kind.form == "invoice" and order is not None else None
        id_ = new_id("k")
        data = {"task": id_, "title": asked.kind.title, "department": asked.kind.department, "due_at": asked.due_at}
        receipt = _log(tx, asked.shop, asked.conversation, HANDED, by, data, asked.words)
        connection = tx.connection
        new = Task(
            id=id_, shop=asked.shop, kind=asked.kind.id, title=asked.kind.title, department=asked.kind.department,
            conversation=asked.conversation, order_id=asked.order_id, asked_by=by.key(), asked_at=tx.now,
            due_at=asked.due_at, note=asked.note, owner=asked.owner, state="open", changed_at=tx.now, ended_at=None,
            late_at=None, fact=receipt.id, answer=None, offered=None, amount=amount,
        )  # fmt: skip
        add_task(connection, sealer, new, asked.invoice)
        _set_clock(tx, new)
        return new

    return act


def move(
    id_: str, to: State, by: Author, words: str, told: str, due: tuple[int, str], *, leads: bool
) -> Callable[[Tx], Task]:
    """Take it, end it, give it back, hand it over again (until `due`: ms, and why then), or drop it.

    Once it is done the draft `told` lies in the buyer's conversation. A second click changes nothing; Conflict when it
    stands where this is impossible, NotAllowed when it is somebody else's.
    """

    def act(tx: Tx) -> Task:
        known = lock_task(tx.connection, id_)
        if known is None:
            raise NotFound(ELSEWHERE)
        if _is_same(tx.connection, known, to, by, words):
            return known
        check_move(known, to, by.id, words, leads=leads)
        data = {"task": id_, "title": known.title, "to": to}
        receipt = _log(tx, known.shop, known.conversation, MOVED, by, data, words)
        offered = _offer(tx, known, told.replace(RESULT, words)) if to == "done" else None
        connection = tx.connection
        moved = _moved(known, to, by, tx.now)
        if words:
            moved = replace(moved, answer=receipt.id)
        if offered is not None:
            moved = replace(moved, offered=offered.seq)
        if to == "open":
            moved = replace(moved, due_at=due[0], note=due[1], late_at=None)
        put_task(connection, moved)
        add_fact(connection, id_, receipt.id)
        _set_clock(tx, moved)
        return moved

    return act


def ring(tx: Tx, id_: str) -> Task | None:
    """Note that it is late, and tell who leads; None when its time does not run, or runs on."""
    known = lock_task(tx.connection, id_)
    if known is None or known.state not in RUNNING or tx.now < known.due_at or known.late_at is not None:
        return None
    data = {"task": id_, "title": known.title, "due_at": known.due_at}
    receipt = _log(tx, known.shop, known.conversation, LATE, Author("system"), data, "")
    connection = tx.connection
    late = replace(known, late_at=tx.now)
    put_task(connection, late)
    add_fact(connection, id_, receipt.id)
    _tell(tx, late)
    return late


def reveal(known: Task, author: str) -> Callable[[Tx], Receipt]:
    """Note that somebody looked at whom the invoice goes to."""

    def act(tx: Tx) -> Receipt:
        data = {"task": known.id, "title": known.title}
        receipt = tx.append(Entry(REVEALED, author, known.shop, data=data))
        add_fact(tx.connection, known.id, receipt.id)
        return receipt

    return act


def _known(connection: Connection, asked: Handing, by: Author) -> Task | None:
    """What has been handed over in just these words; Conflict when the invoice was asked for in others."""
    if asked.order_id is not None:
        found = find_of_order(connection, asked.order_id)
    else:
        found = find_of_talk(connection, asked.conversation or "")
    same = [one for one in found if one.kind == asked.kind.id and one.order_id == asked.order_id]
    for one in same:
        if one.state in RUNNING and one.asked_by == by.key() and _words(connection, one.fact) == asked.words:
            return one
    if asked.kind.form == "invoice" and any(one.state in (*RUNNING, "returned") for one in same):
        raise Conflict("这个订单的发票已经有同事交办了，进度在“交办”里看")
    if asked.kind.form == "invoice" and any(one.state == "done" for one in same):
        raise Conflict("这个订单的发票已经开过了；要换抬头或改内容，请交办“发票作废重开”")
    return None


def _is_same(connection: Connection, known: Task, to: State, by: Author, words: str) -> bool:
    """Whether it stands already where this move would bring it, by the same click."""
    if known.state != to:
        return False
    return known.owner == by.id if to == "taken" else _words(connection, known.answer) == words


def _moved(known: Task, to: State, by: Author, now: int) -> Task:
    owner = None if to == "open" else by.id if to in ("taken", "done", "returned") else known.owner
    return replace(known, state=to, owner=owner, changed_at=now, ended_at=now if to in ("done", "dropped") else None)


def _offer(tx: Tx, known: Task, text: str) -> Receipt | None:
    """Lay the draft before whoever serves the buyer; None where there is nobody to write to."""
    if known.conversation is None or is_past(known.conversation):
        return None
    state = get_state(tx, known.conversation)
    return tx.append(entry_of(state, OFFERED, Author("system"), {"why": "task_done", "task": known.id}, text))


def _set_clock(tx: Tx, known: Task) -> None:
    """Have its alarm ring when it is due, or no more; and tell those it concerns."""
    if known.state in RUNNING:
        key = f"{ALARM}:{known.id}:{known.due_at}"
        schedule(tx.connection, [Due(known.shop, ALARM, known.id, key, known.due_at)], tx.now)
    else:
        cancel(tx.connection, [ALARM], [known.id], "已经有了结果", tx.now)
    _tell(tx, known)


def _tell(tx: Tx, known: Task) -> None:
    told: dict[str, Any] = {"shop": known.shop, "c": known.conversation, "id": known.id, "state": known.state}
    asker = known.asked_by.removeprefix("agent:")
    tx.tell(TOPIC, {**told, "late": known.late_at is not None, "owner": known.owner, "asker": asker})


def _log(
    tx: Tx, shop: str, conversation: str | None, kind: str, by: Author, data: dict[str, Any], words: str
) -> Receipt:
    if conversation is not None:
        return tx.append(entry_of(get_state(tx, conversation), kind, by, data, words))
    body = {"name": by.name} | ({"text": words} if words else {})
    return tx.append(Entry(kind, by.key(), shop, data=data, body=body))


def _words(connection: Connection, fact: int | None) -> str:
    rows = read_rows(connection, [fact]) if fact is not None else []
    return str(rows[0].entry.body.get("text", "")) if rows else ""
