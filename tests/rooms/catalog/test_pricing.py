"""What a basket costs while promotions run: in the order of their steps, the better of two that exclude each other."""

from decimal import Decimal
from typing import Any

import pytest

from jinpai.catalog.checks import check_promotions
from jinpai.catalog.pricing import Stock, settle, wrong_examples
from jinpai.catalog.promotions import Example, Promotion, is_running
from jinpai.flows.content.shop import DEMO_SHOP, ShopContent, load_shop_content
from jinpai.kit.clock import local_date

TENT, PAD, SOCKS = "tent-xiya-2p-green", "pad-danchao-single", "socks-rongma-m"


@pytest.fixture(scope="module")
def shop() -> ShopContent:
    return load_shop_content(DEMO_SHOP)


@pytest.fixture(scope="module")
def stock(shop: ShopContent) -> Stock:
    return {sku.id: (product, sku) for product in shop.products for sku in product.skus}


def named(shop: ShopContent, *ids: str) -> list[Promotion]:
    return [promotion for promotion in shop.promotions if promotion.id in ids]


def test_without_a_promotion_the_list_price_is_paid(stock: Stock) -> None:
    assert settle({TENT: 2}, stock, ()).goods == Decimal("918.00")


def test_just_under_the_line_nothing_is_taken_off(shop: ShopContent, stock: Stock) -> None:
    season = named(shop, "season-399")
    assert settle({"jacket-fengkou-teal-m": 1}, stock, season).goods == Decimal("459.00")
    assert settle({"bag-nuanshan-left-blue": 1, "chair-songpo-khaki": 1}, stock, season).goods == Decimal("368.00")
    assert settle({"down-songyu-black-m": 1}, stock, season).goods == Decimal("359.00"), "399 exactly reaches the line"


def test_taking_off_stops_at_the_most(shop: ShopContent, stock: Stock) -> None:
    assert settle({TENT: 10}, stock, named(shop, "season-399")).goods == Decimal("4470.00")


def test_the_discount_counts_before_the_coupon(shop: ShopContent, stock: Stock) -> None:
    settled = settle({SOCKS: 4}, stock, named(shop, "socks-two", "new-friend-10"))
    assert settled.goods == Decimal("143.00")
    assert settled.applied == ("socks-two", "new-friend-10")


def test_gift_and_free_shipping_look_at_what_is_really_paid(shop: ShopContent, stock: Stock) -> None:
    offers = named(shop, "season-399", "pillow-gift", "ship-199")
    assert settle({TENT: 1, "stove-liaohuo-std": 1}, stock, offers).gifts == (), "588 - 40 is below 599"
    rich = settle({TENT: 1, "chair-songpo-khaki": 1}, stock, offers)
    assert (rich.goods, len(rich.gifts), rich.free_shipping) == (Decimal("618.00"), 1, True)


def test_a_bundle_lacking_one_part_is_none(shop: ShopContent, stock: Stock) -> None:
    bundle = named(shop, "camp-set")
    assert settle({TENT: 1, PAD: 1}, stock, bundle).applied == ()


def test_an_example_that_comes_out_otherwise_is_told(shop: ShopContent, stock: Stock) -> None:
    (season,) = named(shop, "season-399")
    slip = season.model_copy(
        update={"examples": (Example(items={TENT: 1}, pays="400.00"), Example(items={"x": 1}, pays="1"))}
    )
    wrong, unknown = wrong_examples(slip, [slip], stock)
    assert "419.00" in wrong
    assert "x" in unknown


def test_promotions_that_name_what_is_not_there_are_told(shop: ShopContent) -> None:
    (bundle,) = named(shop, "camp-set")
    slip = bundle.model_copy(update={"products": ("no-such",), "not_with": ("gone",), "examples": ()})
    told = " ".join(message for _, message in check_promotions([slip], shop.products))
    assert "no-such" in told
    assert "gone" in told


def test_the_first_and_the_last_day_count(shop: ShopContent) -> None:
    (season,) = named(shop, "season-399")
    opened = local_date(1_795_399_200_000)
    first, last = season.period.on(opened)
    assert is_running(season, opened, first)
    assert is_running(season, opened, last)
    assert not is_running(season, opened, last.fromordinal(last.toordinal() + 1))


