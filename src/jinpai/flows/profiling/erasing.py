"""A customer is forgotten on request, in one transaction: killed midway, nothing has happened.

asked twice ──▶ bodies, names, contact, profile, orders' receivers emptied ──check──▶ `customer_erased` in the log
                          └──▶ due row ──drop_bytes──▶ the pictures' bytes, once nobody shares them

The numbers of the log stay gapless; what happened stays a fact, to whom it happened is gone. It is done again in the
same way, because files bring things back; where nothing has come since, it leaves no trace and asks nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.actions import ELSEWHERE, ERASED
from jinpai.customers.erasing import UNFINISHED, Traces, erase_person, find_order_facts, find_places
from jinpai.customers.store import find_name, find_person, get_customer
from jinpai.desk.model import is_past
from jinpai.flows.pictures.sweeping import DROP
from jinpai.flows.ports import House
from jinpai.flows.profiling.belongings import find_all_orders
from jinpai.flows.profiling.beside import erase_beside, tasks_of
from jinpai.journal.append import last_id
from jinpai.journal.due import Due, schedule
from jinpai.journal.erasing import erase_bodies, find_naming, find_said
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.tasks.model import RUNNING
from jinpai.tasks.store import task, task_fact

WHY = "客户资料已按本人要求删除"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was emptied: rows of conversations (the first time all of them), orders, reviews, pictures, and how many
    things `beside` them (names, facts, parcels, planned work …); all zero where nothing came since it was done."""

    rows: int = 0
    orders: int = 0
    reviews: int = 0
    files: int = 0
    beside: int = 0


def erase_customer(house: House, buyer: str, confirm: str, author: str) -> Action[Erased]:
    """The action that forgets this person, under all their names; done again, what came since, else it changes nothing.

    BadInput unless `confirm` is the name the shop has for them; Conflict while something with them is unfinished.
    """
    with house.database.read() as connection:
        start = last_id(connection)
        long_ago = find_naming(connection, find_person(connection, buyer))

    def act(tx: Tx) -> Erased:
        connection = tx.connection
        known, named = get_customer(connection, buyer), find_name(connection, buyer)
        if known is None or named is None:
            raise NotFound(ELSEWHERE)
        traces = find_traces(house, connection, known.shop, find_person(connection, buyer))
        facts = [*long_ago, *find_naming(connection, traces.buyers, start)]
        done = _empty(tx, traces, facts, again=known.erased_at is not None)
        if known.erased_at is not None and done == Erased():
            return done
        _check_sure(confirm, named[1])
        _check_finished(connection, traces)
        data = {"buyer": buyer, "names": len(traces.buyers), "messages": done.rows, "orders": done.orders}
        tx.append(Entry(ERASED, author, known.shop, data=data))
        return done

    return act


def find_traces(house: House, connection: Connection, shop: str, person: tuple[str, ...]) -> Traces:
    """Where this person has left traces."""
    talks, files = find_places(connection, person)
    orders = find_all_orders(house, connection, shop, person)
    return Traces(shop, person, tuple(id_ for id_, _ in talks), tuple(orders), tuple(files))


def _empty(tx: Tx, traces: Traces, facts: Sequence[int], *, again: bool) -> Erased:
    """Empty all of it; whoever finds afterwards that it must not be raises, which undoes it."""
    connection = tx.connection
    said = find_said(connection, traces.talks)
    told = [*facts, *find_order_facts(connection, traces.order_ids), *_task_facts(connection, traces)]
    emptied = erase_bodies(connection, [*said, *told])
    person = erase_person(connection, traces, tx.now)
    beside = person.beside + erase_beside(connection, traces, WHY, tx.now) + len(emptied.difference(said))
    if person.digests:
        root = traces.buyers[0]
        work = Due(traces.shop, DROP, root, f"{DROP}:{new_id('d')}", tx.now, {"digests": list(person.digests)})
        schedule(connection, [work], tx.now)
    rows = len(emptied.intersection(said)) if again else len(said)
    return Erased(rows, person.orders, person.reviews, len(traces.files), beside)


def _check_sure(confirm: str, name: str) -> None:
    if confirm.strip() != name:
        raise BadInput(f"名字对不上，没有删除。请照着写“{name}”，确认删的是这一位")


def _check_finished(connection: Connection, traces: Traces) -> None:
    """Conflict while a conversation is open, or an order or a hand-over needs what would be erased."""
    open_ = [id_ for id_, status in find_places(connection, traces.buyers)[0] if status == "open" and not is_past(id_)]
    if open_:
        raise Conflict("和这位客户的会话还开着，请先结束会话再删除")
    order = next((one for one in traces.orders if one.state in UNFINISHED or one.refund == "open"), None)
    if order is not None:
        raise Conflict(f"订单 {order.number} 还没有办完，请等它完成或关闭、退款处理好，再删除")
    running = sa.select(task.c.title).where(tasks_of(traces), task.c.state.in_((*RUNNING, "returned")))
    title = connection.execute(running.limit(1)).scalar()
    if title is not None:
        raise Conflict(f"交办的“{title}”还没有办完，请先办好或撤回，再删除")


def _task_facts(connection: Connection, traces: Traces) -> list[int]:
    query = sa.select(task_fact.c.fact).join(task, task.c.id == task_fact.c.task_id).where(tasks_of(traces))
    return list(connection.execute(query).scalars())
