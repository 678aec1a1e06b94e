"""The promise ledger follows the log: what agents say is read a moment later, and never in the way of the talk."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy.engine import Connection

from jinpai.desk.model import COMPANION, MESSAGE_IN, MESSAGE_OUT, Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.loop import Loop, careful, rest_after
from jinpai.flows.ports import House
from jinpai.journal.model import Row
from jinpai.journal.reader import get_bookmark, put_bookmark, read_before, read_log, read_rows
from jinpai.journal.writer import Action, Tx
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.ids import new_id
from jinpai.kit.memo import remember
from jinpai.orders.model import Order
from jinpai.orders.store import find_buyer_orders, get_orders
from jinpai.promises.checking import DECIDED, judge_facts
from jinpai.promises.content import unwrap
from jinpai.promises.finding import LOOK_BACK, find_at, may_promise
from jinpai.promises.model import TOPIC, Spoken
from jinpai.promises.store import Pledge, add_pledges, find_by_ids, find_open, settle_pledges
from jinpai.promises.words import Words, compile_words

READER = "promises"
AT_ONCE = 200
TICK_SECONDS = 1.0
SETTLE_ROUNDS = 30
"""Open promises are held against their orders every so many rounds."""

TOO_OLD = 30 * 86_400_000
"""Milliseconds after which a promise told with a shop's past is left alone: nobody can keep it any more."""

_UNSENT = ("unpaid", "paid")


@remember
def words_of(content: ShopContent) -> Words:
    """How promises sound in a shop with this content."""
    return compile_words(tuple(unwrap(entry) for entry in content.promises), content.reminding.days_off)


def follow_promises(house: House) -> int:
    """Read the log on by one batch and store what was promised; how many rows were read, 0 = nothing new."""
    with house.database.read() as connection:
        start = get_bookmark(connection, READER)
        rows = read_log(connection, start, AT_ONCE)
        since = house.clock.now() - TOO_OLD
        said = [row for row in rows if row.at >= since and _is_said(house, row)]
        states = get_conversations(connection, list({row.entry.conversation or "" for row in said}))
        found = [
            one for row in said for one in _promised(house, connection, states.get(row.entry.conversation or ""), row)
        ]
    if not rows:
        return 0
    end = rows[-1].id

    def store(tx: Tx) -> None:
        if get_bookmark(tx.connection, READER) == start:
            add_pledges(tx.connection, found)
            _tell(tx, found)
            put_bookmark(tx.connection, READER, end)

    house.writer.run(store)
    return len(rows)


def settle_by_facts(house: House) -> int:
    """Hold open promises against their orders; how many the orders have decided."""
    decided, after = 0, None
    while True:
        with house.database.read() as connection:
            waiting = find_open(connection, DECIDED, after, AT_ONCE)
            judged = _judged(house, connection, waiting)
        decided += house.writer.run(_settle(judged)) if judged else 0
        if len(waiting) < AT_ONCE:
            return decided
        after = (waiting[-1].made_at, waiting[-1].id)


def text_of(row: Row, pledge: Pledge) -> str:
    """The promise's own words; empty when the law has erased the message."""
    return str(row.entry.body.get("text", ""))[pledge.starts : pledge.ends]


class Ledger(Loop):
    """Follows the log until it is stopped; killed, it goes on from its bookmark."""

    def __init__(self, house: House) -> None:
        self._rounds = 0
        super().__init__("promise-ledger", lambda: self._round(house))

    def _round(self, house: House) -> float:
        started, has_more = time.monotonic(), False
        with careful("promise_ledger"):
            has_more = follow_promises(house) == AT_ONCE
            if not has_more:
                self._rounds += 1
                if self._rounds % SETTLE_ROUNDS == 1:
                    settle_by_facts(house)
        return rest_after(started, house.writer, has_more=has_more, tick=TICK_SECONDS)


def _is_said(house: House, row: Row) -> bool:
    """Whether an agent said this to a buyer, and it may be a promise."""
    entry = row.entry
    if entry.kind != MESSAGE_OUT or not entry.author.startswith("agent:") or entry.conversation is None:
        return False
    return may_promise(words_of(house.content.shop(entry.shop)), str(entry.body.get("text", "")))


def _tell(tx: Tx, changed: Sequence[Pledge]) -> None:
    for shop, conversation in dict.fromkeys((one.shop, one.conversation) for one in changed):
        tx.tell(TOPIC, {"shop": shop, "c": conversation})


def _promised(house: House, connection: Connection, state: Conversation | None, row: Row) -> list[Pledge]:
    conversation = row.entry.conversation or ""
    if state is None:
        return []
    earlier = read_before(connection, conversation, row.seq + 1, LOOK_BACK * 2)
    talk = [_spoken(one) for one in earlier if one.entry.kind in (MESSAGE_IN, MESSAGE_OUT)]
    words = words_of(house.content.shop(state.shop))
    found = find_at(words, talk, len(talk) - 1)
    if not found:
        return []
    order = _order_of(house, connection, state.shop, state.buyer, row.at) if state.channel != COMPANION else None
    is_sent = order is not None and order.state not in _UNSENT
    text = str(row.entry.body["text"])
    if is_sent:
        found = find_at(words, talk, len(talk) - 1, is_sent=True)
    return [
        Pledge(
            id=new_id("p"),
            shop=state.shop,
            conversation=conversation,
            fact=row.id,
            seq=row.seq,
            kind=one.kind,
            author=row.entry.author,
            order_id=order.id if order is not None else None,
            made_at=row.at,
            due_at=int(one.due.timestamp() * 1000) if one.due else None,
            starts=max(0, text.find(one.text)),
            ends=max(0, text.find(one.text)) + len(one.text),
            state="open",
            settled_by="",
            settled_at=None,
            why="",
        )
        for one in found
    ]


def _spoken(row: Row) -> Spoken:
    role: Literal["buyer", "agent"] = "buyer" if row.entry.kind == MESSAGE_IN else "agent"
    at = datetime.fromtimestamp(row.at / 1000, SHOP_TIME)
    return Spoken(role, str(row.entry.body.get("text", "")), at)


def _order_of(house: House, connection: Connection, shop: str, buyer: str, now: int) -> Order | None:
    """The order a promise is about: the buyer's newest that has not left, else the newest of all."""
    orders: Sequence[Order] = find_buyer_orders(connection, house.sealer, shop, buyer)
    known = [order for order in orders if order.listed_at <= now and order.state != "closed"]
    return next((order for order in known if order.state in _UNSENT), known[0] if known else None)


def _judged(house: House, connection: Connection, waiting: Sequence[Pledge]) -> list[Pledge]:
    """Those of the promises that their orders have decided, as they end."""
    now = house.clock.now()
    told = {row.id: row for row in read_rows(connection, [one.fact for one in waiting])}
    orders = get_orders(connection, house.sealer, {one.order_id for one in waiting if one.order_id})
    found = []
    for one in waiting:
        order = orders.get(one.order_id or "")
        outcome = order and judge_facts(one.kind, text_of(told[one.fact], one), one.made_at, one.due_at, order, now)
        if outcome:
            found.append(replace(one, state=outcome, settled_by="facts", settled_at=now))
    return found


def _settle(judged: Sequence[Pledge]) -> Action[int]:
    """The action that settles them, but for those a person has settled meanwhile."""

    def act(tx: Tx) -> int:
        known = find_by_ids(tx.connection, [one.id for one in judged])
        still = {one.id for one in known if one.state == "open"}
        settled = [one for one in judged if one.id in still]
        settle_pledges(tx.connection, settled)
        _tell(tx, settled)
        return len(settled)

    return act
