"""Where free shipping ends: a place the page leaves out excuses what would break the promise elsewhere."""

from tests.rooms.guard.rulebook import base_guard

from jinpai.guard.context import Context, known_facts
from jinpai.guard.model import Said, Situation

PAGE = Context.model_validate({"product": {"free_shipping": True, "free_shipping_except": ["内蒙古"]}})
LARGE = {"shop": {"free_shipping_from": "79"}, "order": {"amount": "85.00"}}


def broken(text: str, context: Context, buyer: str = "包邮吗") -> bool:
    situation = Situation((Said("buyer", buyer),), known_facts(context), context)
    return any(hit.family == "free_shipping" for hit in base_guard().check(text, situation))


def test_a_place_the_page_leaves_out_may_cost() -> None:
    assert not broken("抱歉亲，要补10元运费哦", PAGE, "寄内蒙包邮吗")
    assert broken("贵州偏远，要补10元运费哦", PAGE, "寄贵州包邮吗")


def test_an_order_large_enough_ships_free() -> None:
    assert broken("快递费得您出一半", Context.model_validate(LARGE))
    small = Context.model_validate({**LARGE, "order": {"amount": "60.00"}})
    assert not broken("快递费得您出一半", small)
