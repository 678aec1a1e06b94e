"""Which column of a seller's file is what: guessed from the headers, remembered per shop, corrected by people."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from jinpai.kit.errors import BadInput
from jinpai.orders.importing.cells import clean
from jinpai.orders.importing.tables import Table

FIELDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "number": ("订单编号", ("订单编号", "订单号", "主订单编号", "订单id", "交易编号", "交易号", "平台单号",
                          "ordernumber", "orderno", "orderid")),
    "buyer_name": ("买家会员名", ("买家会员名", "买家昵称", "买家旺旺", "会员名", "买家账号", "下单帐号", "下单账号",
                             "买家id", "买家", "buyername")),
    "state": ("订单状态", ("订单状态", "交易状态", "状态", "orderstatus", "status")),
    "total": ("总金额", ("总金额", "订单金额", "订单总金额", "应付总额", "买家应付货款", "买家应付金额", "订单总价",
                      "应付金额", "totalamount", "total")),
    "paid": ("实付金额", ("买家实际支付金额", "买家实付金额", "实付金额", "实付款", "实际支付金额", "用户实付金额",
                      "支付金额", "买家实付", "paidamount", "paid")),
    "freight": ("邮费", ("买家应付邮费", "邮费", "运费", "运费金额", "快递费", "freight")),
    "refunded": ("退款金额", ("退款金额", "已退款金额", "退款总金额", "refundamount")),
    "title": ("宝贝标题", ("宝贝标题", "商品标题", "宝贝名称", "商品名称", "商品", "标题", "title")),
    "quantity": ("件数", ("宝贝总数量", "商品数量", "购买数量", "数量", "件数", "商品总数", "quantity")),
    "sku": ("规格", ("商品属性", "商品规格", "规格", "销售属性", "sku", "sku名称")),
    "price": ("单价", ("商品单价", "单价", "价格", "商品价格", "price")),
    "product": ("商家编码", ("商家编码", "外部系统编号", "商品编码", "商品编号", "货号", "商品id", "宝贝id")),
    "receiver": ("收货人姓名", ("收货人姓名", "收货人", "收件人", "收件人姓名", "客户姓名", "receiver")),
    "phone": ("联系手机", ("联系手机", "收货人手机", "手机", "手机号", "手机号码", "联系方式", "收件人手机",
                      "收货人手机号", "电话", "phone")),
    "telephone": ("联系电话", ("联系电话", "固定电话", "座机")),
    "address": ("收货地址", ("收货地址", "详细地址", "收件地址", "收件人地址", "客户地址", "街道地址", "收货人信息",
                       "收件人信息", "address")),
    "province": ("省", ("省", "省份", "收货省份", "收件省")),
    "city": ("市", ("市", "城市", "收货城市", "收件市")),
    "district": ("区县", ("区", "区县", "县区", "收货区县", "收件区")),
    "ordered_at": ("下单时间", ("订单创建时间", "下单时间", "拍下时间", "创建时间", "订单提交时间", "成交时间",
                             "createdat")),
    "paid_at": ("付款时间", ("订单付款时间", "付款时间", "支付时间", "付款确认时间", "paidat")),
    "shipped_at": ("发货时间", ("发货时间", "订单发货时间", "出库时间", "shippedat")),
    "completed_at": ("完成时间", ("确认收货时间", "交易成功时间", "订单完成时间", "完成时间", "交易完成时间")),
    "tracking": ("物流单号", ("物流单号", "快递单号", "运单号", "运单号码", "物流编号", "快递编号", "trackingnumber")),
    "courier": ("物流公司", ("物流公司", "快递公司", "承运商", "承运公司", "快递", "courier")),
    "remark": ("卖家备注", ("订单备注", "卖家备注", "商家备注", "卖家备忘", "备注")),
    "buyer_note": ("买家留言", ("买家留言", "买家备注", "买家附言", "用户备注", "买家订单备注")),
    "close_reason": ("关闭原因", ("订单关闭原因", "关闭原因", "取消原因")),
}  # fmt: skip
"""Field → its name for people, and the headers it goes by, the likeliest first."""

NUMBER = "number"
GOODS = frozenset(("sku", "price", "product"))
"""A file with one of these tells of one kind of goods per line, not of the whole order."""

_HEADER_LINES = 20
_TELLING = 4
"""How long a known name must be, to be looked for inside a header."""

Why = Literal["remembered", "name", "alike", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header as written, the field it is (None: left out), and why we think so."""

    header: str
    field: str | None
    why: Why


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out; `start` is the index of the first row below the headers."""

    columns: tuple[Column, ...]
    start: int


def fold_header(text: str) -> str:
    """A header as it is compared: full-width, case, blanks and what stands in brackets make no difference."""
    folded = unicodedata.normalize("NFKC", clean(text)).lower()
    return re.sub(r"\([^)]*\)|\[[^\]]*\]|[\s\ufeff\u200b*:_-]", "", folded)


def find_layout(table: Table, remembered: Mapping[str, str]) -> Layout:
    """The headers (they may stand below a title) and what each column is guessed to be.

    `remembered` says, by folded header, what this shop's people decided before; an empty field leaves the column out.
    """
    found = [(guess(cells, remembered), at) for at, (_, cells) in enumerate(table.rows[:_HEADER_LINES])]
    best, at = max(found, key=lambda pair: (sum(column.field is not None for column in pair[0]), -pair[1]))
    return Layout(best, at + 1)


def guess(headers: Sequence[str], remembered: Mapping[str, str]) -> tuple[Column, ...]:
    """What each column is; a field is given once, to the column whose header says it best."""
    folded = [fold_header(header) for header in headers]
    fields: dict[int, tuple[str | None, Why]] = {}
    for at, header in enumerate(folded):
        if header in remembered:
            field = remembered[header] or None
            fields[at] = (None if field and _is_taken(fields, field) else field, "remembered")
    for field, (_, names) in FIELDS.items():
        free = [at for at in range(len(folded)) if at not in fields]
        match = next((at for name in names for at in free if folded[at] == name), None)
        if match is not None and not _is_taken(fields, field):
            fields[match] = (field, "name")
    for field, (_, names) in FIELDS.items():
        free = [at for at in range(len(folded)) if at not in fields and not _is_taken(fields, field)]
        long = [name for name in names if len(name) >= _TELLING]
        match = next((at for name in long for at in free if name in folded[at]), None)
        if match is not None:
            fields[match] = (field, "alike")
    return tuple(Column(clean(header), *fields.get(at, (None, ""))) for at, header in enumerate(headers))


def choose(layout: Layout, fields: Sequence[str | None]) -> Layout:
    """The layout with what people decided, one field or None per column; BadInput when that cannot be."""
    if len(fields) != len(layout.columns):
        raise BadInput(f"文件有 {len(layout.columns)} 列，对应关系却有 {len(fields)} 项，请刷新页面重新核对")
    check_fields(fields)
    columns = (Column(column.header, field, "") for column, field in zip(layout.columns, fields, strict=True))
    return Layout(tuple(columns), layout.start)


def choose_by_header(layout: Layout, wishes: Mapping[str, str]) -> Layout:
    """The layout with these wishes: header → field, or its name for people, or empty to leave it out."""
    fields = [column.field for column in layout.columns]
    known = {name: field for field, (name, _) in FIELDS.items()}
    for header, wish in wishes.items():
        at = next((at for at, one in enumerate(layout.columns) if fold_header(one.header) == fold_header(header)), None)
        if at is None:
            raise BadInput(f"文件里没有“{header}”这一列；有的列是：{_names(layout)}")
        field = known.get(wish, wish) or None
        fields = [None if one == field else one for one in fields]
        fields[at] = field
    return choose(layout, fields)


def check_fields(fields: Sequence[str | None]) -> None:
    """BadInput when a field is unknown or stands twice."""
    given = [field for field in fields if field is not None]
    for field in given:
        if field not in FIELDS:
            raise BadInput(f"没有“{field}”这个项目；可以用的有：{'、'.join(FIELDS)}")
        if given.count(field) > 1:
            raise BadInput(f"有两列都对应“{FIELDS[field][0]}”，请只留一列")


def check_complete(layout: Layout) -> None:
    """BadInput when no column has the order's number, without which nothing can be kept apart."""
    if all(column.field != NUMBER for column in layout.columns):
        raise BadInput(f"找不到“订单编号”这一列，请指定哪一列是订单编号；文件里的列有：{_names(layout)}")


def _is_taken(fields: Mapping[int, tuple[str | None, Why]], field: str) -> bool:
    return any(taken == field for taken, _ in fields.values())


def _names(layout: Layout) -> str:
    names = [column.header for column in layout.columns if column.header][:30]
    return "、".join(name[:20] for name in names) or "（没有表头）"
