"""What order exports tell: the columns and the headers they go by."""

from collections.abc import Mapping
from typing import Final

from jinpai.importing.model import Form

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

GOODS = frozenset(("sku", "price", "product"))
"""A file with one of these tells of one kind of goods per line, not of the whole order."""

ORDERS: Final = Form("orders", "订单", FIELDS, (("number",),))
