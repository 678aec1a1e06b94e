"""The shape of what recommendations go by: when goods belong together, what buyers' needs are called on goods."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from jinpai.copilot.recommending.model import Least
from jinpai.customers.model import FactKind
from jinpai.packs.model import ContentEntry, Money, Shape, Text, Texts


class NeedWords(Shape):
    """A need buyers have, by fact and value of the profile (`season`: by the time of year), and its words on goods."""

    fact: FactKind | Literal["season"]
    value: Text
    words: Annotated[Texts, Field(min_length=1)]


class RecommendingRules(ContentEntry):
    """How recommendations are made.

    Goods belong together when at least `orders` orders of the last `window_days`, by as many buyers, have both, and
    `lift` times as many as chance would bring. `refusals` are words by which buyers turn goods down.
    """

    window_days: Annotated[int, Field(ge=7, le=730)] = 180
    orders: Annotated[int, Field(ge=2, le=1_000)] = 3
    lift: Money = "1.5"
    refusals: Texts = ()
    needs: Annotated[tuple[NeedWords, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _is_more_than_chance(self) -> "RecommendingRules":
        if Decimal(self.lift) <= 1:
            raise ValueError("lift 要大于 1，否则碰巧一起买的也会当成搭配")
        return self

    @property
    def least(self) -> Least:
        """What it takes before two goods are said to go together."""
        return Least(self.orders, float(self.lift))
