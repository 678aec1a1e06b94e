"""Claims in a message, compared with the shop's facts: borne out, contradicted, or unknown."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Literal

from jinpai.guard.amounts import HAN_DIGITS, read_amount, window
from jinpai.guard.context import SHOP_TIME, Context, yuan
from jinpai.guard.excuses import Case, Find
from jinpai.guard.stuffs import borne_out
from jinpai.guard.subjects import is_of_gift, narrowed

Outcome = Literal["true", "false", "silent", "unknown"]
"""`silent`: the shop's data knows the thing talked about, but not this of it; `unknown`: it knows nothing of it."""

_PIECES = re.compile(r"(\d+)\s*[件个只双套条顶把盏张]")
_FOLD = re.compile(r"([1-9](?:\.\d)?|[一二三四五六七八九])折|(\d{2})折")
_ON_THE_WAY = re.compile(r"发的|寄的|走的|用的|发出|寄出|发了|寄了|已|单号|派送|揽收|包裹|签收|到了|这单|那单|这个单")
_MANY = re.compile(r"[几一二三四五六七八九两]?[百千万]多?[件个只双套条]|成[百千]上[千万]")
_OFF = re.compile(r"满\D{0,2}(\d+)\D{0,4}减\D{0,2}(\d+)")
_CLOCK = re.compile(r"(早上|上午|中午|下午|晚上|今晚)?\s*(\d{1,2}|[一二三四五六七八九十]+)[点:：]")


def outcome(fact: str, case: Case, find: Find) -> Outcome:
    """What the shop's facts say of this claim."""
    context, now = case.context, case.situation.now
    if not context.model_fields_set:
        return "unknown"
    if context.now is None and now is not None:
        context = context.model_copy(update={"now": datetime.fromtimestamp(now / 1000, SHOP_TIME)})
    if fact in _OF_GOODS and is_of_gift(case, find):
        return "unknown"
    if fact in _OF_GOODS:
        context = narrowed(context, case, find)
    found = _FACTS[fact](context, window(case.view.plain, find.start, find.end), find)
    return "silent" if found == "unknown" and _is_known(fact, context) else found


_OF_GOODS = ("in_stock", "pieces_left", "sold_out", "price", "best_seller", "new_product", "stuff")
"""What is said of the goods themselves, which may have variants and come with gifts."""

_OF_SHOP = ("guarantee", "payment_way", "courier", "dispatch_today", "dispatch_until", "always_open")


def _is_known(fact: str, context: Context) -> bool:
    """Whether the data knows the thing this fact is about."""
    subject = "shop" if fact in _OF_SHOP else "product"
    return subject in context.model_fields_set


def _known(value: bool | None) -> Outcome:
    return "unknown" if value is None else "true" if value else "false"


def _stocks(context: Context) -> tuple[int, ...]:
    """What is there of each variant that may be meant; empty when nobody knows."""
    product = context.product
    counts = [variant.stock for variant in product.variants] or [product.stock]
    return tuple(count for count in counts if count is not None)


def _prices(context: Context) -> tuple[Decimal, ...]:
    """What each variant that may be meant costs; empty when nobody knows."""
    product = context.product
    amounts = [variant.price for variant in product.variants] or [product.price]
    return tuple(Decimal(amount) for amount in amounts if amount is not None)


def _in_stock(context: Context, near: str, find: Find) -> Outcome:
    stocks = _stocks(context)
    return _known(any(stocks)) if stocks else "unknown"


def _sold_out(context: Context, near: str, find: Find) -> Outcome:
    stocks = _stocks(context)
    return _known(0 in stocks) if stocks else "unknown"


def _pieces_left(context: Context, near: str, find: Find) -> Outcome:
    """A number of pieces that are left is the real one; "few" without a number means at most ten."""
    stocks, told = _stocks(context), _PIECES.search(near)
    if not stocks:
        return "unknown"
    if told is None and _MANY.search(near):
        return _known(any(stock >= 100 for stock in stocks))
    return _known(int(told[1]) in stocks if told else any(0 < stock <= 10 for stock in stocks))


