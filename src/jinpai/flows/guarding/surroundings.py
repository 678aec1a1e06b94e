"""What one conversation is about, as far as the guard may know it: kept beside the talk, looked at only on demand.

rows of its log ──hear──▶ Surroundings ──look──▶ Context     (only once a rule asks)
database ──read_record──▶ Record ──learn──▶      ▲           (only once `lacks` says that it was missing)
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.bargaining.model import Request
from jinpai.bargaining.store import list_grants
from jinpai.catalog.sales import Sales
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, Author
from jinpai.desk.store import conversation as conversation_table
from jinpai.desk.store import when_opened
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.guarding.circumstances import Asked, Subject, context_of
from jinpai.flows.guarding.situation import LOOK_BACK, Look
from jinpai.flows.ports import House
from jinpai.guard.context import Context, KnownOrder
from jinpai.guard.model import Said
from jinpai.journal.model import Row
from jinpai.kit.money import yuan
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import Order
from jinpai.orders.store import find_buyer_orders, find_by_numbers
from jinpai.staff.model import Actor, Party
from jinpai.stock.model import Available
from jinpai.stock.store import read_available

Card = Mapping[str, Any] | None
"""What hangs on a message, as its sender named it."""

ORDERS = 5
NUMBER = re.compile(r"(?<!\d)\d{10,24}(?!\d)")
"""What may be the number of an order."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the database says: the buyer's newest orders first, orders that were named, when the shop was set up (ms).

    `grants` is what supervisors approved here, `stock` what can be sold, `sales` what sells best; `edition` is how
    often the shop's orders, approvals and stock had changed when it was read, `asked` the numbers looked for.
    """

    own: tuple[KnownOrder, ...]
    others: tuple[KnownOrder, ...]
    opened_at: int
    edition: int
    asked: frozenset[str]
    grants: tuple[Request, ...] = ()
    stock: Available = field(default_factory=Available)
    sales: Sales = field(default_factory=Sales)


class Surroundings:
    """The surroundings of one conversation on this process."""

    __slots__ = ("_changes", "_record", "conversation", "lacks", "recent", "shop", "subject")

    def __init__(self, shop: str, conversation: str, changes: Mapping[str, int]) -> None:
        self.shop = shop
        self.conversation = conversation
        self.recent: list[Said] = []
        self.subject = Subject()
        self.lacks = False
        """Whether something was asked for that the database would know; `learn` what it says, then ask again."""
        self._changes = changes
        self._record: Record | None = None

    def hear(self, rows: Sequence[Row]) -> None:
        """Remember the newest messages, and what they are about."""
        for row in rows:
            if row.entry.kind in (MESSAGE_IN, MESSAGE_OUT):
                self._note(row)
        del self.recent[:-LOOK_BACK]

    def look(self, content: ShopContent, text: str, login: str, now: int, card: Card = None) -> Context:
        """What is known around this text, said with this card by the agent with this login at `now` (ms)."""
        asked = self._asked(text)
        subject = self.subject if card is None else self.subject.after(card, (), said=False)
        self.lacks = self.lacks or not self._is_covered(asked)
        return context_of(content, subject, asked, self._record, login, now)

    def wanted(self, text: str) -> tuple[int, frozenset[str]]:
        """What `read_record` is to be asked for, for a text that was `looked` at in vain."""
        return self._edition, frozenset(self._asked(text).numbers)

    def learn(self, record: Record) -> None:
        """Take in what the database says."""
        self._record = record
        self.lacks = False

    def _is_covered(self, asked: Asked) -> bool:
        record = self._record
        if record is None or record.edition != self._edition:
            return False
        return set(asked.numbers) <= record.asked | {order.number for order in (*record.own, *record.others)}

    @property
    def _edition(self) -> int:
        return self._changes.get(self.shop, 0)

    def _asked(self, text: str) -> Asked:
        said = [one.text for one in reversed(self.recent)]
        numbers = NUMBER.findall("\n".join((text, *said)))
        if self.subject.order:
            numbers.append(self.subject.order)
        asked = tuple(one.text for one in reversed(self.recent) if one.role == "buyer")
        return Asked(text, tuple(said), tuple(dict.fromkeys(numbers)), asked)

    def _note(self, row: Row) -> None:
        body, role = row.entry.body, Author.read(row.entry.author).role
        has_words = bool(body.get("text"))
        self.subject = self.subject.after(body.get("attach"), row.entry.data.get("bait", ()), said=has_words)
        if has_words:
            self.recent.append(Said(role, body["text"]))  # type: ignore[arg-type]


def looker(around: Surroundings, party: Party, card: Card = None) -> Look:
    """How the guard looks around for this party's text, which goes with this card."""
    login = party.login if isinstance(party, Actor) else ""
    return lambda content, text, now: around.look(content, text, login, now, card)


def learn(house: House, around: Surroundings, text: str) -> None:
    """Read what was lacking for this text (blocking)."""
    wanted, now = around.wanted(text), house.clock.now()
    sales = house.sales.of(house.database, around.shop, house.content.shop(around.shop), now)
    with house.database.read() as connection:
        record = read_record(connection, house.sealer, around.shop, around.conversation, wanted, now)
    around.learn(replace(record, sales=sales))


def read_record(
    connection: Connection, sealer: Sealer, shop: str, conversation: str, wanted: tuple[int, frozenset[str]], now: int
) -> Record:
    """What the database says at `now` (ms) around this conversation, with the orders of these numbers, whosever."""
    edition, numbers = wanted
    opened = when_opened(connection, shop) or 0
    query = sa.select(conversation_table.c.buyer).where(conversation_table.c.id == conversation)
    buyer = connection.execute(query).scalar()
    own = find_buyer_orders(connection, sealer, shop, buyer, ORDERS) if buyer is not None else []
    named = find_by_numbers(connection, sealer, shop, sorted(numbers)) if numbers else {}
    mine = {order.number for order in own}
    if buyer is not None and any(number not in mine for number in named):
        mine = {order.number for order in find_buyer_orders(connection, sealer, shop, buyer, 1_000)}
    others = tuple(known_order(order, is_buyers=number in mine) for number, order in named.items())
    buyers = tuple(known_order(order, is_buyers=True) for order in own)
    grants = tuple(list_grants(connection, conversation, now))
    return Record(buyers, others, opened, edition, numbers, grants, read_available(connection, shop))


def known_order(order: Order, *, is_buyers: bool) -> KnownOrder:
    """The order as the guard knows it; nothing of whom it goes to."""
    parcel = order.parcels[-1] if order.parcels else None
    return KnownOrder(
        number=order.number,
        state=order.state,
        amount=yuan(order.total),
        courier=parcel.courier if parcel is not None else "",
        tracking=parcel.number if parcel is not None else "",
        is_buyers=is_buyers,
    )
