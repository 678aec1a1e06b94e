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


class TraitWords(Shape):
    """A trait buyers ask for: what it is called, how they say it, and what on goods tells it.

    Goods have it by words in a selling point or an attribute, or by the number of an attribute (`价格` is the price),
    of which the least or the most is best.
    """

    name: Text
    asked: Annotated[Texts, Field(min_length=1)]
    words: Texts = ()
    attribute: Text | None = None
    best: Literal["least", "most"] = "least"

    @model_validator(mode="after")
    def _is_told_by_something(self) -> "TraitWords":
        if not self.words and self.attribute is None:
            raise ValueError(f"特点“{self.name}”要写 words 或 attribute，不然看不出哪款有")
        return self


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
    traits: Annotated[tuple[TraitWords, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _is_more_than_chance(self) -> "RecommendingRules":
        if Decimal(self.lift) <= 1:
            raise ValueError("lift 要大于 1，否则碰巧一起买的也会当成搭配")
        return self

    @property
    def least(self) -> Least:
        """What it takes before two goods are said to go together."""
        return Least(self.orders, float(self.lift))
