"""What a shop's own orders and dates say of its goods, and where they say nothing."""

from datetime import date, timedelta

import pytest

from jinpai.catalog.content import Product
from jinpai.catalog.sales import ENOUGH, LEAST, NEW_DAYS, Sales, is_best_seller, is_new, rank

TODAY = date(2026, 11, 23)


def goods(id_: str, listed_on: date | None = None) -> Product:
    sku = {"id": f"{id_}-a", "name": "默认", "price": "99.00", "stock": 3}
    plain = {"id": id_, "title": id_, "short": id_, "category": "帐篷", "skus": [sku]}
    return Product.model_validate(plain | ({} if listed_on is None else {"listed_on": listed_on.isoformat()}))


def sold(**times: int) -> list[list[str]]:
    return [[id_] for id_, count in times.items() for _ in range(count)]


def test_the_best_fifth_sells_best_the_lower_half_does_not_and_between_nobody_knows() -> None:
    times = {f"p{number}": 30 - number for number in range(10)}
    found = rank(sold(**times))
    known = {id_: is_best_seller(goods(id_), found) for id_ in (*times, "never")}
    assert [known[id_] for id_ in times] == [True, True, None, None, None, *[False] * 5]
    assert known["never"] is False


def test_too_few_orders_say_nothing() -> None:
    assert is_best_seller(goods("tent"), rank(sold(tent=ENOUGH - 1))) is None
    assert is_best_seller(goods("tent"), rank(sold(tent=ENOUGH))) is True


def test_what_sells_seldom_is_no_best_seller_though_nothing_sells_better() -> None:
    found = rank(sold(**{f"p{number}": LEAST - 1 for number in range(5)}))
    assert is_best_seller(goods("p1"), found) is not True


def test_several_of_a_kind_in_one_order_count_once() -> None:
    found = rank([["tent", "tent", "tent"], *sold(hat=LEAST, bag=LEAST * 3)])
    assert is_best_seller(goods("tent"), found) is False


@pytest.mark.parametrize(
    ("days", "new"), [(0, True), (NEW_DAYS - 1, True), (NEW_DAYS, False), (400, False), (-1, False)]
)
def test_new_is_what_was_put_on_sale_lately(days: int, new: bool) -> None:
    assert is_new(goods("tent", TODAY - timedelta(days=days)), Sales(), TODAY) is new


def test_without_a_date_only_old_orders_tell() -> None:
    assert is_new(goods("tent"), Sales(), TODAY) is None
    assert is_new(goods("tent"), Sales(old=frozenset({"tent"})), TODAY) is False
    assert is_new(goods("tent", TODAY), Sales(old=frozenset({"tent"})), TODAY) is True
