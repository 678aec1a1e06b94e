"""Customers over HTTP: the list, one customer's record, and the reveal of how to reach them."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy.engine import Connection

from jinpai.customers.actions import REVEALED, note_looked
from jinpai.customers.content import SegmentEntry
from jinpai.customers.finding import Listed, Which, find_customers, sum_bought
from jinpai.customers.returned import count_returned
from jinpai.customers.segments import Bought
from jinpai.desk.model import PHONE
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.customers.portraits import PortraitView, Reader, find_buyer, portrait_of
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.entrypoints.http.orders.promises import PromiseView, views_of
from jinpai.entrypoints.http.orders.views import OrderView
from jinpai.entrypoints.http.orders.views import view as view_order
from jinpai.flows.ports import House
from jinpai.flows.profiling.record import Contact, Record, contact_of, read_record, segment_of
from jinpai.flows.profiling.words import profiling_of
from jinpai.kit.money import yuan
from jinpai.orders.model import mask_address, mask_name, mask_phone
from jinpai.promises.store import find_of_talks
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["customers"])

PAGE = 50
LOOKS = 10
"""So many times fifty customers one question for a segment looks at; who wants to look on asks with `next`."""

LONGEST_LIST = 200


class SegmentView(BaseModel):
    """A group of customers by how recently, how often and for how much they bought."""

    id: str
    title: str
    advice: str


class CustomerRow(BaseModel):
    """A customer as lists show them; amounts in yuan as decimal strings, times in milliseconds, the phone masked."""

    id: str
    shop: str
    name: str
    external_id: str
    phone: str
    quiet: bool
    moved_at: int
    orders: int
    amount: str
    last_order_at: int | None
    segment: SegmentView | None


class CustomerPage(BaseModel):
    """A page of customers, those who moved last first; `next` asks for the following one, `segments` are all groups."""

    items: list[CustomerRow]
    next: str | None
    segments: list[SegmentView]


class ContactView(BaseModel):
    """How to reach a customer."""

    phone: str
    receiver: str
    address: str


class CustomerTalk(BaseModel):
    """One of a customer's conversations."""

    id: str
    channel: str
    status: str
    agent: str
    last_at: int
    last_text: str
    tags: list[str]


class CustomerNote(BaseModel):
    """A colleague's note in a conversation."""

    conversation: str
    seq: int
    at: int
    who: str
    text: str


class MergedBuyer(BaseModel):
    """Another name under which this customer came."""

    id: str
    name: str


class ReturnedView(BaseModel):
    """How many orders and reviews of a forgotten customer tell of them again."""

    orders: int
    reviews: int


class CustomerRecord(BaseModel):
    """Everything the shop knows of one customer, people masked.

    `erased_at` (ms) is when they were forgotten on request, `returned` what files have brought back since.
    """

    customer: CustomerRow
    contact: ContactView
    portrait: PortraitView
    orders: list[OrderView]
    talks: list[CustomerTalk]
    promises: list[PromiseView]
    notes: list[CustomerNote]
    merged: list[MergedBuyer]
    erased_at: int | None
    returned: ReturnedView


