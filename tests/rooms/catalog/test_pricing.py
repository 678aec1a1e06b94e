"""What a basket costs while promotions run: in the order of their steps, the better of two that exclude each other."""

from decimal import Decimal

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
