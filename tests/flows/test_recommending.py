"""Recommendations at the desk: from the shop's own orders and content, remembered with what came of them."""

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.copilot.recommending.outcome import DAY, refuse
from jinpai.desk.model import Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.advising.recommending import Offered, read_outcomes, read_recommendations
from jinpai.flows.attaching import attach
from jinpai.flows.learning.habits import read_pairs
from jinpai.flows.learning.learned import FRESH
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.kit.errors import NotFound
from jinpai.orders.actions import record_orders
from jinpai.orders.model import Item, OrderRow
from jinpai.staff.model import Actor, Role

XIAOLIN = Actor("a_1", "xiaolin", "小林", Role.AGENT, ("demo",))


def state(shop: Shop, conversation: str) -> Conversation:
    with shop.house.database.read() as connection:
        return get_conversations(connection, [conversation])[conversation]


def ordered(shop: Shop, number: str, *products: str, buyer: str | None = None) -> None:
    goods = {one.id: one for one in shop.house.content.shop("demo").products}
    items = tuple(Item(goods[id_].title, product=id_) for id_ in products)
    row = OrderRow(
        number, buyer, buyer_name=f"买家{number}", state="paid", items=items, ordered_at=shop.clock.now(), total=100
    )
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))


def offered(shop: Shop, conversation: str) -> dict[str, Offered]:
    """The recommendations of this moment by product; remembered when this returns."""
    found = read_recommendations(shop.house, XIAOLIN, state(shop, conversation))
    shop.house.writer.run(lambda tx: None)
    return {one.recommendation.product.id: one for one in found}


def send_card(shop: Shop, conversation: str, one: Offered) -> None:
    asked = {"kind": "product", "product": one.recommendation.product.id}
    hung = attach(shop.house, "demo", conversation, AGENT, asked)
    cleared = clear(shop.house, shop.draft(conversation, one.told.text, attach=hung), ())
    assert isinstance(cleared, Cleared), cleared
    shop.house.writer.run(say(cleared))


def test_what_three_buyers_bought_together_is_recommended_with_that_reason(shop: Shop) -> None:
    for number in range(20):
        ordered(shop, f"90{number}", "hat-zheyin" if number % 2 else "bottle-shanquan")
    conversation = shop.chat()
    shop.buyer_says(conversation, "平川蛋卷桌有货吗")
    content = shop.house.content.shop("demo")
    before = offered(shop, conversation)
    assert before["chair-yueya"].recommendation.source == "companion"
    for number in range(3):
        ordered(shop, f"91{number}", "table-pingchuan", "bucket-xishui")
    now = shop.clock.now()
    pairs = read_pairs(shop.house.database, "demo", content.recommending, content.products, now)
    assert [(one.product, one.orders, one.of) for one in pairs["table-pingchuan"]] == [("bucket-xishui", 3, 3)]
    shop.house.habits.forget("demo")
    bucket = offered(shop, conversation)["bucket-xishui"]
    assert (bucket.recommendation.source, bucket.recommendation.evidence["buyers"]) == ("co_purchase", 3)
    assert "3 位顾客" in bucket.told.text
    assert bucket.told.source == "订单：3 单平川蛋卷桌里 3 单一起买了溪水折叠桶"
    assert shop.house.habits.of(shop.house.database, "demo", content, now + FRESH - 1) == pairs


def test_what_was_taken_along_refused_and_bought_later_is_counted_and_never_recommended_again(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "溪崖双人帐配什么好")
    first = offered(shop, conversation)
    taken, refused, *rest = first.values()
    send_card(shop, conversation, taken)
    shop.house.writer.run(refuse(state(shop, conversation), refused.id, AGENT, refused=True))
    ordered(shop, "9301", taken.recommendation.product.id, buyer=state(shop, conversation).buyer)
    gone = {taken.recommendation.product.id, refused.recommendation.product.id}
    assert not gone & set(offered(shop, conversation))
    shop.clock.advance(DAY)
    came = read_outcomes(shop.house, "demo", 0)
    assert [sum(getattr(one, name) for one in came) for name in ("taken", "refused", "bought")] == [1, 1, 1]
    assert sum(one.ignored for one in came) == sum(one.shown for one in came) - 2 >= len(rest)


def test_a_refusal_can_be_taken_back_and_belongs_to_its_conversation(shop: Shop) -> None:
    here, there = shop.chat(), shop.chat()
    shop.buyer_says(here, "溪崖双人帐配什么好")
    shop.buyer_says(there, "在吗")
    one = next(iter(offered(shop, here).values()))
    with pytest.raises(NotFound):
        shop.house.writer.run(refuse(state(shop, there), one.id, AGENT, refused=True))
    for wanted in (False, True):
        shop.house.writer.run(refuse(state(shop, here), one.id, AGENT, refused=not wanted))
        assert (one.recommendation.product.id in offered(shop, here)) is wanted
