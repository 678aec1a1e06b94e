"""Stock as a book: what orders hold, send and release, in any order and however wrong the numbers are."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jinpai.stock.booking import Book
from jinpai.stock.model import Cause, Level, Need, Standing

CAUSE = Cause("system:", 1)
DAY = 86_400_000


def book(on_hand: int = 10) -> Book:
    return Book([Level("demo/tent", "demo", "tent", on_hand, 0, DAY, DAY)], (), 2 * DAY)


def need(order: str, pieces: int, standing: Standing = "open", at: int = DAY) -> Need:
    return Need(order, order.upper(), standing, at, {"tent": pieces})


def numbers(of: Book) -> tuple[int, int, int]:
    level = of.levels["tent"]
    return level.on_hand, level.reserved, level.available


def missing(of: Book) -> dict[str, int]:
    return {hold.order_id: hold.missing for hold in of.holds.values() if hold.missing}


def test_an_order_holds_its_goods_and_takes_them_along_when_it_leaves() -> None:
    stock = book()
    stock.follow(need("o1", 3), CAUSE)
    stock.follow(need("o1", 3), CAUSE)
    assert numbers(stock) == (10, 3, 7)
    stock.follow(need("o1", 3, "sent"), CAUSE)
    stock.follow(need("o1", 3, "sent"), CAUSE)
    assert numbers(stock) == (7, 0, 7)
    assert [(one.kind, one.pieces, one.held) for one in stock.movements] == [("held", 0, 3), ("sent", -3, -3)]


def test_who_comes_too_late_waits_and_gets_what_is_released_or_comes_in_first_come_first_served() -> None:
    stock = book(4)
    for order, pieces in (("o1", 3), ("o2", 3), ("o3", 2)):
        stock.follow(need(order, pieces, at=DAY + int(order[1])), CAUSE)
    assert (numbers(stock), missing(stock)) == ((4, 4, 0), {"o2": 2, "o3": 2})
    stock.follow(need("o1", 3, "over"), CAUSE)
    assert (numbers(stock), missing(stock)) == ((4, 4, 0), {"o3": 1})
    stock.count("tent", 9, CAUSE)
    assert (numbers(stock), missing(stock)) == ((9, 5, 4), {})


def test_when_fewer_are_counted_than_are_held_the_youngest_order_waits() -> None:
    stock = book(5)
    stock.follow(need("o1", 2, at=DAY + 1), CAUSE)
    stock.follow(need("o2", 3, at=DAY + 2), CAUSE)
    stock.count("tent", 3, CAUSE)
    assert (numbers(stock), missing(stock)) == ((3, 3, 0), {"o2": 2})
    stock.follow(need("o2", 3, "sent"), CAUSE)
    assert numbers(stock) == (2, 2, 0)
    assert stock.movements[-1].short == 2


def test_an_order_from_before_the_opening_moves_nothing_whatever_becomes_of_it() -> None:
    stock = book()
    for standing in ("open", "sent", "over"):
        stock.follow(need("old", 4, standing, at=DAY - 1), CAUSE)  # type: ignore[arg-type]
    assert (numbers(stock), stock.movements) == ((10, 0, 10), [])


steps = st.one_of(
    st.tuples(
        st.just("follow"), st.sampled_from("abcd"), st.integers(0, 12), st.sampled_from(["open", "sent", "over"])
    ),
    st.tuples(st.just("count"), st.integers(0, 20)),
)


@given(st.lists(steps, max_size=40), st.integers(0, 15))
def test_nothing_is_ever_below_zero_and_the_movements_add_up(steps: list[Any], on_hand: int) -> None:
    stock = book(on_hand)
    for step in steps:
        if step[0] == "count":
            stock.count("tent", step[1], CAUSE)
        else:
            _, order, pieces, standing = step
            stock.follow(need(order, pieces, standing, at=DAY + ord(order)), CAUSE)
        level, holds = stock.levels["tent"], stock.holds.values()
        assert 0 <= level.reserved <= level.on_hand
        assert level.reserved == sum(hold.held for hold in holds)
        assert level.available == 0 or not missing(stock)
        assert all(0 <= hold.held <= hold.wanted for hold in holds)
    assert on_hand + sum(one.pieces for one in stock.movements) == stock.levels["tent"].on_hand
    assert [one.place for one in stock.movements] == list(range(1, len(stock.movements) + 1))
