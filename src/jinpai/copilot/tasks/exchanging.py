"""Exchanging goods: which of the goods offered in exchange is the one the buyer wishes for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinpai.copilot.tasks.hearing import Heard
from jinpai.copilot.tasks.model import ToolRefusal
from jinpai.copilot.tasks.talk import Talk, is_open

_MEASURES: Mapping[str, tuple[str, str]] = {
    "W": (r"功率|瓦|\d\s*[Ww]", r"(\d{3,5})\s*(?:W|w|瓦)"),
    "风量": (r"风量", r"(\d{2})\s*(?:风量|m³)"),
    "套": (r"套", r"(\d{1,2})\s*套"),
    "升": (r"升|容量|体积|\d\s*[Ll]", r"(\d{1,3}(?:\.\d)?)\s*(?:升|L)"),
}
"""Measures of goods: the words that mean them, and how goods state them."""

_NUMBER = re.compile(
    r"(?:最好是?|换成|换为|换一?[个台款]|替换一?[个台款]|大于|超过|小于|低于|不超过|想要|希望是)[^\d，。]{0,6}(\d{1,5}(?:\.\d)?)"
)
_BIGGER = re.compile(r"更大|大一[点些]|大些|太小|大于|超过|更高|升级")
_SMALLER = re.compile(r"更小|小一[点些]|小些|太大|小于|低于|不超过|更低")
_CHOOSES = re.compile(r"更[大小高低]|[大小]一[点些]|换成|换为|替换一|换一?[个台款]|推荐")
_ANY = re.compile(r"推荐|其他|别的|不行|没有货|缺货|可换的")
_WORD = re.compile(
    r"[A-Za-z0-9]{3,}(?:\s?(?:Pro|Max|MAX|PRO|Ultra|S))*|[曜石白黑灰银金蓝红粉绿]{1,2}色|[\u4e00-\u9fff]{1,2}白"
)


def exchange(talk: Talk, heard: Heard) -> str:
    """Exchanges for what is wished for, where the order allows it and it is in stock; else says what there is."""
    product = _original(talk, heard)
    if not product:
        return "请告诉我要换的是哪件商品。"
    order = next(iter(heard.orders), "") or talk.order_with(product, is_open) or talk.order
    if not order:
        talk.failed = "没有查到这件商品的订单"
        return f"{talk.failed}，请核对一下。"
    talk.order, talk.product = order, product
    told = talk.of_order("manage_exchange", order, original_product_id=product, action="查询")
    offered = "；".join(f"{one['商品描述']}（{one['商品状态']}）" for one in told["可换货商品"])
    state = str(told["订单状态"])
    if state not in ("待付款", "已付款", "处理中"):
        talk.failed = f"订单{state}，不能换货"
        return f"抱歉，{talk.failed}，可以为您办理退货。同系列还有：{offered}"
    wish(talk, heard)
    chosen = choose(talk, heard, product, told["可换货商品"])
    if not chosen:
        talk.failed = "没有合适的可换商品"
        return f"可以换的有：{offered}。您看换哪一款合适？"
    try:
        talk.of_order("manage_exchange", order, original_product_id=product, action="换货", exchange_product_id=chosen)
    except ToolRefusal as refusal:
        talk.failed = str(refusal)
        return f"抱歉，没有换成：{refusal}。可以换的有：{offered}"
    talk.failed, talk.wish = "", {}
    return f"订单{order}已经换成{_description(told['可换货商品'], chosen)}。"


def _original(talk: Talk, heard: Heard) -> str:
    numbers = [number for number in heard.products if talk.order_with(number, is_open)]
    if numbers:
        return numbers[0]
    named = next(iter(heard.orders), "") or talk.order
    if not named and not talk.product:
        named = next((str(one["订单ID"]) for one in talk.described(heard.text) if is_open(one)), "")
    lines: Sequence[Mapping[str, Any]] = talk.read_order(named).get("订单商品列表", ()) if named else ()
    if talk.product and (not lines or any(str(one["商品ID"]) == talk.product for one in lines)):
        return talk.product
    return str(lines[0]["商品ID"]) if len(lines) == 1 else talk.product


def wish(talk: Talk, heard: Heard) -> None:
    """Adds what this message wishes of the other goods to what was wished before."""
    text = heard.text
    measure = next((name for name, (means, _) in _MEASURES.items() if re.search(means, text)), "")
    if measure:
        talk.wish["measure"] = measure
    if _BIGGER.search(text):
        talk.wish["way"] = 1
    elif _SMALLER.search(text):
        talk.wish["way"] = -1
    number = _NUMBER.search(text)
    if number:
        bound = re.search(r"大于|超过|小于|低于|不超过", number[0])
        talk.wish["bound" if bound else "exact"] = float(number[1])


def choose(talk: Talk, heard: Heard, product: str, offers: Sequence[Mapping[str, Any]]) -> str:
    """The number of the goods wished for, among those in stock; empty where none is, or the buyer has yet to choose."""
    stock = [one for one in offers if one.get("商品状态") == "已上架"]
    named = [one for one in stock if str(one["商品ID"]) in heard.products]
    if named:
        return str(named[0]["商品ID"])
    if not _CHOOSES.search(heard.text) and not _ANY.search(heard.text):
        return ""
    exact, measure = talk.wish.get("exact"), talk.wish.get("measure", "升")
    if exact is not None:
        same = [one for one in stock if measured(one["商品描述"], measure) == exact]
        if same:
            return str(same[0]["商品ID"])
        if not _ANY.search(heard.text):
            return ""
    fitting = _fitting(talk, product, stock, measure)
    if fitting:
        return str(fitting[0]["商品ID"])
    worded = _worded(heard.text, stock)
    if worded:
        return worded
    return str(stock[0]["商品ID"]) if len(stock) == 1 and _ANY.search(heard.text) and "bound" not in talk.wish else ""


def _fitting(talk: Talk, product: str, stock: Sequence[Mapping[str, Any]], measure: str) -> Sequence[Mapping[str, Any]]:
    way, own = talk.wish.get("way"), measured(str(talk.goods(product).get("商品名称", "")), measure)
    bound = talk.wish.get("bound", own)
    if way is None or bound is None:
        return ()
    sized = [(size, one) for one in stock if (size := measured(one["商品描述"], measure)) is not None]
    right = [(size, one) for size, one in sized if (size - bound) * way > 0]
    near = talk.wish.get("exact", bound)
    return [one for _, one in sorted(right, key=lambda pair: abs(pair[0] - near))]


def _worded(text: str, stock: Sequence[Mapping[str, Any]]) -> str:
    """The one whose name has a word of the wish that no other has."""
    wished = re.split(r"换成|换为|替换为|替换成|换一?[个台款]", text)
    for word in _WORD.findall(wished[-1]) if len(wished) > 1 else ():
        found = [one for one in stock if word in one["商品描述"]]
        if len(found) == 1:
            return str(found[0]["商品ID"])
    return ""


def measured(name: str, measure: str) -> float | None:
    """What goods with this name measure; None where they do not say."""
    found = re.search(_MEASURES[measure][1], name)
    return float(found[1]) if found else None


def _description(offers: Sequence[Mapping[str, Any]], number: str) -> str:
    return str(next(one["商品描述"] for one in offers if str(one["商品ID"]) == number))
