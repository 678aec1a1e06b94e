"""From a shop's content and its records to what the guard may know around one message; only what some record says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from jinpai.bargaining.model import Request
from jinpai.catalog.content import Product, Sku
from jinpai.catalog.naming import meant_skus
from jinpai.catalog.promotions import FreeShipping, LimitedPrice, Promotion
from jinpai.catalog.sales import Sales, is_best_seller, is_new
from jinpai.flows.bargaining.limits import lowest_of, widen
from jinpai.flows.content.shop import ShopContent
from jinpai.guard.authority import authority_of
from jinpai.guard.context import (
    Authority,
    Context,
    KnownOrder,
    KnownProduct,
    KnownPromotion,
    KnownShop,
    KnownVariant,
    OrderState,
    Stage,
)
from jinpai.kit.clock import SHOP_TIME, local_date
from jinpai.kit.memo import remember
from jinpai.reminders.model import sends_on
from jinpai.stock.model import Available

KEPT = 8
"""So many messages later nobody speaks any more of what was hinted at."""

_TOGETHER = re.compile(r"一起|两样|两件|三件|几样|几件|凑|加上|合计|一共|总共|这些")
_GIFT = re.compile(
    r"(?:附赠|赠送|赠|送)(?:的是|给)?(?:您|你)?(?:(?:[一两二三四五六\d]+|个)[个双条顶只件份套包瓶盒张把对]?|您|你)[^，。！？；、,!?;\s]{2,12}"
    r"|赠品[^，。！？；,!?;\s]{2,12}"
)
"""Something that is given along, which is not what the talk is about."""

_CANCELS = re.compile(r"取消|关闭|关掉|不要了|不想要|不买了|拍错|拍重|多拍|退了吧|退掉")
"""Words of a buyer who wants an order closed."""

_STAGES: Mapping[OrderState, Stage] = {
    "unpaid": "presale",
    "paid": "insale",
    "shipped": "insale",
    "delivered": "aftersale",
    "completed": "aftersale",
    "closed": "aftersale",
}
_LIVE = ("unpaid", "paid", "shipped", "delivered")
"""The states of an order that a buyer may well be writing about without naming it."""


class Subject(NamedTuple):
    """What cards and hints say the talk is about; `since` and `elsewhere` count the messages after them."""

    product: str = ""
    sku: str = ""
    since: int = 0
    order: str = ""
    elsewhere: int | None = None

    def after(self, attach: Mapping[str, Any] | None, bait: Sequence[Mapping[str, Any]], *, said: bool) -> "Subject":
        """The subject after one more message with this card and this bait; `said` when it had words."""
        step = 1 if said else 0
        found = self._replace(since=self.since + step)
        if self.elsewhere is not None:
            found = found._replace(elsewhere=self.elsewhere + step if self.elsewhere < KEPT else None)
        if attach is not None and attach["kind"] == "product":
            found = found._replace(product=attach["product"], sku=attach.get("sku", ""), since=0)
        elif attach is not None and attach["kind"] == "order":
            found = found._replace(order=attach["order"])
        if any(one.get("trap") == "buyer_privacy" for one in bait):
            found = found._replace(elsewhere=0)
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """The text in question, what was said before it and by the buyer, and the order numbers named, newest first."""

    text: str
    before: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()


class Records(Protocol):
    """What the database says around a conversation; orders are the newest first, `opened_at` in ms."""

    @property
    def own(self) -> tuple[KnownOrder, ...]:
        """The buyer's orders."""
        ...

    @property
    def others(self) -> tuple[KnownOrder, ...]:
        """Orders that were named, the buyer's or not."""
        ...

    @property
    def grants(self) -> tuple[Request, ...]:
        """What supervisors approved in this talk."""
        ...

    @property
    def opened_at(self) -> int:
        """When the shop was set up."""
        ...

    @property
    def stock(self) -> Available:
        """What can be sold now."""
        ...

    @property
    def sales(self) -> Sales:
        """What sells best, and what has been on sale for long."""
        ...


def context_of(
    content: ShopContent, subject: Subject, asked: Asked, records: Records | None, login: str, now: int
) -> Context:
    """What is known around a text the agent with this login says at `now` (ms)."""
    product, card_sku = _product(content, subject, asked)
    grants = [] if records is None else _grants(content, asked, records.grants, now)
    own, today = _authority(content, login), local_date(now)
    values: dict[str, Any] = {
        "shop": _shop_on(content, today),
        "now": datetime.fromtimestamp(now / 1000, SHOP_TIME),
        "authority": widen(own, grants),
    }
    running: tuple[Promotion, ...] = ()
    if records is not None:
        running, values["promotions"] = _running(content, local_date(records.opened_at), today)
        order = _order(subject, asked, records)
        if order is not None:
            asked_to_close = True if any(_CANCELS.search(text) for text in asked.buyers) else None
            values["order"] = order.model_copy(update={"buyer_asked_to_close": asked_to_close})
            if order.state is not None:
                values["stage"] = _STAGES[order.state]
    if product is not None:
        skus = _meant(product, card_sku, asked)
        stock = Available() if records is None else records.stock
        known = _known_product(content, product, skus, asked, running, stock)
        if records is not None:
            known = known.model_copy(update=_standing(product, records.sales, today))
        lowest = lowest_of(content, product, skus, own, running, [one for one in grants if one.product == product.id])
        values["product"] = known if lowest is None else known.model_copy(update={"floor": lowest})
    return Context(**values)