def _price(context: Context, near: str, find: Find) -> Outcome:
    prices, told = _prices(context), read_amount(near)
    return "unknown" if not prices or told is None else _known(told in prices)


def _promotion(context: Context, near: str, find: Find) -> Outcome:
    return "unknown" if context.promotions is None else _known(bool(context.promotions))


def _promotion_terms(context: Context, near: str, find: Find) -> Outcome:
    """So much off from so much: one of the promotions that run says the same."""
    told = _OFF.search(near)
    if context.promotions is None or told is None:
        return "unknown"
    terms = [_OFF.search(promotion.title + "," + promotion.words) for promotion in context.promotions]
    known = [(found[1], found[2]) for found in terms if found]
    return _known((told[1], told[2]) in known) if known or not context.promotions else "unknown"


def _always_open(context: Context, near: str, find: Find) -> Outcome:
    """Somebody is there at any hour: only a shop open from midnight to midnight may say so."""
    hours = context.shop.hours
    return "unknown" if hours is None else _known(hours[0] == "00:00" and hours[1] in ("23:59", "00:00"))


def _dispatched(context: Context, near: str, find: Find) -> Outcome:
    """That the order has gone: its state says so."""
    state = context.order.state
    return "unknown" if state in (None, "closed") else _known(state not in ("unpaid", "paid"))


def _not_dispatched(context: Context, near: str, find: Find) -> Outcome:
    """That the order is still here: its state says so."""
    state = context.order.state
    return "unknown" if state in (None, "closed") else _known(state in ("unpaid", "paid"))


def _dispatch_until(context: Context, near: str, find: Find) -> Outcome:
    """An hour until which orders still go the same day: not later than the shop's."""
    cutoff, told = context.shop.dispatch_cutoff, _CLOCK.search(near)
    if cutoff is None or told is None:
        return "unknown"
    hour = int(told[2]) if told[2].isdigit() else _tens(told[2])
    hour += 12 if told[1] in ("下午", "晚上", "今晚") and hour < 12 else 0
    return _known(hour <= time.fromisoformat(cutoff).hour)


def _tens(han: str) -> int:
    """A Chinese number below twenty."""
    return 10 + HAN_DIGITS.get(han[1:], 0) if han[0] == "十" else HAN_DIGITS.get(han, 0)


def _promotion_ends(context: Context, near: str, find: Find) -> Outcome:
    """That a promotion ends today: one of those that run does."""
    if context.promotions is None or context.now is None:
        return "unknown"
    ends = [promotion.ends_at for promotion in context.promotions if promotion.ends_at]
    return _known(any(_local(end).date() == _local(context.now).date() for end in ends))


def _dispatch_today(context: Context, near: str, find: Find) -> Outcome:
    cutoff = context.shop.dispatch_cutoff
    if cutoff is None or context.now is None:
        return "unknown"
    return _known(_local(context.now).time() < time.fromisoformat(cutoff))


def _courier(context: Context, near: str, find: Find) -> Outcome:
    """The courier named is the order's, or else one the shop uses; of what is yet to come both are true."""
    names = context.shop.couriers
    is_ours = None if names is None else any(_same_name(find.form, name) for name in names)
    if context.order.courier:
        is_to_come = is_ours is True and _ON_THE_WAY.search(near) is None
        return _known(is_to_come or _same_name(find.form, context.order.courier))
    return _known(is_ours)


def _free_shipping(context: Context, near: str, find: Find) -> Outcome:
    if any(place in near for place in context.product.free_shipping_except):
        return "false"
    return _known(context.product.free_shipping)


def _guarantee(context: Context, near: str, find: Find) -> Outcome:
    joined = context.shop.guarantees
    return "unknown" if joined is None else _known(_named(_GUARANTEES, find.form) in joined)


def _payment_way(context: Context, near: str, find: Find) -> Outcome:
    ways = context.shop.payment_ways
    return "unknown" if ways is None else _known(_named(_PAYMENT_WAYS, find.form) in ways)


