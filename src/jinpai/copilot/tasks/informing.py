"""What the assistant tells a buyer: each answer is what a tool says of the goods, the order, or the shop's terms."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinpai.copilot.tasks.hearing import Heard
from jinpai.copilot.tasks.model import ToolRefusal
from jinpai.copilot.tasks.talk import Talk, is_alive, is_under_way

_MANY = re.compile(r"这(?:几|些|两|[二三四五])|一一|分别|每[个款]|都")
_DENIED = re.compile(r"(?:不是|并非)[^；。]{0,16}(?:截图|评论|晒单|评价)|无法(?:进行)?返现|不能返现|不符合")


def meant_products(talk: Talk, heard: Heard) -> Sequence[str]:
    """The products a message is about: those it names, those compared before, or the one talked of."""
    if heard.products:
        return heard.products
    if talk.products and _MANY.search(heard.text):
        return talk.products
    if talk.product:
        return [talk.product]
    orders = [one for one in talk.orders() if is_alive(one)] if not talk.order else [talk.read_order(talk.order)]
    lines = [str(line["商品ID"]) for one in orders if one for line in one["订单商品列表"]]
    return lines if len(set(lines)) == 1 else []


def tell_part(tool: str, about: str) -> Any:
    """The answer from a tool that tells one thing of a product."""

    def tell(talk: Talk, heard: Heard) -> str:
        products = meant_products(talk, heard)
        if not products:
            return f"请告诉我是哪件商品，我马上查{about}。"
        return "\n".join(f"{about}：{words(talk.ask(tool, product_id=one))}" for one in products)

    return tell


def tell_gift(talk: Talk, heard: Heard) -> str:
    """What comes with the product, and whether the thing asked for is among it."""
    told = tell_part("get_gift_info", "赠品")(talk, heard)
    asked = re.search(
        r"(?:包含|含有|包括|有没有|是否有|含)\s*([\u4e00-\u9fff]{2,6}?)(?:吗|呢|$|[，。？?\s])", heard.text
    )
    if asked is None:
        return str(told)
    talk.passed = asked[1] in told
    return f"赠品里{'有' if talk.passed else '没有'}{asked[1]}。{told}"


def tell_fault(talk: Talk, heard: Heard) -> str:
    """What a fault code means."""
    products = meant_products(talk, heard)
    if not heard.fault or not products:
        return "请把故障代码和商品告诉我，我来查原因。"
    return words(talk.ask("get_fault_code_info", product_id=products[0], fault_code=heard.fault))


def compare(talk: Talk, heard: Heard) -> str:
    """The products side by side."""
    products = heard.products if len(heard.products) > 1 else talk.products
    if len(products) < 2:
        return "请把要对比的几件商品发给我。"
    told = talk.ask("compare_products_info", product_ids=list(products))
    talk.products = products
    return "\n".join(f"{one.get('商品名称')}：{one.get('商品价格')}元。{one.get('商品描述', '')}" for one in told)


def tell_product(talk: Talk, heard: Heard) -> str:
    """The product's details and price."""
    products = meant_products(talk, heard)
    if not products:
        return "请告诉我是哪件商品，我马上查。"
    details = [talk.ask("get_product_info", product_id=one) for one in products]
    return "\n".join(f"{one['商品名称']}，现价{one['商品价格']}元。{one.get('商品描述', '')}" for one in details)


def tell_order(talk: Talk, heard: Heard) -> str:
    """How the order stands, and what was bought with it."""
    numbers = talk.choose_orders(heard, is_alive)
    lines = []
    for number in numbers:
        order = talk.read_order(number)
        if not order:
            lines.append(f"没有查到订单{number}，请核对一下订单号。")
            continue
        goods = [
            f"{talk.goods(str(one['商品ID'])).get('商品名称', one['商品ID'])}×{one['数量']}"
            for one in order["订单商品列表"]
        ]
        place = "".join(str(part) for part in order["收货地址"].values())
        lines.append(f"订单{number}：{order['订单状态']}，共{order['订单总金额']}元，{'、'.join(goods)}，收货：{place}")
    return "\n".join(lines) or "请告诉我订单号，我马上查。"


def tell_logistics(talk: Talk, heard: Heard) -> str:
    """Where the parcel is."""
    numbers = talk.choose_orders(heard, is_under_way)
    if not numbers:
        return "请告诉我是哪一笔订单，我马上查物流。"
    return "\n".join(f"订单{number}的物流：{words(talk.of_order('get_logistics_info', number))}" for number in numbers)


def tell_discounts(talk: Talk, heard: Heard) -> str:
    """The shop's promotions."""
    return f"现在的优惠：{words(talk.ask('get_discount_info'))}"


def tell_card(talk: Talk, heard: Heard) -> str:
    """How the gift card is used."""
    told = talk.tools("manage_ecard", platform=talk.platform, user_id=talk.buyer, action="信息查询")
    return f"京东E卡：{words(told)}"


def tell_balance(talk: Talk, heard: Heard) -> str:
    """What is left on the gift card."""
    return f"您的京东E卡还有{balance(talk):g}元。"


def balance(talk: Talk) -> float:
    """What is left on the buyer's gift card, in yuan."""
    told = talk.tools("manage_ecard", platform=talk.platform, user_id=talk.buyer, action="余额查询")
    return float(told["电子卡余额"])


def look(talk: Talk, heard: Heard) -> str:
    """What the pictures of this message show, as far as it can be seen."""
    told = talk.tools(
        "get_image_info",
        summarized_query=heard.text[:200],
        needed_query="图片里有什么，和买家说的是否一致",
        history_messages=" ".join(heard.pictures),
    )
    shown = str(told.get("图片内容", ""))
    talk.shown.append(shown)
    talk.passed = bool(shown) and not _DENIED.search(shown)
    return f"图片收到了，看到的是：{shown}"


def words(told: Any) -> str:
    """What a tool told, as one sentence after the other."""
    if isinstance(told, Mapping):
        return "；".join(f"{name}：{words(value)}" for name, value in told.items() if value not in (None, "", [], {}))
    if isinstance(told, list | tuple):
        return "；".join(words(one) for one in told)
    return str(told)


def refused(action: str, refusal: ToolRefusal) -> str:
    """The sentence for what a tool would not do."""
    return f"抱歉，{action}没有办成：{refusal}。"
