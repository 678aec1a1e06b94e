"""Ordering for a buyer: what, how many, paid how; nothing is placed that the gift card cannot pay."""

import re
from collections.abc import Sequence

from jinpai.copilot.tasks.hearing import Heard
from jinpai.copilot.tasks.informing import balance
from jinpai.copilot.tasks.talk import CARD, Talk

_EMPTY = re.compile(
    r"[你我您]|想要?|希望|帮忙?|客服|下单|购买|这个|商品|专门|用于|一个|然后|之后|的|并|让|使用|支付|付款"
)


def buy(talk: Talk, heard: Heard) -> str:
    """Places the order once goods and payment are known; says what is missing, or why it cannot be."""
    goods = _goods(talk, heard)
    if goods:
        talk.buying = goods
    if not talk.buying:
        repeated = bool(talk.bought)
        return "已经为您下好单了。" if repeated else "请告诉我想买的是哪件商品，我来下单。"
    talk.payment = heard.payment or talk.payment
    return _place(talk, talk.payment) if talk.payment else "好的，请问用哪种方式支付？"


def _goods(talk: Talk, heard: Heard) -> Sequence[tuple[str, int]]:
    """What is to be bought; nothing where it just was, unless the buyer says once more."""
    if not heard.products and talk.buying:
        return talk.buying
    number = "" if heard.products else described(talk, heard.text, talk.products, r"买|下单")
    if heard.products:
        named = [(one, heard.counts.get(one, 1)) for one in heard.products]
    elif not number and talk.product in [one for one, _ in talk.bought]:
        named = list(talk.bought)
    else:
        named = [(number or talk.product, 1)] if number or talk.product else []
    again = re.search(r"再(?:买|下|来|次|购)", heard.text)
    return () if named == talk.bought and not again else named


def recommend(talk: Talk, heard: Heard) -> str:
    """Names the one among the goods talked of that the buyer describes; asks where none stands out."""
    number = described(talk, heard.text, heard.products or talk.products, r"推荐|适合|需要|用")
    if not number:
        return "请告诉我您最看重哪一点，比如容量、功率、价格或使用的地方，我来推荐。"
    talk.product = number
    return f"推荐您选{talk.goods(number).get('商品名称')}（商品ID：{number}），最合您说的需要。"


def described(talk: Talk, text: str, among: Sequence[str], about: str) -> str:
    """The one of these goods that a clause about this describes; empty where none stands out."""
    clause = next((part for part in re.split(r"[，,。；]", text) if re.search(about, part)), "")
    pairs = {part[at : at + 2] for part in _EMPTY.sub(" ", clause).split() for at in range(len(part) - 1)}
    scores = {number: sum(pair in str(talk.goods(number).get("商品名称", "")) for pair in pairs) for number in among}
    best = sorted(scores, key=lambda number: -scores[number])
    return best[0] if len(best) > 1 and scores[best[0]] > scores[best[1]] else ""


def _place(talk: Talk, payment: str) -> str:
    goods = talk.buying
    missing = [number for number, _ in goods if talk.goods(number).get("商品状态") != "已上架"]
    if missing:
        talk.failed, talk.buying = f"商品{missing[0]}现在没有货", ()
        return f"抱歉，{talk.failed}，暂时买不了。"
    total = round(sum(float(talk.goods(number)["商品价格"]) * count for number, count in goods), 2)
    if payment == CARD and (left := balance(talk)) < total:
        talk.failed, talk.buying = f"京东E卡余额{left:g}元，不够支付{total:g}元", ()
        return f"抱歉，没有下单：{talk.failed}。您可以换一件商品，或者换一种支付方式。"
    lines = [{"product_id": number, "quantity": count} for number, count in goods]
    order = talk.ask("manage_order", user_id=talk.buyer, action="增加", payment=payment, product_info_list=lines)
    for number, count in goods if payment == CARD else ():
        talk.ask("manage_ecard", user_id=talk.buyer, action="余额使用", product_id=number, quantity=count)
    talk.placed = talk.order = str(order["订单ID"])
    talk.bought, talk.buying, talk.failed, talk.product = list(goods), (), "", goods[0][0]
    return f"已经下单，订单号{talk.order}，共{total:g}元，用{payment}支付。"