@remember
def _shop_on(content: ShopContent, today: date) -> KnownShop:
    """The shop; on a day on which nothing is sent, no hour is early enough for today."""
    shop, own, years = content.known.shop, content.shop, content.reminding.days_off
    if own is not None and not sends_on(years, today, weekends=own.service.dispatch_weekend):
        return shop.model_copy(update={"dispatch_cutoff": "00:00"})
    return shop


@remember
def _authority(content: ShopContent, login: str) -> Authority:
    return authority_of(content.authority, login, content.known.shop.kind)


@remember
def _running(
    content: ShopContent, opened: date, today: date
) -> tuple[tuple[Promotion, ...], tuple[KnownPromotion, ...]]:
    """The promotions of today in a shop set up that day, and what may be known of each."""
    ends = [(one, one.period.on(opened)) for one in content.promotions]
    running = [(one, last) for one, (first, last) in ends if first <= today <= last]
    return tuple(one for one, _ in running), tuple(_promotion(one, last) for one, last in running)


def _promotion(promotion: Promotion, last: Any) -> KnownPromotion:
    ends = datetime.combine(last, time(23, 59, 59), SHOP_TIME)
    return KnownPromotion(title=promotion.title, words=promotion.wording[0], ends_at=ends)


def _order(subject: Subject, asked: Asked, records: Records) -> KnownOrder | None:
    """The order spoken of: the one named last, else the buyer's newest that is still under way."""
    by_number = {order.number: order for order in (*records.others, *records.own)}
    for number in asked.numbers:
        if number in by_number:
            return by_number[number]
    if subject.elsewhere is not None:
        return KnownOrder(is_buyers=False)
    return next((order for order in records.own if order.state in _LIVE), None)


def _product(content: ShopContent, subject: Subject, asked: Asked) -> tuple[Product | None, str]:
    """The product spoken of and the variant on its card: what was named last, in words or with a card."""
    named = _named(content, asked.text)
    at = 0
    while named is None and at < len(asked.before) and (not subject.product or at < subject.since):
        named = _named(content, asked.before[at])
        at += 1
    on_card = next((product for product in content.products if product.id == subject.product), None)
    if named is not None and named is not on_card:
        return named, ""
    return on_card, subject.sku


def _named(content: ShopContent, text: str) -> Product | None:
    """The product this text names, unless as a gift."""
    found = content.names.find(text)
    return found if found is None or _GIFT.search(text) is None else content.names.find(_GIFT.sub("", text))


def _grants(content: ShopContent, asked: Asked, grants: Sequence[Request], now: int) -> list[Request]:
    """The approvals that hold for what the text offers: unless it, or the buyer lately, names other goods."""
    if not grants:
        return []
    named = (content.names.find(text) for text in (asked.text, *asked.buyers))
    meant = next((product.id for product in named if product is not None), None)
    return [one for one in grants if one.holds(now) and meant in (None, one.product)]


def _meant(product: Product, card_sku: str, asked: Asked) -> tuple[Sku, ...]:
    """The variants that may be meant: those named, else the one on the card, else all."""
    skus = meant_skus(product.skus, (asked.text, *asked.before))
    if skus == product.skus and card_sku:
        return tuple(sku for sku in skus if sku.id == card_sku) or skus
    return skus


def _known_product(
    content: ShopContent,
    product: Product,
    skus: Sequence[Sku],
    asked: Asked,
    running: Sequence[Promotion],
    stock: Available,
) -> KnownProduct:
    limited = _limited_prices(running)
    values: dict[str, Any] = {
        "title": product.title,
        "variants": tuple(
            KnownVariant(name=sku.name, price=limited.get(sku.id, sku.price), stock=stock.of(sku)) for sku in skus
        ),
        "attributes": product.attributes,
    }
    return KnownProduct(**values, **_freight(content, skus, asked, running))


def _standing(product: Product, sales: Sales, today: date) -> dict[str, bool | None]:
    """Whether it sells best and whether it is new, as far as the shop's own orders and dates tell."""
    return {"best_seller": is_best_seller(product, sales), "new_product": is_new(product, sales, today)}


def _limited_prices(running: Sequence[Promotion]) -> dict[str, str]:
    """SKU → its price for the time of a promotion."""
    rules = [one.rule for one in running if isinstance(one.rule, LimitedPrice)]
    return {id_: price for rule in rules for id_, price in rule.prices.items()}


def _freight(content: ShopContent, skus: Sequence[Sku], asked: Asked, running: Sequence[Promotion]) -> dict[str, Any]:
    """Whether it goes free of freight; unknown where several things together may reach what it takes."""
    rules = [one.rule for one in running if isinstance(one.rule, FreeShipping)]
    threshold = min((Decimal(rule.threshold) for rule in rules), default=None)
    if threshold is None and content.known.shop.free_shipping_from is not None:
        threshold = Decimal(content.known.shop.free_shipping_from)
    if threshold is None:
        return {}
    excepted = tuple(dict.fromkeys(region for rule in rules for region in rule.except_regions))
    if any(region in text for region in excepted for text in (asked.text, *asked.before)):
        return {"free_shipping": False, "free_shipping_except": excepted}
    reached = {Decimal(sku.price) >= threshold for sku in skus}
    told: dict[str, Any] = {"free_shipping_except": excepted}
    if reached == {True}:
        told["free_shipping"] = True
    elif reached == {False} and not any(_TOGETHER.search(text) for text in (asked.text, *asked.before)):
        told["free_shipping"] = False
    return told
