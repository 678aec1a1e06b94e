"""What is done to orders at a buyer's wish: cancel, take back, change the receiver, hurry, protect a price."""

import re
from collections.abc import Callable, Sequence

from jinpai.copilot.tasks.hearing import Heard
from jinpai.copilot.tasks.model import ToolRefusal
from jinpai.copilot.tasks.talk import CARD, Order, Talk, is_open, is_returnable, is_under_way

_PRICE = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)\s*元")
_CARD_WORDS = re.compile(r"(?i)e\s*卡|ecard|电子卡")


def cancel(talk: Talk, heard: Heard) -> str:
    """Cancels what may still be cancelled; a gift card gets its money back."""
    return _give_back(talk, talk.choose_orders(heard, is_open), "取消", {"取消": is_open})


def take_back(talk: Talk, heard: Heard) -> str:
    """Takes back what has arrived and cancels what has not left; what is under way can be neither."""
    numbers = talk.choose_orders(heard, lambda order: is_returnable(order) or is_open(order))
    return _give_back(talk, numbers, "退货", {"退货": is_returnable, "取消": is_open})


def _give_back(talk: Talk, numbers: Sequence[str], wish: str, ways: dict[str, Callable[[Order], bool]]) -> str:
    if not numbers:
        talk.failed = f"没有找到可以{wish}的订单"
        return f"请告诉我要{wish}的是哪一笔订单。"
    lines = []
    for number in numbers:
        order = talk.read_order(number)
        way = next((name for name, fits in ways.items() if order and fits(order)), "")
        if not way:
            talk.failed = f"订单{number}{order.get('订单状态', '没有查到')}，不能{wish}"
            lines.append(f"抱歉，{talk.failed}。")
            continue
        talk.failed, talk.order = "", number
        if way == "退货":
            talk.of_order("manage_return", number)
        else:
            talk.of_order("manage_order", number, action="取消")
        lines.append(f"订单{number}已经{way}。{_refund(talk, order, float(order['订单总金额']))}")
    return "\n".join(lines)


def _refund(talk: Talk, order: Order, amount: float) -> str:
    if order["支付方式"] != CARD:
        return "款项按原路退回。"
    given = round(amount, 2)
    talk.tools("manage_ecard", platform=talk.platform, user_id=talk.buyer, action="退款", amount=given)
    return f"{given:g}元已经退回京东E卡。"


def protect_price(talk: Talk, heard: Heard) -> str:
    """Gives back what the goods have become cheaper since they were bought."""
    numbers = talk.choose_orders(heard, lambda order: order["订单状态"] not in ("已取消", "已退货"))
    order = talk.read_order(numbers[0]) if numbers else {}
    lines = order.get("订单商品列表", ())
    line = next((one for one in lines if str(one["商品ID"]) == talk.product), lines[0] if len(lines) == 1 else None)
    if line is None:
        return "请告诉我是哪一笔订单的哪件商品，我来核对价格。"
    paid = float(line["单价"])
    named = [float(price) for shown in talk.shown for price in _PRICE.findall(shown)]
    now = min(
        [float(talk.goods(str(line["商品ID"])).get("商品价格", paid)), *(price for price in named if price < paid)]
    )
    less = round((paid - now) * int(line["数量"]), 2)
    if less <= 0:
        talk.failed = "商品没有降价"
        return f"这件商品现价{now:g}元，没有比您下单时便宜，不用价保。"
    talk.failed = ""
    as_card = {**order, "支付方式": CARD} if _CARD_WORDS.search(heard.text) else order
    return f"现价{now:g}元，比下单时便宜{less:g}元，已经为您价保。{_refund(talk, as_card, less)}"


def change_receiver(talk: Talk, heard: Heard) -> str:
    """Puts another address or phone on orders that have not left."""
    changes = {name: value for name, value in (("address", heard.address), ("phone_number", heard.phone)) if value}
    numbers = talk.choose_orders(heard, is_open)
    if not changes or not numbers:
        return "请把订单和新的收货地址、手机号告诉我，我来修改。"
    lines = []
    for number in numbers:
        order = talk.read_order(number)
        if heard.address and not heard.phone and order and order["收货地址"].get("详细地址") == heard.address:
            lines.append(f"订单{number}已经是这个地址，不用修改。")
            continue
        try:
            talk.of_order("manage_order", number, action="修改", **changes)
            talk.failed = ""
            lines.append(f"订单{number}已经改好。")
        except ToolRefusal as refusal:
            talk.failed = str(refusal)
            lines.append(f"抱歉，订单{number}不能修改：{refusal}。")
    return "\n".join(lines)


def urge(talk: Talk, heard: Heard) -> str:
    """Hurries the parcels that have not arrived."""
    lines = []
    for number in talk.choose_orders(heard, is_under_way):
        order = talk.read_order(number)
        if order and not is_under_way(order):
            lines.append(f"订单{number}{order['订单状态']}，不用加急了。")
            continue
        talk.of_order("manage_urgent", number)
        lines.append(f"订单{number}已经为您加急。")
    return "\n".join(lines) or "请告诉我要加急的是哪一笔订单。"
