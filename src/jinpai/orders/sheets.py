"""Orders as a table to take along: amounts in yuan, times of the trade's zone, people masked as in every list."""

from collections.abc import Mapping
from datetime import datetime

from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.money import yuan
from jinpai.kit.sheets.writing import Sheet
from jinpai.orders.model import Order, mask_address, mask_name, mask_phone

SHEET = Sheet(
    "订单",
    (
        ("订单编号", 22), ("买家会员名", 16), ("订单状态", 10), ("退款", 10), ("总金额", 10), ("实付金额", 10),
        ("邮费", 8), ("退款金额", 10), ("商品", 40), ("件数", 6), ("脱敏收货人", 12), ("脱敏手机", 14),
        ("脱敏地址", 12), ("下单时间", 19), ("付款时间", 19), ("发货时间", 19), ("完成时间", 19), ("物流公司", 12),
        ("物流单号", 20), ("旗子", 6), ("卖家备注", 30), ("买家留言", 30), ("关闭原因", 20),
    ),
)  # fmt: skip
"""What is masked has headers no import takes for the real thing: the file coming back spoils nothing."""

_STATES: Mapping[str, str] = {
    "unpaid": "等待买家付款",
    "paid": "买家已付款",
    "shipped": "卖家已发货",
    "delivered": "已签收",
    "completed": "交易成功",
    "closed": "交易关闭",
}
_REFUNDS: Mapping[str, str] = {"none": "", "open": "退款中", "done": "已退款"}
_FLAGS: Mapping[str, str] = {"red": "红", "yellow": "黄", "green": "绿", "blue": "蓝", "purple": "紫"}


def sheet_row(order: Order) -> tuple[str, ...]:
    """The order's line of the table."""
    amounts = (order.total, order.paid, order.freight, order.refunded)
    times = (order.ordered_at, order.paid_at, order.shipped_at, order.completed_at)
    return (
        order.number,
        order.buyer_name,
        _STATES[order.state],
        _REFUNDS[order.refund],
        *(yuan(amount) for amount in amounts),
        order.title,
        str(order.quantity),
        mask_name(order.receiver),
        mask_phone(order.phone),
        mask_address(order.address, order.region),
        *("" if at is None else written(at) for at in times),
        "，".join(dict.fromkeys(parcel.courier for parcel in order.parcels if parcel.courier)),
        "，".join(parcel.number for parcel in order.parcels if parcel.number),
        _FLAGS.get(order.flag, ""),
        order.remark,
        order.buyer_note,
        order.close_reason,
    )


def written(at: int) -> str:
    """The time as people write it, to the second."""
    return datetime.fromtimestamp(at / 1000, SHOP_TIME).strftime("%Y-%m-%d %H:%M:%S")
