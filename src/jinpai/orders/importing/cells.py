"""What the cells of order exports mean beside numbers and times: states and parcels."""

import re
from functools import lru_cache

from jinpai.importing.cells import Unreadable, digits, is_shortened, short
from jinpai.orders.model import Parcel, Refund, State

_PAID = re.compile(r"(?:付款|支付)完成|完成(?:付款|支付)")
_PARCEL = re.compile(r"[0-9A-Za-z-]{4,40}")

_STATES: tuple[tuple[str, State], ...] = (
    ("关闭", "closed"), ("取消", "closed"), ("退款成功", "closed"), ("退款完成", "closed"), ("已退款", "closed"),
    ("closed", "closed"), ("cancel", "closed"),
    ("交易成功", "completed"), ("完成", "completed"), ("确认收货成功", "completed"), ("completed", "completed"),
    ("等待卖家发货", "paid"), ("待发货", "paid"), ("部分发货", "paid"), ("待出库", "paid"), ("待配货", "paid"),
    ("未发货", "paid"),
    ("卖家已发货", "shipped"), ("已发货", "shipped"), ("等待买家确认", "shipped"), ("待收货", "shipped"),
    ("运输中", "shipped"), ("已出库", "shipped"), ("shipped", "shipped"),
    ("签收", "delivered"), ("已收货", "delivered"), ("已送达", "delivered"), ("delivered", "delivered"),
    ("等待买家付款", "unpaid"), ("待付款", "unpaid"), ("未付款", "unpaid"), ("待支付", "unpaid"), ("未支付", "unpaid"),
    ("unpaid", "unpaid"),
    ("已付款", "paid"), ("已支付", "paid"), ("付款成功", "paid"), ("paid", "paid"),
)  # fmt: skip
"""The first word found in the cell tells the state."""


@lru_cache(1_000)
def state(text: str, name: str) -> tuple[State | None, Refund | None]:
    """What the platform's words say of the trade, and of a refund."""
    words = _PAID.sub("已付款", re.sub(r"[\s，,。.（）()]", "", text.lower()))
    refund: Refund | None = "none" if "退款关闭" in words else None
    words = words.replace("退款关闭", "")
    if "退款" in words:
        refund = "done" if any(word in words for word in ("退款成功", "退款完成", "已退款", "关闭")) else "open"
    found = next((state for word, state in _STATES if word in words), None)
    if found is None and refund is None:
        raise Unreadable(
            f"{name}“{short(text)}”不认识；常见的有 等待买家付款、买家已付款、卖家已发货、交易成功、交易关闭"
        )
    return found, refund


def parcels(text: str, courier: str, name: str) -> tuple[Parcel, ...]:
    """The parcels of a cell that may hold several tracking numbers, whether written in small or capital letters."""
    numbers = [re.sub(r"^NO[:：]", "", part.upper()) for part in re.split(r"[,;，；、\s]+", text) if part]
    for one in numbers:
        if is_shortened(one):
            digits(one, name)
        if _PARCEL.fullmatch(one) is None:
            raise Unreadable(f"{name}“{short(one)}”不像快递单号，请核对这一行")
    return tuple(Parcel(one, courier) for one in dict.fromkeys(numbers)) or ((Parcel("", courier),) if courier else ())
