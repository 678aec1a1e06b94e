"""Live answers about the shop's ways: promotions, freight, dispatch, arrival, paying, couriers, invoice, returns."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from jinpai.catalog.content import ShopEntry
from jinpai.catalog.freight import choose_courier, region_of, zone_for
from jinpai.catalog.freight_quotes import Parcel, days_text, quote_freight, sentence
from jinpai.copilot.recommending.fitting import price_now
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.ground import Facts, Ground, day_words
from jinpai.copilot.skills.orders import TAIL, order_state, tracking
from jinpai.kit.addresses.regions import find_region
from jinpai.reminders.model import sends_on

WAYS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "balance": ("账户余额", ("余额",)),
    "yuebao": ("余额宝", ("余额宝",)),
    "bank_page": ("网上银行", ("网银", "银行卡", "储蓄卡")),
    "quick_pay": ("快捷支付", ("快捷支付",)),
    "huabei": ("花呗", ("花呗",)),
    "instalments": ("分期付款", ("分期", "分几期", "分多少期", "期免息", "几期")),
    "credit_card": ("信用卡", ("信用卡",)),
    "wechat": ("微信支付", ("微信",)),
    "cash_on_delivery": ("货到付款", ("货到付款", "到付款")),
}
"""Ways of paying: what they are called, and by which words they are asked for."""

LONGEST_REST = 15
"""Days; longer no holidays keep a shop from sending."""

_COSTS = ("多少钱", "加钱", "补钱", "加多少", "补多少", "贵多少", "差价", "运费", "几块")
"""What asks for the cost of another courier."""
_FREIGHT = ("运费", "邮", "快递", "顺丰", "顺风")
"""What tells that a difference is one of freight, not of goods."""
_FAILS = ("失败", "付不了", "付不出", "支付不了", "付不上", "不成功", "付不掉", "报错", "付款不了", "付不了款")
_TITLES = ("抬头", "税号", "公司的", "开公司", "单位")
"""What tells that an invoice is to be made out to a company."""
_HOW = ("咋", "怎么", "怎样", "如何", "流程", "步骤", "在哪退", "哪里退", "点哪", "哪里点", "在哪点")
"""What asks for the steps."""
_LATER = re.compile(r"(?:今晚|晚上|晚点|晚些|夜里|半夜|下班|下午[三四五六3-6]点)[^，,。？?]{0,4}(?:拍|下单|买|付)")
"""What tells that the buyer means to pay later today."""
_HOLIDAYS = ("过年", "春节", "国庆", "中秋", "元旦", "五一", "端午", "清明", "放假", "节假日", "年前", "年后")
"""What asks for days on which a shop may send otherwise."""
_WEEKDAYS = "一二三四五六日"


def freight(ground: Ground) -> Facts:
    """What it costs to the place named, from the price table; without a place from when on it is free."""
    if ground.order is not None and "差价" in ground.text and not any(word in ground.text for word in _FREIGHT):
        return []
    region = find_region(ground.place) if ground.place else None
    product = ground.product
    if region is not None and product is not None and product.parcel_grams and ground.freight is not None:
        pieces = int(ground.slots.get("quantity") or 1)
        one = ground.sku or product.skus[0]
        goods = Decimal(one.price) * pieces if ground.sku is not None or len(product.skus) == 1 else None
        grams = Decimal(product.parcel_grams * pieces)
        quote = quote_freight(ground.couriers, ground.freight, ground.free, region.place, Parcel(grams, goods=goods))
        told = sentence(ground.freight, quote, quote.best, grams)
        return [Fact("freight.quote", f"运费表：{quote.region}", text=told)]
    if region is not None and any(region_of(region.place.province) in rule.except_regions for rule in ground.free):
        name = region_of(region.place.province)
        return [Fact("freight.excluded", "店铺资料：包邮门槛；运费表", {"地区": name}, asks=True)] if name else []
    service = ground.shop.service if ground.shop is not None else None
    if service is not None and service.free_shipping_from is not None:
        amount = f"{Decimal(service.free_shipping_from).normalize():f}"
        if region is None and not ground.place and (there := _free_by_itself(ground, Decimal(amount))):
            return there
        if region is not None and product is None and (name := region_of(region.place.province)):
            return [Fact("freight.free_to", "店铺资料：包邮门槛", {"包邮门槛": amount, "地区": name})]
        return [Fact("freight.free_from", "店铺资料：包邮门槛", {"包邮门槛": amount})]
    return [Fact("freight.ask", "运费表", asks=True)] if ground.couriers else []


def _free_by_itself(ground: Ground, least: Decimal) -> Facts:
    """That the goods spoken of reach the amount from which freight is free, whichever variant is bought."""
    product, pieces = ground.product, int(ground.slots.get("quantity") or 1)
    skus = () if product is None else (ground.sku,) if ground.sku is not None else product.skus
    running = [promotion for promotion, _ in ground.running]
    if product is None or min(price_now(product, sku, running) for sku in skus) * pieces < least:
        return []
    name = product.short if pieces == 1 else f"{product.short} {pieces} 件"
    excepted = "、".join(dict.fromkeys(region for rule in ground.free for region in rule.except_regions))
    values = {"商品": name, "包邮门槛": f"{least:f}", "除外": excepted}
    return [Fact("freight.free_but" if excepted else "freight.free_itself", "店铺资料：包邮门槛；商品资料", values)]


def dispatch(ground: Ground) -> Facts:
    """When an order paid now goes out, by the cut-off of the shop."""
    if ground.shop is None or (ground.order is not None and ground.order.state not in ("unpaid", "paid", "closed")):
        return []
    if ground.order is not None and ground.order.state == "paid":
        return order_state(ground)
    values, source = {"截单时间": ground.shop.service.dispatch_cutoff}, "店铺资料：截单时间"
    if any(word in ground.text for word in _HOLIDAYS):
        return [Fact("dispatch.holiday", source, values, asks=True)]
    today = ground.moment.date()
    if _LATER.search(ground.text):
        leaves = _leaves(replace(ground, moment=datetime.combine(today, time.max, ground.moment.tzinfo)), ground.shop)
        day = _called(leaves, today) if leaves is not None else ""
        return [Fact("dispatch.later", source, {**values, "下个发货日": day})] if day else []
    leaves = _leaves(ground, ground.shop)
    if leaves == today:
        return [Fact("dispatch.today", source, values)]
    if leaves is None or not sends_on(ground.days_off, today, weekends=ground.shop.service.dispatch_weekend):
        return []
    return [Fact("dispatch.tomorrow", source, {**values, "下个发货日": _called(leaves, today)})]


def _leaves(ground: Ground, shop: ShopEntry) -> date | None:
    """The day an order paid now goes out; None where no day is near."""
    today, sends = ground.moment.date(), partial(sends_on, ground.days_off, weekends=shop.service.dispatch_weekend)
    if sends(today) and f"{ground.moment:%H:%M}" < shop.service.dispatch_cutoff:
        return today
    return next((day for n in range(1, LONGEST_REST) if sends(day := today + timedelta(n))), None)


def _called(day: date, today: date) -> str:
    away = (day - today).days
    if away < 2:
        return "明天" if away else "今天"
    return f"周{_WEEKDAYS[day.weekday()]}" if away < 7 else day_words(day)


def arrival(ground: Ground) -> Facts:
    """How many days after dispatch it normally takes to the place."""
    if ground.order is not None and ground.order.state in ("shipped", "delivered"):
        return tracking(ground)
    place = ground.place
    region = find_region(place) if place else None
    name = region_of(region.place.province) if region is not None else None
    courier = choose_courier(ground.couriers, name) if name else None
    zone = zone_for(courier, name) if courier is not None and name else None
    if courier is None or zone is None or name is None:
        return [] if place or not ground.couriers else [Fact("arrival.ask", "快递时效表", asks=True)]
    days = days_text((zone.arrives.least, zone.arrives.most))
    values, source = {"快递": courier.name, "地区": name, "天数": days}, f"快递时效表：{courier.name}"
    leaves = _leaves(ground, ground.shop) if ground.shop is not None and ground.order is None else None
    if leaves is None:
        return [Fact("arrival.days", source, values)]
    ends = dict.fromkeys(leaves + timedelta(n) for n in (zone.arrives.least, zone.arrives.most))
    values |= {"发货日": _called(leaves, ground.moment.date()), "到达": "到 ".join(map(_dated, ends))}
    return [Fact("arrival.expected", source, values)]


def _dated(day: date) -> str:
    return f"{day_words(day)}（周{_WEEKDAYS[day.weekday()]}）"


def payment_ways(ground: Ground) -> Facts:
    """The ways of paying, and whether the one asked for is among them."""
    if ground.shop is None:
        return []
    offered = ground.shop.service.payment_ways
    values = {"付款方式": "、".join(WAYS[way][0] for way in offered)}
    if any(word in ground.text for word in _FAILS):
        return [Fact("payment_ways.failed", "店铺资料：付款方式", values, asks=True)]
    asked = [way for way, (_, words) in WAYS.items() if any(word in ground.text for word in words)]
    missing = [WAYS[way][0] for way in asked if way not in offered]
    there = [WAYS[way][0] for way in asked if way in offered]
    if missing and there:
        values["付款方式"] = "、".join(WAYS[way][0] for way in offered if way not in asked)
        values |= {"问的方式": "、".join(missing), "能用的方式": "、".join(there)}
        return [Fact("payment_ways.partly", "店铺资料：付款方式", values)]
    if missing and len(missing) == len(asked):
        values["问的方式"] = missing[-1]
        return [Fact("payment_ways.missing", "店铺资料：付款方式", values)]
    return [Fact("payment_ways.list", "店铺资料：付款方式", values)]


def couriers(ground: Ground) -> Facts:
    """The couriers the shop sends by, and whether the one asked for is among them."""
    if ground.shop is None or not ground.shop.service.couriers:
        return []
    names = ground.shop.service.couriers
    asked = str(ground.slots.get("courier") or "")
    values = {"快递": "、".join(names), "问的快递": asked}
    if not asked:
        return [Fact("couriers.list", "店铺资料：合作快递", values)]
    there = any(asked in name for name in names)
    unsent = ground.order is not None and ground.order.state in ("unpaid", "paid")
    if there and not unsent and any(word in ground.text for word in _COSTS) and ground.product and ground.place:
        values |= {"商品": ground.product.short, "地区": ground.place}
        return [Fact("say.courier_cost", "店铺资料：合作快递；运费表", values, asks=True)]
    if there and not unsent and any(word in ground.text for word in _COSTS):
        return [Fact("couriers.one_cost", "店铺资料：合作快递", values)]
    if there and unsent and ground.order is not None:
        values |= {"订单尾号": ground.order.number[-TAIL:]}
        return [Fact("say.courier_order", "店铺资料：合作快递；订单", values, asks=True)]
    usual = ground.couriers[0] if ground.couriers else None
    if there and usual is not None and asked not in usual.name and any(asked in one.name for one in ground.couriers):
        return [Fact("couriers.other", "店铺资料：合作快递；运费表", {**values, "默认快递": usual.name}, asks=True)]
    return [Fact("couriers.one" if there else "couriers.missing", "店铺资料：合作快递", values)]


def invoice(ground: Ground) -> Facts:
    """How invoices are made out."""
    if ground.shop is None:
        return []
    if any(word in ground.text for word in ("重开", "开错", "写错", "改抬头", "换抬头")):
        return [Fact("invoice.redo", "店铺资料：发票", asks=True)]
    wanted = "专票" in ground.text and "专票" not in ground.shop.service.invoice
    if wanted:
        return [Fact("invoice.special", "店铺资料：发票", {"开票说明": ground.shop.service.invoice}, asks=True)]
    if any(word in ground.text for word in _TITLES):
        return [Fact("invoice.titled", "店铺资料：发票", {"开票说明": ground.shop.service.invoice}, asks=True)]
    return [Fact("invoice.how", "店铺资料：发票", {"开票说明": ground.shop.service.invoice})]


def return_window(ground: Ground) -> Facts:
    """Until when and how goods may be returned."""
    if ground.shop is None:
        return []
    wording = "return_window.steps" if any(word in ground.text for word in _HOW) else "return_window.how"
    return [Fact(wording, "店铺资料：退换", {"退换说明": ground.shop.service.returns})]
