"""The variables of scripts, each with the place its value comes from; no script may use another."""

import re
from collections.abc import Mapping

VARIABLES: Mapping[str, str] = {
    "买家": "会话：买家昵称",
    "客服": "会话：接待客服的服务名",
    "店铺": "店铺资料：店名",
    "商品": "会话：正在咨询的商品",
    "规格": "会话：正在咨询的规格",
    "价格": "商品资料：当前标价",
    "库存": "商品资料：当前库存",
    "卖点": "商品资料：第一条卖点",
    "保养": "商品资料：保养说明",
    "替代商品": "商品资料：同用途且有货的商品",
    "实惠商品": "商品资料：同用途、有货、标价更低的商品",
    "活动": "店铺资料：进行中的活动",
    "活动结束": "店铺资料：活动结束时间",
    "赠品": "店铺资料：公开的赠品",
    "让价": "议价：这一步可以让的金额",
    "快递": "店铺资料：默认快递",
    "可选快递": "店铺资料：可以指定的快递",
    "截单时间": "店铺资料：当天发货的截单时间",
    "发货时间": "订单：承诺的发货时间",
    "预计送达": "物流：到买家地区的预计区间",
    "运费": "运费表：到买家地区的运费",
    "订单号": "订单：编号",
    "应付": "订单：待付金额",
    "下单时间": "订单：下单时间",
    "关闭时间": "订单：未付款自动关闭的时间",
    "地址": "订单：收货地址（打码）",
    "运单号": "物流：运单号",
    "最新物流": "物流：最新一条记录",
    "退款时限": "店铺资料：退款处理时限",
    "等待": "会话：等待的时间，例如 3 分钟",
    "营业时间": "店铺资料：客服在线时间",
}
"""Name → where the value comes from."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def find_variables(text: str) -> tuple[str, ...]:
    """The variables of a text, each once, in order of appearance."""
    return tuple(dict.fromkeys(_BRACES.findall(text)))


def check_variables(text: str, known: Mapping[str, str] = VARIABLES) -> str:
    """What is wrong with the variables of a text, empty when nothing is."""
    if not {"{", "}"}.isdisjoint(_BRACES.sub("", text)):
        return "花括号没有成对，变量请写成 {买家} 这样"
    for name in find_variables(text):
        if name not in known:
            return f"没有变量 {{{name}}}，可用的有：{'、'.join(known)}"
    return ""


def fill(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with its variables filled, and the names of those that have no value (left as they are)."""
    missing = tuple(name for name in find_variables(text) if not values.get(name))
    return _BRACES.sub(lambda match: values.get(match[1]) or match[0], text), missing
