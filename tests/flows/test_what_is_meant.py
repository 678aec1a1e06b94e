"""What the guard takes the talk to be about, and what it knows of the buyer's wish."""

import pytest

from jinpai.flows.content.shop import load_shop_content
from jinpai.flows.guarding.circumstances import Asked, Subject, context_of
from jinpai.flows.guarding.surroundings import Record
from jinpai.guard.context import KnownOrder

CONTENT = load_shop_content("demo")
TENT, GIFT = CONTENT.products[0], CONTENT.products[1]
NOW = 1_772_330_400_000


def title(text: str, *before: str) -> str:
    """The title of the product that this text is taken to be about, after these messages, the newest first."""
    return context_of(CONTENT, Subject(), Asked(text, before), None, "", NOW).product.title


def test_a_gift_that_was_named_is_not_taken_for_the_goods() -> None:
    asked = f"想买{TENT.short}，有赠品吗"
    assert title("还有货的哦", f"拍下送您一个{GIFT.short}", asked) == TENT.title
    assert title(f"赠品{GIFT.short}也有货", asked) == TENT.title
    assert title("还有货的哦", f"{GIFT.short}也很受欢迎", asked) == GIFT.title


@pytest.mark.parametrize(("said", "asked_to_close"), [("我不想要了，帮我取消吧", True), ("什么时候发货", None)])
def test_that_the_buyer_asked_to_close_the_order_is_remembered(said: str, asked_to_close: bool | None) -> None:
    order = KnownOrder(number="260301000001", state="unpaid", is_buyers=True)
    record = Record((order,), (), 0, 0, frozenset())
    known = context_of(CONTENT, Subject(), Asked("已经帮您关闭了", (said,), (), (said,)), record, "", NOW).order
    assert known.buyer_asked_to_close is asked_to_close
