"""What buyers said of their orders afterwards: taken in from the shop's exports, shown beside the order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.importing.model import Outcome
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.ids import new_id
from jinpai.orders.store import order_review

Rating = Literal["good", "neutral", "bad"]
RATINGS: Final[tuple[Rating, ...]] = get_args(Rating)

REVIEWED = "order_reviewed"
"""The fact that a review was told, or told otherwise: which order, how good; the words stay in the table."""


@dataclass(frozen=True, slots=True)
class Review:
    """One review; `title` are the goods it is of (empty: all of the order), `addition` what was said later, `stars`
    1 to 5, `at` in milliseconds; None or empty = not told."""

    number: str
    rating: Rating
    title: str = ""
    stars: int | None = None
    buyer_name: str = ""
    text: str = ""
    addition: str = ""
    reply: str = ""
    reviewed_at: int | None = None


def record_reviews(shop: str, reviews: Sequence[Review], author: str) -> Callable[[Tx], list[Outcome]]:
    """Take in these reviews, one outcome each; what a later export does not tell stays as it was."""

    def act(tx: Tx) -> list[Outcome]:
        steps = _fold(_find(tx.connection, shop, reviews), reviews)
        for before, after, outcome in steps:
            if outcome == "unchanged":
                continue
            values = {part.name: getattr(after, part.name) for part in fields(after)} | {"changed_at": tx.now}
            mine = _mine(shop, after)
            if before is None:
                new = {"id": new_id("rv"), "shop": shop, "created_at": tx.now}
                tx.connection.execute(sa.insert(order_review).values(**values, **new))
            else:
                tx.connection.execute(sa.update(order_review).where(mine).values(values))
            tx.append(Entry(REVIEWED, author, shop, data={"number": after.number, "rating": after.rating}))
        return [outcome for _, _, outcome in steps]

    return act


def foretell_reviews(connection: Connection, shop: str, reviews: Sequence[Review]) -> list[Outcome]:
    """What `record_reviews` would do."""
    known: dict[tuple[str, str], Review] = {}
    for start in range(0, len(reviews), 500):
        known |= _find(connection, shop, reviews[start : start + 500])
    return [outcome for _, _, outcome in _fold(known, reviews)]


def find_reviews(connection: Connection, shop: str, number: str) -> list[Review]:
    """The reviews of this order, the oldest first, those of one moment by the goods, those without a time last."""
    mine = sa.and_(order_review.c.shop == shop, order_review.c.number == number)
    found = [_review(row) for row in connection.execute(sa.select(order_review).where(mine))]
    return sorted(found, key=lambda one: (one.reviewed_at is None, one.reviewed_at or 0, one.title))


_Step = tuple[Review | None, Review, Outcome]


def _fold(known: dict[tuple[str, str], Review], reviews: Sequence[Review]) -> list[_Step]:
    steps: list[_Step] = []
    for review in reviews:
        key = review.number, review.title
        before = known.get(key)
        told = {part.name: value for part in fields(review) if (value := getattr(review, part.name)) not in (None, "")}
        after = review if before is None else replace(before, **told)
        steps.append((before, after, "created" if before is None else "unchanged" if after == before else "updated"))
        known[key] = after
    return steps


def _find(connection: Connection, shop: str, reviews: Sequence[Review]) -> dict[tuple[str, str], Review]:
    numbers = sorted({review.number for review in reviews})
    query = sa.select(order_review).where(order_review.c.shop == shop, order_review.c.number.in_(numbers))
    return {(row.number, row.title): _review(row) for row in connection.execute(query)}


def _mine(shop: str, review: Review) -> sa.ColumnElement[bool]:
    columns = order_review.c
    return sa.and_(columns.shop == shop, columns.number == review.number, columns.title == review.title)


def _review(row: Any) -> Review:
    return Review(**{part.name: getattr(row, part.name) for part in fields(Review)})
