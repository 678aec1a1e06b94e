"""What a summary calls things."""

from collections.abc import Mapping
from typing import Literal

Kind = Literal["who", "wants", "order", "said", "promised", "price", "open"]
TITLES: Mapping[Kind, str] = {
    "who": "买家",
    "wants": "要什么",
    "order": "订单",
    "said": "说到哪",
    "promised": "答应了",
    "price": "议价",
    "open": "还没办",
}
ORDERS: Mapping[str, str] = {
    "unpaid": "还没付款",
    "paid": "已付款，还没发货",
    "shipped": "已发货",
    "delivered": "已签收",
    "completed": "交易完成",
    "closed": "已关闭",
}
REFUNDS: Mapping[str, str] = {"open": "，退款处理中", "done": "，已退款"}
STAGES: Mapping[str, str] = {
    "welcome": "刚打招呼",
    "needs": "在了解需求",
    "recommend": "在推荐",
    "promotion": "在说优惠",
    "follow_up": "在犹豫，等跟进",
    "confirm": "准备下单，要核对",
    "farewell": "快聊完了",
    "in_sale": "售中",
    "after_sale": "售后",
}
SLOTS: Mapping[str, str] = {
    "quantity": "数量",
    "colour": "颜色",
    "size": "尺码",
    "height": "身高（厘米）",
    "weight": "体重（公斤）",
    "place": "地点",
    "price": "提到的价格（元）",
    "courier": "快递",
    "time": "时间",
}
ATTITUDES: Mapping[str, str] = {
    "testing": "在试探能不能便宜",
    "insists": "坚持要便宜",
    "threatens": "说不便宜就不买",
    "pesters": "一再还价",
    "accepts": "接受了价格",
}
