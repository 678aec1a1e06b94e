"""What goes into a parcel and onto it: the packing checklist of an order. Pure.

It is made of the goods, the gifts a promotion gives, the seller's remark, the buyer's message left with the order, and
of what was promised in the chat and the remark does not tell. Nothing is left out because it seems to be told already.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jinpai.kit.text import fold_text
from jinpai.orders.model import Order
from jinpai.promises.checking import Check, check_remark
from jinpai.promises.content import Kind
from jinpai.promises.words import Words, title_of

Source = Literal["goods", "gift", "remark", "buyer", "promise"]
"""Where a line comes from: the order, a promotion, the seller's remark, the buyer's message, the chat."""

UNTOLD: tuple[Check, ...] = ("missing", "contradicted")
"""A promise the packers would not know of, or that remark or buyer's message contradict."""

_REMARKS = re.compile(r"[;；\n]+")
_TELLING = 3
"""How many characters a remark and a gift share when they speak of the same thing."""


@dataclass(frozen=True, slots=True)
class Promised:
    """An open promise about the order: its id, kind and words."""

    id: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist.

    `check` is `noted` for a gift the remark names too, and says of a promise what is wrong; `promise` is its id.
    """

    source: Source
    text: str
    check: Check | Literal[""] = ""
    promise: str = ""


def list_steps(words: Words, order: Order, gifts: Sequence[str], promised: Sequence[Promised]) -> list[Step]:
    """The order's checklist, in the order of packing; `gifts` are those its promotions give."""
    return [*_goods(order), *_gifts(order, gifts), *_told(order), *_promised(words, order, promised)]


def has_untold(steps: Sequence[Step]) -> bool:
    """Whether something was promised that has to be settled before the parcel leaves."""
    return any(step.check in UNTOLD for step in steps)


def _goods(order: Order) -> Iterator[Step]:
    for item in order.items:
        yield Step("goods", f"{' '.join(filter(None, (item.title, item.sku)))} ×{item.quantity}")
    if not order.items and order.title:
        yield Step("goods", f"{order.title} ×{max(1, order.quantity)}")


def _gifts(order: Order, gifts: Sequence[str]) -> Iterator[Step]:
    remark = fold_text(order.remark)
    for gift in gifts:
        name = fold_text(gift)
        parts = {name[at : at + _TELLING] for at in range(len(name) - _TELLING + 1)}
        yield Step("gift", gift, "noted" if any(part in remark for part in parts) else "")


def _told(order: Order) -> Iterator[Step]:
    for line in _REMARKS.split(order.remark):
        if line.strip():
            yield Step("remark", line.strip())
    if order.buyer_note.strip():
        yield Step("buyer", order.buyer_note.strip())


def _promised(words: Words, order: Order, promised: Sequence[Promised]) -> Iterator[Step]:
    for one in promised:
        check = check_remark(words, one.kind, one.text, order)
        if check in UNTOLD:
            yield Step("promise", f"{title_of(words, one.kind)}：{one.text}", check, one.id)
