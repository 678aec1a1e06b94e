"""What the records say of the goods that would suit a buyer: bought, refused, sent already, facts of the profile."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from jinpai.copilot.recommending.model import Wishes
from jinpai.copilot.recommending.outcome import find_refused
from jinpai.customers.model import FACT_KINDS
from jinpai.customers.store import find_known, find_person
from jinpai.desk.model import Conversation
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import ORDERS, Scene
from jinpai.flows.learning.habits import products_of, titles_of
from jinpai.journal.model import Row
from jinpai.kit.memo import remember
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import Order
from jinpai.orders.store import find_buyer_orders

MOST = 50
"""So many orders of a buyer are looked at, the newest."""


def read_wishes(
    connection: Connection,
    sealer: Sealer,
    content: ShopContent,
    state: Conversation,
    scene: Scene,
    rows: Sequence[Row],
) -> Wishes:
    """What is known of the buyer of this conversation; `rows` are the newest of its log."""
    person = find_person(connection, state.buyer)
    facts = find_known(connection, state.buyer)
    cards = [row.entry.body.get("attach") or {} for row in rows]
    return Wishes(
        owned=_owned(content, _orders(connection, sealer, state, scene, person)),
        refused=find_refused(connection, person),
        seen=frozenset(card["product"] for card in cards if card.get("kind") == "product"),
        facts={kind: facts[kind] for kind in FACT_KINDS if kind in facts},
    )


def _orders(
    connection: Connection, sealer: Sealer, state: Conversation, scene: Scene, person: Sequence[str]
) -> Sequence[Order]:
    """All orders of the person, read again only where the scene has not all of them."""
    if len(person) <= 1 and len(scene.orders) < ORDERS:
        return scene.orders
    found = [one for buyer in person for one in find_buyer_orders(connection, sealer, state.shop, buyer, MOST)]
    return sorted(found, key=lambda one: (-one.listed_at, one.id))


def _owned(content: ShopContent, orders: Sequence[Order]) -> tuple[str, ...]:
    """The products of orders that stand, the newest first."""
    titles = _titles(content)
    kept = [one for one in orders if one.state != "closed" and one.refund != "done"]
    return tuple(dict.fromkeys(product for one in kept for product in products_of(one.items, titles)))


@remember
def _titles(content: ShopContent) -> dict[str, str]:
    return titles_of(content.products)
