"""Everything the shop keeps of one customer, to be handed to them on request."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.care.model import Care
from jinpai.care.store import find_of_buyers
from jinpai.customers.store import Judged, find_judged, get_customer
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, PAST_IN, PAST_OUT, Author
from jinpai.flows.ports import House
from jinpai.flows.profiling.belongings import find_all_orders
from jinpai.flows.profiling.record import Record, contact_of, read_record
from jinpai.flows.profiling.words import Profiling, name_judged, profiling_of
from jinpai.journal.model import Row
from jinpai.journal.reader import read_before, read_conversation
from jinpai.kit.money import yuan
from jinpai.orders.model import Order
from jinpai.orders.reviews import Review, find_reviews

PAGE = 1_000
_SAID = (MESSAGE_IN, MESSAGE_OUT, PAST_IN, PAST_OUT)
_AMOUNTS = ("total", "paid", "freight", "refunded")
_APART = ("items", "parcels", "id", "shop", "buyer", "created_at", "changed_at", *_AMOUNTS)


def export_customer(house: House, buyer: str) -> dict[str, Any]:
    """The customer's whole record as JSON: names, contact, profile with what says so, orders with their
    reviews, care, messages.

    Amounts are in yuan, times in ms; `erased_at` where it was erased before, and has what came since.

    What colleagues wrote among themselves (notes of a conversation) is not the customer's and is left out.
    """
    with house.database.read() as connection:
        record = read_record(house, connection, buyer)
        person = [one.id for one in record.person]
        shop = record.person[0].shop
        words = profiling_of(house.content.shop(shop))
        known = get_customer(connection, person[0])
        judged = [one for one in find_judged(connection, person) if one.state == "accepted"]
        return {
            "exported_at": house.clock.now(),
            "shop": shop,
            "erased_at": known.erased_at if known is not None else None,
            "names": [{"id": one.id, "name": one.name, "member": one.external_id} for one in record.person],
            "contact": asdict(contact_of(house, record)),
            "do_not_disturb": known is not None and known.quiet,
            "note": known.note if known is not None else "",
            "profile": [_fact(connection, words, one) for one in judged],
            "orders": [_order(connection, order) for order in find_all_orders(house, connection, shop, person)],
            "care": [_care(one) for one in find_of_buyers(connection, person)],
            "conversations": list(_talks(connection, record)),
        }


def _fact(connection: Connection, words: Profiling, one: Judged) -> dict[str, Any]:
    """What is known, and the words that say so where they are named."""
    rows = []
    if one.conversation is not None and one.seq is not None:
        rows = read_before(connection, one.conversation, one.seq + 1, 1)
    said = str(rows[-1].entry.body.get("text") or "") if rows else ""
    text = name_judged(words, one.kind, one.value)
    return {"kind": one.kind, "text": text, "said": said, "at": one.judged_at}


def _care(one: Care) -> dict[str, Any]:
    names = ("plan", "about", "due_at", "state", "means", "done_at", "outcome")
    return {name: getattr(one, name) for name in names}


def _order(connection: Connection, order: Order) -> dict[str, Any]:
    plain = {name: value for name, value in asdict(order).items() if name not in _APART}
    goods = [
        {"title": item.title, "choice": item.sku, "quantity": item.quantity, "price": item.price and yuan(item.price)}
        for item in order.items
    ]
    amounts = {name: yuan(getattr(order, name)) for name in _AMOUNTS}
    parcels = [asdict(parcel) for parcel in order.parcels]
    reviews = [_review(one) for one in find_reviews(connection, order.shop, order.number)]
    return {**plain, **amounts, "items": goods, "parcels": parcels, "reviews": reviews}


def _review(one: Review) -> dict[str, Any]:
    names = ("title", "rating", "stars", "buyer_name", "text", "addition", "reply", "reviewed_at")
    return {name: getattr(one, name) for name in names}


def _talks(connection: Connection, record: Record) -> Iterator[dict[str, Any]]:
    for talk in record.talks:
        rows = _rows(connection, talk.id)
        yield {"channel": talk.channel, "messages": [_message(row) for row in rows]}


def _rows(connection: Connection, conversation: str) -> Sequence[Row]:
    found: list[Row] = []
    after = 0
    while rows := read_conversation(connection, conversation, after, PAGE):
        found += [row for row in rows if row.entry.kind in _SAID]
        after = rows[-1].seq
    return found


def _message(row: Row) -> dict[str, Any]:
    role = Author.read(row.entry.author).role
    return {"at": row.at, "from": "buyer" if role == "buyer" else "shop", "text": str(row.entry.body.get("text") or "")}