@router.get("/customers")
def read_customers(
    house: HouseDep,
    actor: Reader,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    q: Annotated[str, Query(max_length=100)] = "",
    which: Annotated[Which, Query()] = "all",
    segment: Annotated[str, Query(max_length=80)] = "",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> CustomerPage:
    """The customers of my shops, fifty a page; `q`: part of a name or member id, a phone or its last four digits.

    With a `segment` a page may have fewer than fifty while `next` has more.
    """
    if shop is not None:
        check_may(actor, "customer.read", shop)
    shops = (shop,) if shop is not None else actor.shops
    items: list[CustomerRow] = []
    after = read_cursor(cursor)
    with house.database.read() as connection:
        for _ in range(LOOKS if segment else 1):
            found = find_customers(connection, house.sealer, shops, q, which, after, PAGE)
            bought = sum_bought(connection, found)
            rows = [_row(house, one, bought.get(one.id, Bought())) for one in found]
            items += [row for row in rows if not segment or (row.segment is not None and row.segment.id == segment)]
            after = (found[-1].moved_at, found[-1].id) if len(found) == PAGE else None
            if after is None or len(items) >= PAGE:
                break
    return CustomerPage(
        items=items,
        next=write_cursor(*after) if after is not None else None,
        segments=_segments(house, shops),
    )


@router.get("/customers/{buyer_id}")
def read_customer(house: HouseDep, actor: Reader, buyer_id: Id) -> CustomerRecord:
    """One customer's record."""
    find_buyer(house, actor, buyer_id, "customer.read")
    with house.database.read() as connection:
        record = read_record(house, connection, buyer_id)
        promises = find_of_talks(connection, [talk.id for talk in record.talks])[-LONGEST_LIST:]
        views = views_of(house, connection, promises[::-1])
        notes = _notes(connection, record)
        returned = count_returned(connection, [one.id for one in record.person])
    first = record.person[0]
    contact = contact_of(house, record)
    return CustomerRecord(
        customer=_row(house, first, record.bought),
        contact=_masked(contact),
        portrait=portrait_of(house, first.id, first.shop, first.name),
        orders=[view_order(order) for order in record.orders],
        talks=_talks(record),
        promises=views,
        notes=notes,
        merged=[MergedBuyer(id=one.id, name=one.name) for one in record.person[1:]],
        erased_at=record.erased_at,
        returned=ReturnedView(orders=returned.orders, reviews=returned.reviews),
    )


@router.post("/customers/{buyer_id}/reveal")
def reveal_customer(
    house: HouseDep, actor: Annotated[Actor, needs("customer.reveal")], buyer_id: Id, body: Nothing
) -> ContactView:
    """How to reach this customer, unmasked; that I looked is kept in the audit log."""
    shop, _ = find_buyer(house, actor, buyer_id, "customer.reveal")
    with house.database.read() as connection:
        contact = contact_of(house, read_record(house, connection, buyer_id))
    house.writer.run(note_looked(REVEALED, buyer_id, shop, actor.author))
    return ContactView(phone=contact.phone, receiver=contact.receiver, address=contact.address)


def _row(house: House, one: Listed, bought: Bought) -> CustomerRow:
    segment = segment_of(house.content.shop(one.shop), bought, house.clock.now())
    return CustomerRow(
        id=one.id,
        shop=one.shop,
        name=one.name,
        external_id=one.external_id or "",
        phone=mask_phone(house.sealer.open(PHONE, one.phone)) if one.phone is not None else "",
        quiet=one.quiet,
        moved_at=one.moved_at,
        orders=bought.paid,
        amount=yuan(bought.amount),
        last_order_at=bought.last_at,
        segment=None if segment is None else _segment(segment),
    )


def _segments(house: House, shops: Sequence[str]) -> list[SegmentView]:
    """The groups of these shops, each once."""
    found = [one for shop in shops for one in profiling_of(house.content.shop(shop)).segments.segments]
    return [_segment(one) for one in {one.id: one for one in found}.values()]


def _segment(segment: SegmentEntry) -> SegmentView:
    return SegmentView(id=segment.id, title=segment.title, advice=segment.advice)


def _masked(contact: Contact) -> ContactView:
    address = mask_address(contact.address, contact.region)
    return ContactView(phone=mask_phone(contact.phone), receiver=mask_name(contact.receiver), address=address)


def _talks(record: Record) -> list[CustomerTalk]:
    return [
        CustomerTalk(
            id=talk.id,
            channel=talk.channel,
            status=talk.status,
            agent=talk.agent_name or "",
            last_at=talk.last_at,
            last_text=talk.last_text,
            tags=list(talk.tags),
        )
        for talk in record.talks
    ]


def _notes(connection: Connection, record: Record) -> list[CustomerNote]:
    names = name_authors(connection, {row.entry.author for row in record.notes})
    return [
        CustomerNote(
            conversation=row.entry.conversation or "",
            seq=row.seq,
            at=row.at,
            who=names.get(row.entry.author, ""),
            text=text,
        )
        for row in record.notes[:LONGEST_LIST]
        if (text := str(row.entry.body.get("text") or ""))
    ]