def _payment_way_refused(context: Context, near: str, find: Find) -> Outcome:
    """Refusing a way is wrong where the shop has signed up for it."""
    ways = context.shop.payment_ways
    return "unknown" if ways is None else _known(_named(_PAYMENT_WAYS, find.form) not in ways)


def _price_floor(context: Context, near: str, find: Find) -> Outcome:
    floor, told = yuan(context.product.floor), read_amount(near)
    return "unknown" if floor is None or told is None else _known(told >= floor)


def _reduction(context: Context, near: str, find: Find) -> Outcome:
    return _within(yuan(context.authority.reduction), read_amount(near))


def _compensation(context: Context, near: str, find: Find) -> Outcome:
    return _within(yuan(context.authority.compensation), read_amount(near))


def _discount(context: Context, near: str, find: Find) -> Outcome:
    allowed, told = context.authority.discount, _FOLD.search(near)
    if allowed is None or told is None:
        return "unknown"
    tenths = Decimal(told[2]) / 10 if told[2] else Decimal(HAN_DIGITS.get(told[1], told[1]))
    return _known(100 - tenths * 10 <= allowed)


def _within(limit: Decimal | None, told: Decimal | None) -> Outcome:
    """An amount unnamed is within every limit but zero."""
    if limit is None:
        return "unknown"
    return _known(limit > 0 if told is None else told <= limit)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(SHOP_TIME) if moment.tzinfo else moment


def _same_name(one: str, other: str) -> bool:
    one, other = one.lower(), other.lower()
    return one in other or other in one


def _named(names: Mapping[str, tuple[str, ...]], form: str) -> str:
    return next((id_ for id_, words in names.items() if any(word in form for word in words)), "")


_GUARANTEES: Mapping[str, tuple[str, ...]] = {
    "authentic_triple": ("假一赔", "假1赔", "正品保"),
    "seven_days": ("七天", "7天", "无理由"),
    "freight_insurance": ("运费险", "退货险", "运费保险"),
    "warranty": ("质保", "保修", "联保"),
    "fast_refund": ("极速退款", "闪电退款", "秒退"),
}
_PAYMENT_WAYS: Mapping[str, tuple[str, ...]] = {
    "huabei": ("花呗",),
    "instalments": ("分期",),
    "credit_card": ("信用卡",),
    "wechat": ("微信支付", "微信付"),
    "yuebao": ("余额宝",),
    "quick_pay": ("快捷支付", "快捷付款"),
    "bank_page": ("网银",),
    "balance": ("余额付", "余额支付"),
    "cash_on_delivery": ("货到付款", "货到付", "到付款", "收到货再付", "签收再付"),
}

_FACTS: Mapping[str, Callable[[Context, str, Find], Outcome]] = {
    "in_stock": _in_stock,
    "pieces_left": _pieces_left,
    "sold_out": _sold_out,
    "price": _price,
    "promotion": _promotion,
    "promotion_ends": _promotion_ends,
    "promotion_terms": _promotion_terms,
    "always_open": _always_open,
    "dispatched": _dispatched,
    "not_dispatched": _not_dispatched,
    "dispatch_until": _dispatch_until,
    "dispatch_today": _dispatch_today,
    "courier": _courier,
    "free_shipping": _free_shipping,
    "best_seller": lambda context, near, find: _known(context.product.best_seller),
    "new_product": lambda context, near, find: _known(context.product.new_product),
    "stuff": lambda context, near, find: borne_out(context.product.attributes, find.form),
    "guarantee": _guarantee,
    "payment_way": _payment_way,
    "payment_way_refused": _payment_way_refused,
    "price_floor": _price_floor,
    "reduction": _reduction,
    "discount": _discount,
    "gift": lambda context, near, find: _known(context.authority.gift),
    "free_freight": lambda context, near, find: _known(context.authority.free_freight),
    "compensation": _compensation,
}
"""Each fact a claim rule may name, and how it is judged."""
