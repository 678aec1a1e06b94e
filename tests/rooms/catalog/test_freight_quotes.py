"""What a parcel costs: exact, rounded up, free where the shop says so, never where nobody goes."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from jinpai.catalog.freight import Courier, quote
from jinpai.catalog.freight_quotes import Parcel, quote_freight, sentence
from jinpai.catalog.freight_rules import FreeShippingRule
from jinpai.flows.ordering.freight import FreightBook, load_freight, read_address, read_amount, read_size, read_weight
from jinpai.kit.addresses.parsing import parse_address
from jinpai.kit.errors import BadInput

REMOTE = ("黑龙江", "吉林", "辽宁", "内蒙古", "新疆", "西藏", "青海", "宁夏", "海南")
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def book() -> FreightBook:
    return load_freight("demo", DAY)


def price(book: FreightBook, to: str, kilograms: str, **more: str) -> Decimal | None:
    goods = read_amount(more["amount"]) if "amount" in more else None
    size = read_size(more["size"]) if "size" in more else Decimal(0)
    best = book.ask(parse_address(to), Parcel(read_weight(kilograms), size, goods), more.get("courier", "")).best
    return None if best is None else best.price


def courier(**changes: object) -> Courier:
    zone = {"regions": ("浙江",), "first": "12", "further": "10", "arrives": {"least": 1, "most": 2}}
    told = {"id": "one", "name": "一号快递", "zones": (zone,)} | changes
    return Courier.model_validate(told)


@pytest.mark.parametrize(
    ("kilograms", "yuan"),
    [("0.1", 12), ("1", 12), ("1.000001", 22), ("1.3", 22), ("2", 22), ("2.1", 32), ("1kg", 12), ("3 公斤", 32)],
)
def test_each_further_kilogram_or_part_costs_ten(book: FreightBook, kilograms: str, yuan: int) -> None:
    assert price(book, "浙江", kilograms) == yuan


@pytest.mark.parametrize("region", REMOTE)
def test_remote_regions_go_by_ems_alone(book: FreightBook, region: str) -> None:
    told = book.ask(parse_address(region), Parcel(Decimal(1_000)))
    assert told.best is not None
    assert (told.best.courier, told.best.price, told.alternatives) == ("邮政EMS", Decimal("12.00"), ())


def test_a_courier_that_does_not_go_there_leaves_its_alternatives(book: FreightBook) -> None:
    told = book.ask(parse_address("寄到新疆喀什"), Parcel(Decimal(1_000)), "顺丰速运")
    assert told.best is None
    assert [offer.courier for offer in told.alternatives] == ["邮政EMS"]


def test_remote_regions_stay_with_ems_even_where_another_courier_claims_to_go(book: FreightBook) -> None:
    bold = courier(zones=({"regions": ("新疆",), "first": "1", "further": "1", "arrives": {"least": 1, "most": 2}},))
    told = quote_freight((bold, *book.couriers), book.rules, (), parse_address("新疆").place, Parcel(Decimal(1_000)))
    assert told.best is not None
    assert told.best.courier == "邮政EMS"


def test_a_large_light_parcel_is_charged_by_its_volume(book: FreightBook) -> None:
    assert price(book, "浙江", "0.5", size="20x20x20") == 12
    assert price(book, "浙江", "0.5", size="20.01x20x20") == 22
    assert price(book, "新疆", "0.5", size="90x90x90") == 12


def test_free_from_the_line_on_but_not_in_the_regions_left_out(book: FreightBook) -> None:
    assert price(book, "浙江", "3", amount="198.99") == 32
    assert price(book, "浙江", "3", amount="199") == 0
    assert price(book, "新疆", "3", amount="999") == 32


def test_a_dearer_courier_costs_the_difference_when_the_goods_ship_free(book: FreightBook) -> None:
    told = book.ask(parse_address("浙江"), Parcel(Decimal(1_000), goods=Decimal(300)))
    assert [(offer.courier, offer.price, offer.listed) for offer in told.alternatives] == [
        ("顺丰速运", Decimal("6.00"), Decimal("18.00")),
        ("邮政EMS", Decimal("8.00"), Decimal("20.00")),
    ]


def test_an_explicit_zero_is_a_zero() -> None:
    zone = {"regions": ("浙江",), "first": "0", "further": "0", "arrives": {"least": 0, "most": 0}}
    gift, place = courier(zones=(zone,)), parse_address("浙江").place
    assert quote(gift, place, 5_000) == 0
    always = quote_freight(
        (courier(),), None, (FreeShippingRule(least="0"),), place, Parcel(Decimal(1), goods=Decimal(0))
    )
    assert always.best is not None
    assert (always.best.price, always.best.listed) == (0, 12)
    untold = quote_freight((courier(),), None, (FreeShippingRule(least="0"),), place, Parcel(Decimal(1)))
    assert untold.best is not None
    assert untold.best.price == 12


def test_first_and_further_weights_of_ones_own() -> None:
    zone = {"regions": ("浙江",), "first": "5.50", "further": "1.25", "first_kg": "3", "further_kg": "0.5"}
    own = courier(zones=({**zone, "arrives": {"least": 1, "most": 2}},))
    prices = [quote(own, "浙江", grams) for grams in (3_000, 3_001, 3_500, 4_200)]
    assert prices == [Decimal("5.50"), Decimal("6.75"), Decimal("6.75"), Decimal("9.25")]


def test_the_nearer_zone_counts_and_closed_places_are_not_served() -> None:
    far = {"regions": ("浙江舟山",), "first": "20", "further": "15", "arrives": {"least": 3, "most": 5}}
    near = {"regions": ("浙江",), "first": "12", "further": "10", "arrives": {"least": 1, "most": 2}}
    island = courier(zones=(near, far), not_to=("浙江舟山嵊泗",))
    assert quote(island, parse_address("浙江杭州").place, 1_000) == 12
    assert quote(island, parse_address("舟山市普陀区沈家门街道").place, 1_000) == 20
    assert quote(island, parse_address("浙江舟山嵊泗县菜园镇").place, 1_000) is None


@pytest.mark.parametrize("region", ["浙江省杭州市文三路1号", "江南", "香港", ""])
def test_a_price_table_with_an_unknown_region_is_refused(region: str) -> None:
    zone = {"regions": (region,), "first": "1", "further": "1", "arrives": {"least": 1, "most": 2}}
    with pytest.raises(ValidationError):
        courier(zones=(zone,))


def test_nobody_goes_abroad_and_the_buyer_is_told_so(book: FreightBook) -> None:
    told = book.ask(parse_address("香港九龙"), Parcel(Decimal(1_000)))
    assert (told.best, told.alternatives) == (None, ())
    assert book.rules is not None
    assert "送不到" in sentence(book.rules, told, None, Decimal(1_000))


def test_the_sentence_tells_the_weight_that_is_charged_where_the_size_counts_for_more(book: FreightBook) -> None:
    told = book.ask(parse_address("浙江"), Parcel(Decimal(2_000), read_size("50x40x40")))
    assert book.rules is not None
    by_size, by_scales = told.best, told.alternatives[-1]
    assert by_size is not None
    assert (by_size.price, by_scales.courier) == (Decimal("102.00"), "邮政EMS")
    assert "10 公斤（按体积算）" in sentence(book.rules, told, by_size, Decimal(2_000))
    assert "大约 2 公斤，" in sentence(book.rules, told, by_scales, Decimal(2_000))


def test_the_sentence_gives_the_price_and_days_as_a_range(book: FreightBook) -> None:
    told = book.ask(parse_address("浙江"), Parcel(Decimal(1_300)))
    assert book.rules is not None
    assert told.best is not None
    text = sentence(book.rules, told, told.best, Decimal(1_300))
    assert all(part in text for part in ("中通快递", "浙江", "1.3 公斤", "22 元", "正常", "1–2 天"))


@pytest.mark.parametrize("weight", ["0", "-1", "abc", "1e3", "1001", "", "nan", "１"])
def test_an_absurd_weight_is_refused(weight: str) -> None:
    with pytest.raises(BadInput):
        read_weight(weight)


@pytest.mark.parametrize("size", ["1x2", "0x1x1", "-1x2x3", "1001x1x1", "axbxc", ""])
def test_an_absurd_size_is_refused(size: str) -> None:
    with pytest.raises(BadInput):
        read_size(size)


def test_an_unknown_place_is_asked_for() -> None:
    with pytest.raises(BadInput, match="省份或城市"):
        read_address("火星一号基地")
    with pytest.raises(BadInput, match="南京市鼓楼区"):
        read_address("鼓楼区中山路")
