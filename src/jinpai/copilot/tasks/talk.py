"""A talk with the buyer of a task: what was looked up, what it is about, and what is still open."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinpai.copilot.tasks.hearing import Heard
from jinpai.copilot.tasks.model import ToolRefusal, Tools

Order = Mapping[str, Any]
CARD = "京东E卡"
OPEN = ("待付款", "已付款", "处理中")
"""States in which an order may still be changed, exchanged or cancelled."""
ARRIVED = ("已签收", "已送达", "已完成")
"""States in which a parcel has reached the buyer, so that it can be returned."""
_EXCEPT = re.compile(r"除(?:了|去|开|掉)")
_ALL = re.compile(r"所有|全部|每一?[个笔]订单|订单(?:都|全)")
NAMED = 3
"""Characters of a product's name that a message must share with it to mean it."""
ENDED = ("已取消", "已退货", "已关闭")


@dataclass(slots=True)
class Talk:
    """What the assistant knows in this talk."""

    tools: Tools
    platform: str
    shop: str
    buyer: str
    product: str = ""
    order: str = ""
    products: Sequence[str] = ()
    failed: str = ""
    """Why the last thing asked for could not be done; empty when it could."""
    passed: bool | None = None
    """How the last check went."""
    shown: list[str] = field(default_factory=list)
    placed: str = ""
    bought: Sequence[tuple[str, int]] = ()
    payment: str = ""
    buying: Sequence[tuple[str, int]] = ()
    booking: str = ""
    invoicing: str = ""
    wish: dict[str, Any] = field(default_factory=dict)
    _numbers: list[str] | None = None
    _goods: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def ask(self, name: str, **arguments: Any) -> Any:
        """What the tool answers, for this shop."""
        return self.tools(name, platform=self.platform, shop_id=self.shop, **arguments)

    def of_order(self, name: str, order: str, **arguments: Any) -> Any:
        """What the tool answers about an order of this buyer."""
        return self.ask(name, user_id=self.buyer, order_id=order, **arguments)

    def person(self) -> Mapping[str, Any]:
        """What is known of the buyer."""
        found: Mapping[str, Any] = self.tools("get_user_info", user_id=self.buyer)
        return found

    def goods(self, product: str) -> Mapping[str, Any]:
        """The product of this number, looked up once; empty where the shop has none."""
        if product not in self._goods:
            try:
                self._goods[product] = self.ask("get_product_info", product_id=product)
            except ToolRefusal:
                self._goods[product] = {}
        return self._goods[product]

    def orders(self) -> Sequence[Order]:
        """All orders of the buyer as they are now."""
        if self._numbers is None:
            try:
                told = self.ask("get_user_orders_info", user_id=self.buyer)
            except ToolRefusal:
                told = {"订单ID": []}
            self._numbers = list(told["订单ID"])
        numbers = [*self._numbers, *([self.placed] if self.placed and self.placed not in self._numbers else [])]
        return [found for number in numbers if (found := self.read_order(number))]

    def read_order(self, number: str) -> Order:
        """The order as it is now; empty where the buyer has none of this number."""
        try:
            found: Order = self.of_order("manage_order", number, action="查询")
        except ToolRefusal:
            return {}
        return found

    def choose_orders(self, heard: Heard, fits: Callable[[Order], bool]) -> Sequence[str]:
        """The orders a message means: named, all that fit, the one with the product, the one talked of, or the only."""
        if _EXCEPT.search(heard.text) and (heard.orders or heard.products):
            kept = {*heard.orders, *(self.order_with(one, fits) for one in heard.products)}
            return [str(one["订单ID"]) for one in self.orders() if fits(one) and str(one["订单ID"]) not in kept]
        if heard.orders:
            return heard.orders
        if _ALL.search(heard.text):
            return [str(one["订单ID"]) for one in self.orders() if fits(one)]
        found = self._by_context(heard, fits)
        if found:
            self.order = found
        return [found] if found else []

    def _by_context(self, heard: Heard, fits: Callable[[Order], bool]) -> str:
        if self.order and re.search(r"[这该此本]个?(?:笔|张)?订单", heard.text) and not self._has_order(heard):
            return self.order
        if re.search(r"另(?:外)?一?个?订单|其他订单|别的订单", heard.text):
            others = [one for one in self.orders() if one["订单ID"] != self.order]
            return _only([one for one in others if fits(one)] or others)
        product = next(iter(heard.products), "")
        if product and (found := self.order_with(product, fits)):
            return found
        if re.search(r"刚才|刚刚", heard.text):
            return _only([one for one in self.orders() if fits(one)])
        if described := () if re.search(r"[这该此]", heard.text) else self.described(heard.text):
            return _only([one for one in described if fits(one)]) or _only(described)
        if self.order:
            return self.order
        if self.product and (found := self.order_with(self.product, fits)):
            return found
        return _only([one for one in self.orders() if fits(one)]) or _only(self.orders())

    def _has_order(self, heard: Heard) -> bool:
        return any(self.order_with(one, is_alive) for one in heard.products)

    def described(self, text: str) -> Sequence[Order]:
        """The orders whose goods the words name better than those of the others; none where all are alike."""
        orders = [one for one in self.orders() if is_alive(one)]
        scores = [_shared(text, " ".join(map(self._name, one["订单商品列表"]))) for one in orders]
        best = max(scores, default=0)
        found = [one for one, score in zip(orders, scores, strict=True) if score == best >= NAMED]
        return found if len(found) < len(orders) else ()

    def _name(self, line: Mapping[str, Any]) -> str:
        return str(self.goods(str(line["商品ID"])).get("商品名称", ""))

    def order_with(self, product: str, fits: Callable[[Order], bool]) -> str:
        """The order with this product in it, one that fits before one that does not; empty where there is none."""
        found = [one for one in self.orders() if any(str(line["商品ID"]) == product for line in one["订单商品列表"])]
        return str(next((one for one in [*filter(fits, found), *found]), {}).get("订单ID", ""))


def _shared(text: str, name: str) -> int:
    """How many characters the longest words have that both hold."""
    return max(
        (size for size in range(1, 12) if any(text[at : at + size] in name for at in _starts(text, size))), default=0
    )


def _starts(text: str, size: int) -> Sequence[int]:
    return [at for at in range(len(text) - size + 1) if "\u4e00" <= text[at] <= "\u9fff"]


def is_open(order: Order) -> bool:
    """Whether the order may still be changed."""
    return order["订单状态"] in OPEN


def is_returnable(order: Order) -> bool:
    """Whether the parcel has arrived and was not sent back."""
    return order["订单状态"] in ARRIVED


def is_under_way(order: Order) -> bool:
    """Whether the buyer still waits for the parcel."""
    return order["订单状态"] not in (*ARRIVED, *ENDED)


def is_alive(order: Order) -> bool:
    """Whether the order was neither cancelled nor sent back."""
    return order["订单状态"] not in ENDED


def _only(orders: Sequence[Order]) -> str:
    return str(orders[-1]["订单ID"]) if len(orders) == 1 else ""
