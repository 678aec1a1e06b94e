"""The shapes of customer types in content files: what speaks for a type, and how one speaks with such a buyer.

Phrases are written as `kit.phrases` reads them: `/` between words that may stand for one another, `…` for a few
characters between, `#` for a number.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from jinpai.customers.care import CareEntry, CareRules
from jinpai.customers.model import TYPES, Axis, FactKind, NeedKind
from jinpai.packs.model import ContentEntry, Id, Money, Shape, Text, Texts

Weight = Annotated[int, Field(ge=-5, le=5)]
SignName = Literal["said", "length", "haggles", "presses", "orders", "unpaid", "ordered"]
"""Messages of the buyer · their mean length · messages that ask for less · that press for it · orders paid before ·
placed and not paid · the buyer's how-manieth message told that they have ordered or paid."""


class Cue(Shape):
    """Words that speak for the type, or against it where the weight is negative; they count in `most` messages."""

    said: Texts
    never: Texts = ()
    weight: Weight
    most: Annotated[int, Field(ge=1, le=9)] = 1
    by: Literal["buyer", "agent"] = "buyer"


class Sign(Shape):
    """What a talk looks like that speaks for the type: a number from `least` to `most`; `why` tells it with `#`."""

    sign: SignName
    least: Annotated[int, Field(ge=0)] | None = None
    most: Annotated[int, Field(ge=0)] | None = None
    weight: Weight
    why: Text

    @model_validator(mode="after")
    def _has_a_bound(self) -> "Sign":
        if self.least is None and self.most is None:
            raise ValueError("写上 least（至少多少）或 most（至多多少）")
        return self


class TypeEntry(ContentEntry):
    """One type of buyer: what it is, what speaks for it, and how one speaks with such a buyer (`advice`)."""

    kind: Literal["type"]
    axis: Axis
    type: Text
    title: Text
    about: Text
    advice: Text
    cues: Annotated[tuple[Cue, ...], Field(strict=False)]
    signs: Annotated[tuple[Sign, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _is_of_the_axis(self) -> "TypeEntry":
        if self.type not in TYPES[self.axis]:
            raise ValueError(f"{self.axis} 里没有 {self.type}，可以写：{'、'.join(sorted(TYPES[self.axis]))}")
        return self


class TalkWords(ContentEntry):
    """Words by which a talk is read: those of a buyer who has ordered or paid (`placed`), or who speaks of the price.

    A message asks for less only where it has words of the price.
    """

    kind: Literal["words"]
    words: Literal["placed", "price"]
    said: Texts
    never: Texts = ()


class NumberRange(Shape):
    """Which numbers count, both ends included."""

    least: int
    most: int


class FactValue(Shape):
    """One value of a fact: as the profile writes it, and as buyers say it."""

    name: Text
    said: Text


class FactEntry(ContentEntry):
    """Something buyers tell of themselves: how they say it, and how the profile writes it (`value`).

    In phrases and in `value` an `@` is any of the `values`, `#` a number
    within `number`. A `measure` is read by the program. Of a `single` fact the newest counts.
    """

    kind: Literal["fact"]
    fact: FactKind
    title: Text
    value: Text
    said: Texts = ()
    never: Texts = ()
    values: Annotated[tuple[FactValue, ...], Field(strict=False)] = ()
    number: NumberRange | None = None
    measure: Literal["height", "weight", "birthday"] | None = None
    single: bool = False

    @model_validator(mode="after")
    def _tells_the_value(self) -> "FactEntry":
        ways = [bool(self.values), self.number is not None, self.measure is not None]
        if sum(ways) != 1:
            raise ValueError("values（有哪些说法）、number（数字范围）和 measure 写一样，并且只写一样")
        if ("@" if self.values else "#") not in self.value:
            raise ValueError("value 里要用“@”代表说法，用“#”代表数字")
        if self.measure is None and not self.said:
            raise ValueError("said 写买家会怎么说")
        return self


class NeedEntry(ContentEntry):
    """A need beside the goods: an agent's words that serve it; or the first answer comes within so many seconds."""

    kind: Literal["need"]
    need: NeedKind
    title: Text
    hint: Text
    said: Texts
    answered_within: Annotated[int, Field(ge=1)] | None = None


class RfmEntry(ContentEntry):
    """Where recent, often and much begin: days since the last order paid, orders paid, yuan paid altogether."""

    kind: Literal["rfm"]
    recent_days: Annotated[int, Field(ge=1, le=3_650)]
    often: Annotated[int, Field(ge=2, le=1_000)]
    amount: Money


class SegmentEntry(ContentEntry):
    """Customers who bought recently or not, often or not, for much or not; and how one looks after them."""

    kind: Literal["segment"]
    title: Text
    recent: bool
    often: bool
    much: bool
    advice: Text


AnyEntry = Annotated[
    TypeEntry | TalkWords | FactEntry | NeedEntry | RfmEntry | SegmentEntry | CareRules | CareEntry,
    Field(discriminator="kind"),
]


class CustomerEntry(RootModel[AnyEntry]):
    """One entry of a file in `customers/`, told apart by `kind`."""

    model_config = ConfigDict(frozen=True)

    @property
    def id(self) -> Id:
        """The entry's id."""
        return self.root.id


def unwrap(entry: BaseModel) -> BaseModel:
    """The entry itself."""
    return entry.root if isinstance(entry, CustomerEntry) else entry
