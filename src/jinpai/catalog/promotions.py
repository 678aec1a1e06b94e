"""Promotions as an execution manual: when, what, in which words, with which limits, and who may say yes."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from jinpai.catalog.content import Question
from jinpai.packs.model import ContentEntry, Id, Ids, Money, Shape, Text, Texts

Offset = Annotated[int, Field(ge=-3_650, le=3_650)]
Count = Annotated[int, Field(ge=1, le=1_000)]


class Period(Shape):
    """First and last day, either as dates (`2026-11-01`) or as days from the setting-up of the shop (0 = that day)."""

    first: Text | Offset
    last: Text | Offset

    @model_validator(mode="after")
    def _is_a_stretch(self) -> "Period":
        if isinstance(self.first, str) != isinstance(self.last, str):
            raise ValueError("开始和结束要用同一种写法：都写日期，或都写离开店那天的天数")
        if self.on(date.min + timedelta(days=4_000))[0] > self.on(date.min + timedelta(days=4_000))[1]:
            raise ValueError("结束那天不能早于开始那天")
        return self

    def on(self, opened: date) -> tuple[date, date]:
        """First and last day of a shop that was set up on this day."""
        return _day(self.first, opened), _day(self.last, opened)


def _day(told: str | int, opened: date) -> date:
    if isinstance(told, int):
        return opened + timedelta(days=told)
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise ValueError(f"“{told}”不是日期，请写成 2026-11-01 这样") from None


class AmountOff(Shape):
    """So much off from an amount on; `each` time the amount is reached again, up to `most`."""

    kind: Literal["amount_off"]
    threshold: Money
    off: Money
    each: bool = False
    most: Money | None = None


class Discount(Shape):
    """Percent to pay (`90` = 九折), from a number of pieces on."""

    kind: Literal["discount"]
    pay_percent: Annotated[int, Field(ge=1, le=99)]
    pieces: Count = 1


class Coupon(Shape):
    """A coupon the buyer takes: so much off from an amount on; `valid_days` from taking it."""

    kind: Literal["coupon"]
    threshold: Money
    off: Money
    valid_days: Count


class Gift(Shape):
    """Something given with the order from an amount on, while there is any."""

    kind: Literal["gift"]
    threshold: Money
    gift: Text
    stock: Annotated[int, Field(ge=0)]


class Bundle(Shape):
    """These SKUs' products together at one saving."""

    kind: Literal["bundle"]
    together: Annotated[tuple[Id, ...], Field(strict=False, min_length=2)]
    off: Money


class FreeShipping(Shape):
    """No freight from an amount on; `except_regions` pay as always."""

    kind: Literal["free_shipping"]
    threshold: Money
    except_regions: Texts = ()


class LimitedPrice(Shape):
    """Prices of SKUs for the time of the promotion."""

    kind: Literal["limited_price"]
    prices: Annotated[dict[Id, Money], Field(min_length=1)]


Rule = Annotated[
    AmountOff | Discount | Coupon | Gift | Bundle | FreeShipping | LimitedPrice, Field(discriminator="kind")
]


class Example(Shape):
    """A worked example: these SKUs and pieces, under this promotion and those in `also`, cost `pays`, freight apart."""

    items: Annotated[dict[Id, Count], Field(min_length=1)]
    also: Ids = ()
    pays: Money


class Promotion(ContentEntry):
    """One promotion; `products` it holds for (none named = the whole shop).

    `step` is its place in the reckoning: lower ones first, each on what the ones before left. Those in `not_with`
    never apply together: the better one for the buyer does. `per_buyer` of limited prices counts pieces. `approval` is
    who may grant it outside its rule. `examples` prove the reckoning whenever the content is checked.
    """

    title: Text
    period: Period
    rule: Rule
    products: Ids = ()
    step: Annotated[int, Field(ge=1, le=9)]
    not_with: Ids = ()
    per_buyer: Count | None = None
    wording: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    manual: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    limits: Texts = ()
    approval: Literal["agent", "supervisor", "owner"]
    examples: Annotated[tuple[Example, ...], Field(strict=False)] = ()
    faq: Annotated[tuple[Question, ...], Field(strict=False)] = ()


def is_running(promotion: Promotion, opened: date, on: date) -> bool:
    """Whether the promotion holds on this day in a shop that was set up on the day `opened`."""
    first, last = promotion.period.on(opened)
    return first <= on <= last
