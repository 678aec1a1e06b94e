"""Recommendations as plain types: what a buyer wishes and refuses, what goes together, what is recommended and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from jinpai.catalog.content import Product, Sku

Source = Literal["alternative", "bundle", "companion", "co_purchase", "need", "season", "main_push"]
"""在售替代 · 套装优惠 · 商品资料里的搭配 · 常一起买 · 买家说过的需要 · 当季 · 主推: where a reason comes from."""

SOURCES: tuple[Source, ...] = get_args(Source)


@dataclass(frozen=True, slots=True)
class Basket:
    """The products of one order, and who placed it."""

    buyer: str
    products: frozenset[str]


@dataclass(frozen=True, slots=True)
class Least:
    """What it takes before two goods are said to go together.

    So many orders with both, placed by as many different buyers, and `lift` times as many as chance would bring.
    """

    orders: int = 3
    lift: float = 1.5


@dataclass(frozen=True, slots=True)
class Pair:
    """Goods bought together with others: in `orders` of the `of` orders that had those, `lift` times chance."""

    product: str
    orders: int
    of: int
    buyers: int
    lift: float


Pairs: TypeAlias = Mapping[str, Sequence[Pair]]
"""Product → what was bought with it, the most telling first."""


@dataclass(frozen=True, slots=True)
class Want:
    """Something the buyer needs goods for: its kind and value as the profile has them, and words goods have for it.

    `is_told` when it was said in this talk, not earlier.
    """

    kind: str
    value: str
    words: tuple[str, ...]
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait the buyer asks of goods: what it is called, the words goods have for it, the attribute that tells it.

    Of the attribute's number the least is best, or with `most` the most.
    """

    name: str
    words: tuple[str, ...] = ()
    attribute: str = ""
    most: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of this buyer beside the question: goods bought (the newest first) and refused, facts, wants; goods
    whose cards they have been sent in this talk.

    `facts` are the profile's and the talk's, the talk's first: `height` in centimetres and `weight` in kilograms as
    numbers in words, sizes and colours as the profile writes them.
    """

    owned: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    facts: Mapping[str, str] = field(default_factory=dict)
    wants: tuple[Want, ...] = ()
    traits: tuple[Trait, ...] = ()
    pairs: Pairs = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A product to recommend, why, and what it costs now (yuan, the lowest of `skus`).

    `skus` are the variants in stock that fit as far as is known, `sku` the one where no choice is left. `wording` and
    `values` make the sentence; `evidence` is the reason as data; `told_by` names the record it stands in.
    """

    product: Product
    skus: tuple[Sku, ...]
    source: Source
    price: Decimal
    wording: str
    values: Mapping[str, str]
    evidence: Mapping[str, str | int | float]
    told_by: str
    score: float

    @property
    def sku(self) -> Sku | None:
        """The variant to send; None while the buyer has to choose."""
        return self.skus[0] if len(self.skus) == 1 else None
