"""The shapes of the shop and of its products in content files."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, model_validator

from jinpai.packs.model import ContentEntry, Id, Money, Shape, Text, Texts, TimeOfDay

Guarantee = Literal["seven_days", "authentic_triple", "freight_insurance", "warranty", "fast_refund"]
"""七天无理由 · 假一赔三 · 运费险 · 质保 · 极速退款: only what the shop has really joined."""

PaymentWay = Literal[
    "balance", "yuebao", "bank_page", "quick_pay", "huabei", "instalments", "credit_card", "wechat", "cash_on_delivery",
]  # fmt: skip


class Hours(Shape):
    """When people answer, local time, the same every day; closing is after opening."""

    open: TimeOfDay
    close: TimeOfDay

    @model_validator(mode="after")
    def _in_order(self) -> "Hours":
        if self.open >= self.close:
            raise ValueError("打烊时间要晚于开门时间")
        return self


class Service(Shape):
    """What the shop promises and offers; scripts that claim any of it are offered only while it is written here."""

    hours: Hours
    dispatch_cutoff: TimeOfDay
    dispatch_weekend: bool
    couriers: Texts
    payment_ways: Annotated[tuple[PaymentWay, ...], Field(strict=False)]
    guarantees: Annotated[tuple[Guarantee, ...], Field(strict=False)] = ()
    free_shipping_from: Money | None = None
    returns: Text
    invoice: Text


class Brand(Shape):
    """What the shop stands for, in its own words."""

    idea: Text
    character: Text
    promise: Text


class ShopEntry(ContentEntry):
    """A shop; `kind` decides which platform rules hold: a C-shop, a Tmall shop, or a site of one's own.

    `domains` are the shop's own web addresses (`shop.example`), which agents may send.
    """

    name: Text
    kind: Literal["c", "tmall", "own"]
    about: Text
    domains: Texts = ()
    brand: Brand
    service: Service


class Sku(ContentEntry):
    """One variant that can be bought; `stock` is the pieces it begins with, from then on the stock room keeps count."""

    name: Text
    spec: dict[Text, Text] = Field(default_factory=dict)
    price: Money
    stock: Annotated[int, Field(ge=0, le=1_000_000)]


class Material(Shape):
    """What a part is made of, with both sides told honestly."""

    part: Text
    what: Text
    strengths: Text
    weaknesses: Text


class Care(Shape):
    """How to keep the product well."""

    clean: Text
    store: Text
    avoid: Text


class Question(Shape):
    """A question buyers ask about the product, and the answer."""

    question: Text
    answer: Text


class Companion(Shape):
    """A product that goes with this one, and what the two do for the buyer together."""

    product: Id
    effect: Text


BODY: Final = ("身高", "体重", "胸围")
"""Columns of size tables of what is worn."""


class SizeTable(Shape):
    """Columns and rows as on the product page; every row is as long as the header."""

    columns: Texts
    rows: Annotated[tuple[Texts, ...], Field(strict=False, min_length=1)]
    measured: Text

    @property
    def is_of_bodies(self) -> bool:
        """Whether sizes go by height, weight or chest, as those of clothes do."""
        return any(word in column for word in BODY for column in self.columns)

    @model_validator(mode="after")
    def _is_rectangular(self) -> "SizeTable":
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"尺码表每一行都要有 {len(self.columns)} 格，和表头一样多")
        return self


class Product(ContentEntry):
    """A product with what an agent is asked about it; `parcel_grams` is what one weighs when packed.

    `listed_on` is the day it was put on sale; without it, only old orders tell that it is no longer new.

    `also_called` are the words buyers have for it that its title lacks (推车 for 营地车).

    What a product brought in from outside does not tell is left out, and nothing is said about it.
    """

    title: Text
    short: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    also_called: Texts = ()
    category: Text
    main_push: bool = False
    listed_on: Annotated[date, Field(strict=False)] | None = None
    parcel_grams: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    skus: Annotated[tuple[Sku, ...], Field(strict=False, min_length=1)]
    attributes: dict[Text, Text] = Field(default_factory=dict)
    selling_points: Texts = ()
    materials: Annotated[tuple[Material, ...], Field(strict=False)] = ()
    care: Care | None = None
    flaws: Texts = ()
    colour_note: Text | None = None
    size_table: SizeTable | None = None
    box: Texts = ()
    goes_with: Annotated[tuple[Companion, ...], Field(strict=False)] = ()
    certificates: Texts = ()
    faq: Annotated[tuple[Question, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _no_sku_twice(self) -> "Product":
        ids = [sku.id for sku in self.skus]
        for id in ids:
            if ids.count(id) > 1:
                raise ValueError(f"规格编号“{id}”写了两次，请改掉一个")
        return self
