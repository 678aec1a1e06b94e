"""A customer's record: the orders, talks and notes of one person, under whatever names they came."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from jinpai.customers.content import SegmentEntry
from jinpai.customers.finding import Listed, get_listed, sum_bought
from jinpai.customers.segments import Bought, find_segment
from jinpai.customers.store import find_person, find_talks, get_customer
from jinpai.desk.model import NOTE, PHONE, Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.flows.profiling.portrait import find_orders_of
from jinpai.flows.profiling.words import profiling_of
from jinpai.journal.model import Row
from jinpai.journal.reader import read_newest
from jinpai.orders.model import Order

LOOK_BACK = 1_000
"""How many of the newest rows of a conversation are searched for notes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One person: the buyers they are (the one others were merged into first), and what belongs to them.

    `erased_at` (ms) is when they were forgotten on request.
    """

    person: tuple[Listed, ...]
    orders: tuple[Order, ...]
    bought: Bought
    talks: tuple[Conversation, ...]
    notes: tuple[Row, ...]
    erased_at: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person; empty where it is not known."""

    phone: str
    receiver: str
    address: str
    region: str


def read_record(house: House, connection: Connection, buyer: str) -> Record:
    """The record of the person this buyer is."""
    ids = find_person(connection, buyer)
    listed = get_listed(connection, ids)
    person = tuple(listed[id_] for id_ in ids if id_ in listed)
    talks = find_talks(connection, ids)
    states = get_conversations(connection, talks)
    notes = read_newest(connection, talks, LOOK_BACK, (NOTE,)) if talks else {}
    orders = find_orders_of(connection, house.sealer, person[0].shop, ids)
    known = get_customer(connection, ids[0])
    return Record(
        person,
        tuple(orders),
        total(sum_bought(connection, person).values()),
        tuple(states[talk] for talk in talks if talk in states),
        tuple(sorted((row for rows in notes.values() for row in rows), key=lambda row: -row.at)),
        known.erased_at if known is not None else None,
    )


def total(several: Iterable[Bought]) -> Bought:
    """What several buyers bought, who are one person."""
    found = Bought()
    for one in several:
        found = found.together(one)
    return found


def contact_of(house: House, record: Record) -> Contact:
    """How to reach this person: the number they call from, and whom their newest order goes to.

    Nothing of one who was forgotten: an order that a file brought back is no profile.
    """
    if record.erased_at is not None:
        return Contact("", "", "", "")
    sealed = next((one.phone for one in record.person if one.phone is not None), None)
    order = next((one for one in record.orders if one.receiver or one.address), None)
    phone = house.sealer.open(PHONE, sealed) if sealed is not None else order.phone if order is not None else ""
    if order is None:
        return Contact(phone, "", "", "")
    return Contact(phone, order.receiver, order.address, order.region)


def segment_of(content: ShopContent, bought: Bought, now: int) -> SegmentEntry | None:
    """The segment of a customer who bought this."""
    return find_segment(profiling_of(content).segments, bought, now)
