"""Reviews come from the back office's export, and stand beside the order they are of."""

from collections.abc import Sequence

import pytest
from orderbook import SHOP, OrderBook

from jinpai.importing.columns import find_layout
from jinpai.importing.model import Outcome, Plan
from jinpai.importing.tables import read_table
from jinpai.kit.errors import BadInput
from jinpai.orders.importing.reviews import REVIEWS, read_reviews
from jinpai.orders.reviews import Review, find_reviews, foretell_reviews, record_reviews

HEADER = "订单编号,宝贝标题,评价结果,评价内容,卖家解释,评论时间\n"
GOOD = '="2611220001",双人帐篷,好评,"很轻，好搭",,2026-03-05 10:00\n'


def plan_of(text: str) -> Plan[Review]:
    table = read_table((HEADER + text).encode("gbk"))
    return read_reviews(table, find_layout(REVIEWS, table, {}))


def take_in(book: OrderBook, text: str) -> Sequence[Outcome]:
    reviews = [review for _, review in plan_of(text).lines]
    with book.database.read() as connection:
        foretold = foretell_reviews(connection, SHOP, reviews)
    done = book.writer.run(record_reviews(SHOP, reviews, "system:import"))
    assert done == foretold
    return done


def shown(book: OrderBook, shop: str = SHOP) -> list[Review]:
    with book.database.read() as connection:
        return find_reviews(connection, shop, "2611220001")


def test_a_review_is_kept_once_and_a_reply_added_later_joins_it(book: OrderBook) -> None:
    assert take_in(book, GOOD) == ["created"]
    assert take_in(book, GOOD + GOOD) == ["unchanged", "unchanged"]
    assert take_in(book, GOOD.replace(",,2026", ",谢谢您,2026")) == ["updated"]
    assert take_in(book, GOOD) == ["unchanged"]
    (review,) = shown(book)
    assert (review.rating, review.stars, review.text, review.reply) == ("good", None, "很轻，好搭", "谢谢您")
    assert shown(book, "other") == []


def test_goods_of_one_order_are_reviewed_each(book: OrderBook) -> None:
    take_in(book, GOOD + GOOD.replace("双人帐篷,好评", "防潮垫,2星"))
    assert [(one.title, one.rating, one.stars) for one in shown(book)] == [
        ("双人帐篷", "good", None),
        ("防潮垫", "bad", 2),
    ]


@pytest.mark.parametrize(
    ("written", "rating", "stars"),
    [("好评", "good", None), ("4", "good", 4), ("3.0", "neutral", 3), ("★☆☆☆☆", "bad", 1), ("不满意", "bad", None)],
)
def test_how_good_is_read_as_platforms_write_it(written: str, rating: str, stars: int | None) -> None:
    ((_, review),) = plan_of(GOOD.replace("好评", written)).lines
    assert (review.rating, review.stars) == (rating, stars)


def test_every_line_that_cannot_be_is_named() -> None:
    plan = plan_of(
        GOOD
        + GOOD.replace("很轻", "很重")
        + GOOD.replace('="2611220001"', "2.61122E+17")
        + GOOD.replace("好评", "还行吧")
        + GOOD.replace('="2611220001"', "")
        + GOOD.replace("2026-03-05 10:00", "哪天")
    )
    told = {one.line: one.reason for one in plan.rejected}
    words = {3: "内容却不一样", 4: "科学计数法", 5: "不认识", 6: "没有订单编号", 7: "不是时间"}
    assert {line: word for line, word in words.items() if word not in told[line]} == {}
    assert (len(plan.lines), plan.count) == (1, 6)


def test_without_ratings_nothing_is_read() -> None:
    table = read_table("订单编号,评价内容\n1,好\n".encode())
    with pytest.raises(BadInput, match="“评价”"):
        read_reviews(table, find_layout(REVIEWS, table, {}))