def promotion(id_: str, rule: dict[str, Any], step: int = 4, **told: Any) -> Promotion:
    base = {"title": id_, "period": {"first": 0, "last": 9}, "wording": ["有活动"], "manual": ["照规则"]}
    return Promotion.model_validate({"id": id_, "rule": rule, "step": step, "approval": "owner", **base, **told})


def off(id_: str, threshold: str, amount: str, **told: Any) -> Promotion:
    each = {name: told.pop(name) for name in ("each", "most") if name in told}
    return promotion(id_, {"kind": "amount_off", "threshold": threshold, "off": amount, **each}, **told)


def test_goods_never_cost_less_than_nothing(stock: Stock) -> None:
    deep = [off("deep", "1", "9000"), off("deeper", "0", "100", step=5, each=True)]
    assert settle({PAD: 1}, stock, deep).goods == Decimal("0.00")
    assert "deeper" not in settle({PAD: 1}, stock, deep).applied, "there was nothing left to take off"


def test_free_shipping_leaves_out_its_regions(shop: ShopContent, stock: Stock) -> None:
    free = named(shop, "ship-199")
    assert settle({TENT: 1}, stock, free, "浙江").free_shipping
    assert settle({TENT: 1}, stock, free, "新疆") == settle({TENT: 1}, stock, ())


def test_a_limited_price_holds_for_as_many_pieces_as_it_says_and_never_raises(shop: ShopContent, stock: Stock) -> None:
    (days,) = named(shop, "tarp-days")
    khaki, green = "tarp-yunyin-43-khaki", "tarp-yunyin-43-green"
    assert settle({khaki: 2, green: 3}, stock, [days]).goods == Decimal(2 * 229 + 3 * 259)
    dear = promotion("dear", {"kind": "limited_price", "prices": {khaki: "300"}}, 2)
    assert settle({khaki: 1}, stock, [dear]).goods == Decimal("259.00")
    assert settle({khaki: 1}, stock, [days, dear]).goods == Decimal("229.00")


def test_of_two_that_cost_the_same_the_one_that_gives_more_counts(stock: Stock) -> None:
    gift = promotion("gift", {"kind": "gift", "threshold": "100", "gift": "袜子", "stock": 3}, 6, not_with=["far"])
    far = off("far", "9000", "10")
    assert settle({TENT: 1}, stock, [gift, far]).gifts == settle({TENT: 1}, stock, [far, gift]).gifts == ("袜子",)
    none_left = gift.model_copy(update={"rule": gift.rule.model_copy(update={"stock": 0})})
    assert settle({TENT: 1}, stock, [none_left]).gifts == ()


def test_thirty_that_exclude_each_other_are_reckoned_at_once(stock: Stock) -> None:
    ids = [f"p{at}" for at in range(30)]
    crowd = [off(one, "100", str(at + 1), not_with=ids) for at, one in enumerate(ids)]
    assert settle({TENT: 1}, stock, crowd).applied == ("p29",)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([off("a", "100", "10"), off("b", "100", "20")], "先算哪个结果不一样"),
        ([off("a", "100", "10"), off("b", "100", "20", period={"first": 10, "last": 12})], ""),
        ([off("a", "100", "10"), off("b", "100", "20", not_with=["a"])], ""),
        ([off("a", "100", "10"), off("b", "100", "20", step=5)], ""),
        ([off("a", "100", "10", products=["tent-xiya-2p"]), off("b", "100", "20", products=["pad-danchao"])], ""),
        ([off("a", "100", "100")], "减的不比门槛少"),
        ([off("a", "0", "5", each=True)], "每满 0 元没法算"),
        ([off("a", "0", "5")], ""),
    ],
)
def test_what_cannot_be_meant_is_told_when_content_is_checked(
    shop: ShopContent, others: list[Promotion], told: str
) -> None:
    messages = [message for _, message in check_promotions(others, shop.products)]
    assert len(messages) == bool(told)
    assert told in "".join(messages)
