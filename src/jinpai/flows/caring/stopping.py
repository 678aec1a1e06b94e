"""A buyer asks for no more of it: from then on nobody writes to them unasked, with their words as evidence."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.customers.actions import change
from jinpai.customers.store import Customer, find_person, get_customer
from jinpai.desk.model import MESSAGE_IN
from jinpai.desk.projection import Change, OnChanges
from jinpai.desk.store import get_conversations
from jinpai.flows.caring.giving import SYSTEM, stop_writing
from jinpai.flows.caring.plan import caring_of
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.journal.due import Due, finish, is_open, schedule
from jinpai.journal.model import Row
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import Refusal

STOP = "care_stop"
"""The kind of work that takes a buyer at their word."""


def heard_stop(content: Callable[[str], ShopContent]) -> OnChanges:
    """The hook that hears a buyer ask for no more messages, in the transaction that logs it."""

    def stops(shop: str, row: Row) -> bool:
        try:
            return caring_of(content(shop)).says_stop(str(row.entry.body.get("text") or ""))
        except Refusal:
            return False

    def on_changes(connection: Connection, changes: Sequence[Change]) -> None:
        works = [
            Due(row.entry.shop, STOP, change.after.id, f"{STOP}:{change.after.id}:{row.seq}", row.at, {"seq": row.seq})
            for change in changes
            for row in change.rows
            if row.entry.kind == MESSAGE_IN and stops(row.entry.shop, row)
        ]
        if works:
            schedule(connection, works, works[0].due_at)

    return on_changes


def stop(house: House, work: Due) -> Action[None]:
    """The action that notes the wish with the message that says so; who has one already keeps it."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        state = get_conversations(tx.connection, [work.subject])[work.subject]
        person = find_person(tx.connection, state.buyer)[0]
        known = get_customer(tx.connection, person)
        if known is not None and not known.quiet and known.erased_at is None:
            stop_writing(person, SYSTEM, (work.subject, work.data["seq"]))(tx)
        finish(tx.connection, work, "done", "", tx.now)

    return act


def write_customer(
    buyer: str, changes: Mapping[str, Any], author: str, message: tuple[str, int] | None = None
) -> Action[Customer]:
    """The action that writes `quiet` and `note`; who wants quiet is written to no more, from this message on."""

    def act(tx: Tx) -> Customer:
        if changes.get("quiet"):
            stop_writing(buyer, author, message)(tx)
        return change(buyer, changes, author)(tx)

    return act
