"""A promise beside the order's facts and its remark: what the order decides, and what the packers would not know. Pure.

Three sources are compared: the buyer's message left with the order (it rules for courier, colour and invoice), the
chat, and the seller's remark. A conflict is shown to a person, never guessed away.
"""

import re
from typing import Literal

from jinpai.kit.text import fold_text
from jinpai.orders.model import Order
from jinpai.promises.content import Kind
from jinpai.promises.words import KindWords, Words

Check = Literal["noted", "missing", "contradicted", "needless"]
"""noted: the remark tells it · missing: it does not · contradicted: remark or buyer's message say otherwise ·
needless: packers need not know."""

Outcome = Literal["kept", "broken"]

PACKED: tuple[Kind, ...] = ("courier", "dispatch_by", "gift", "invoice", "change")
"""What the warehouse must know before the parcel leaves."""

DECIDED: tuple[Kind, ...] = ("courier", "dispatch_by", "arrival", "refund")
"""What an order's facts can decide."""

_COURIERS = re.compile("顺丰|圆通|中通|申通|韵达|百世|极兔|德邦|京东|邮政|ems|天天|宅急送")
_NOT = re.compile("[不别勿][要用发走给]{0,2}$")
_SENT = ("shipped", "delivered", "completed")


def couriers_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The couriers these words name, and those they say not to send with."""
    folded = fold_text(text)
    named = list(_COURIERS.finditer(folded))
    unwanted = frozenset(one.group() for one in named if _NOT.search(folded[: one.start()]))
    return frozenset(one.group() for one in named) - unwanted, unwanted


def check_remark(words: Words, kind: Kind, text: str, order: Order) -> Check:
    """Whether the order's remark tells of this promise, whose words are `text`."""
    if kind not in PACKED:
        return "needless"
    remark, note = fold_text(order.remark), fold_text(order.buyer_note)
    if kind == "courier" and _differ(fold_text(text), remark, note):
        return "contradicted"
    one = next(one for one in words.kinds if one.entry.promise == kind)
    return "noted" if remark.strip() and _tells(one, remark, fold_text(text)) else "missing"


def judge_facts(kind: Kind, text: str, made_at: int, due_at: int | None, order: Order, now: int) -> Outcome | None:
    """What the order's facts say of this promise: kept, broken, or nothing yet."""
    if kind == "dispatch_by":
        return _by_time(order.shipped_at if order.state in _SENT else None, due_at, now)
    if kind == "arrival":
        return _by_time(order.completed_at if order.state in ("delivered", "completed") else None, due_at, now)
    if kind == "refund":
        return "kept" if order.refund == "done" and order.changed_at >= made_at else None
    if kind == "courier" and order.state in _SENT and order.parcels:
        promised = set(_COURIERS.findall(fold_text(text)))
        taken = {name for parcel in order.parcels for name in _COURIERS.findall(fold_text(parcel.courier))}
        return None if not promised or not taken else "kept" if promised & taken else "broken"
    return None


def _by_time(happened_at: int | None, due_at: int | None, now: int) -> Outcome | None:
    if happened_at is not None:
        return "kept" if due_at is None or happened_at <= due_at else "broken"
    return "broken" if due_at is not None and now > due_at else None


def _differ(text: str, *sources: str) -> bool:
    """Whether one of the sources names couriers, and none of those promised."""
    promised = set(_COURIERS.findall(text))
    named = [set(_COURIERS.findall(source)) for source in sources]
    return bool(promised) and any(found and not found & promised for found in named)


def _tells(one: KindWords, remark: str, text: str) -> bool:
    if one.entry.promise == "courier":
        return bool(set(_COURIERS.findall(remark)) & set(_COURIERS.findall(text)))
    spoken = (one.said, one.asked, one.about, one.acts)
    return fold_text(one.entry.remark) in remark or any(way.search(remark) for way in spoken)
