"""What the demo shop's records say around a buyer's words, and what is told of it."""

from collections.abc import Sequence
from datetime import date, datetime

from jinpai.catalog.promotions import Promotion
from jinpai.copilot.hearing.slots import find_slots
from jinpai.copilot.skills.answers import Fact, tell
from jinpai.copilot.skills.ground import Ground
from jinpai.flows.content.shop import DEMO_SHOP, load_shop_content
from jinpai.flows.ordering.freight import freight_book
from jinpai.kit.clock import SHOP_TIME
from jinpai.orders.model import Order

CONTENT = load_shop_content(DEMO_SHOP)
GOODS = {one.id: one for one in CONTENT.products}
MONDAY = datetime(2026, 11, 23, 11, 30, tzinfo=SHOP_TIME)


def ground(
    text: str, product: str = "", *, order: Order | None = None, running: Sequence[tuple[Promotion, date]] = ()
) -> Ground:
    book = freight_book(CONTENT.couriers, CONTENT.freight, CONTENT.shop, [one for one, _ in running])
    about = GOODS.get(product)
    return Ground(
        text,
        find_slots(text, CONTENT.names, about),
        MONDAY,
        CONTENT.shop,
        CONTENT.products,
        about,
        order=order,
        couriers=book.couriers,
        freight=book.rules,
        free=book.free,
        running=tuple(running),
        topics=CONTENT.topics,
    )


def said(facts: Sequence[Fact]) -> str:
    told = [tell(fact, CONTENT.answers) for fact in facts]
    assert all(told)
    return "\n".join(one.text for one in told if one is not None)
