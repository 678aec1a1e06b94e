"""The tools of the tasks on their database: what they tell, and the one change each of them makes."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from jinpai.copilot.tasks.model import ToolRefusal

Told = Mapping[str, Any]
NEW_ORDER = "1234567890"
"""The number an order placed in a task gets, as the tasks expect it."""
BEFORE_PARCEL = ("待付款", "已付款", "处理中")
"""States in which an order can still be changed."""


class ShopTools:
    """One task's own copy of the database; `see` tells what a picture shows, for there is no eye here."""

    def __init__(self, database: Mapping[str, Any], see: Callable[[str], str]) -> None:
        self.data: dict[str, Any] = deepcopy(dict(database))
        self._see = see

    def call(self, name: str, given: Told) -> Any:
        """What the tool of this name answers; ToolRefusal says why it does not."""
        tool = TOOLS.get(name)
        if tool is None:
            raise ToolRefusal(f"没有工具 {name}")
        try:
            return tool(self, given)
        except KeyError as missing:
            raise ToolRefusal(f"没有找到 {missing.args[0]}") from None

    def orders(self, given: Told) -> dict[str, Any]:
        """The buyer's orders by number."""
        found: dict[str, Any] = self._shop("orders", given).setdefault(str(given["user_id"]), {})
        return found

    def order(self, given: Told) -> dict[str, Any]:
        """The order of this number; KeyError where the buyer has none."""
        found: dict[str, Any] = self.orders(given)[str(given["order_id"])]
        return found

    def product(self, given: Told, number: object) -> dict[str, Any]:
        """The product of this number; KeyError where the shop has none."""
        found: dict[str, Any] = self._shop("products", given)[str(number)]
        return found

    def buyer(self, given: Told) -> dict[str, Any]:
        """What is known of the buyer; KeyError where nothing is."""
        found: dict[str, Any] = self.data["users_info"][str(given["user_id"])]
        return found

    def see(self, given: Told) -> Told:
        """What the pictures of this talk show."""
        return {"图片内容": self._see(str(given.get("history_messages", "")))}

    def discounts(self, given: Told) -> Any:
        """The shop's promotions."""
        return self._shop("discount", given)

    def logistics(self, given: Told) -> Any:
        """How far the parcel is; KeyError where nothing was sent."""
        return self._shop("logistics", given)[str(given["user_id"])][str(given["order_id"])]

    def book(self, given: Told) -> Told:
        """Writes down a visit."""
        record = {
            "服务类型": given["service_type"],
            "店铺ID": given["shop_id"],
            "用户ID": given["user_id"],
            "订单ID": str(given["order_id"]),
            "平台": given["platform"],
            "电话号码": str(given["phone_number"]),
            "用户姓名": given["user_name"],
            "预约日期": given["service_time"],
        }
        self._shop("service", given).setdefault(str(given["user_id"]), {})[str(given["order_id"])] = record
        return record

    def cashback(self, given: Told) -> Told:
        """Whether cash back is registered for an order, or its registering."""
        register = self._shop("register_cashback", given).setdefault(str(given["user_id"]), {})
        number = str(given["order_id"])
        if given["action"] == "返现":
            register[number] = True
        return {"订单ID": number, "已登记返现": bool(register.get(number))}

    def invoice(self, given: Told) -> Told:
        """Writes an invoice for an order."""
        record = {
            "订单ID": str(given["order_id"]),
            "发票类型": given["invoice_type"],
            "发票抬头": given["title"],
            "电话号码": str(given["phone_number"]),
        }
        self.data.setdefault("invoices", {})[str(given["order_id"])] = record
        return record

    def _shop(self, file: str, given: Told) -> dict[str, Any]:
        found: dict[str, Any] = (
            self.data.setdefault(file, {}).setdefault(str(given["platform"]), {}).setdefault(str(given["shop_id"]), {})
        )
        return found


def _orders_of(shop: ShopTools, given: Told) -> Told:
    return {"订单ID": list(shop.orders(given))}


def _part(name: str) -> Callable[[ShopTools, Told], Told]:
    def tell(shop: ShopTools, given: Told) -> Told:
        return {"商品ID": str(given["product_id"]), name: shop.product(given, given["product_id"]).get(name, "")}

    return tell


def _product(shop: ShopTools, given: Told) -> Any:
    return shop.product(given, given["product_id"])


def _compare(shop: ShopTools, given: Told) -> Any:
    return [shop.product(given, number) for number in listed(given["product_ids"])]


def _fault(shop: ShopTools, given: Told) -> Any:
    wanted = str(given["fault_code"]).upper()
    known = shop.product(given, given["product_id"]).get("常见故障", ())
    return next((one for one in known if str(one.get("故障代码", "")).upper() == wanted), {"说明": "没有这个故障码"})


def _return(shop: ShopTools, given: Told) -> Told:
    order = shop.order(given)
    order["订单状态"] = "已退货"
    return order


def _exchange(shop: ShopTools, given: Told) -> Told:
    choices = shop.product(given, given["original_product_id"]).get("可换货商品", [])
    order = shop.order(given)
    if given["action"] == "查询":
        return {"订单状态": order["订单状态"], "可换货商品": choices}
    if order["订单状态"] not in BEFORE_PARCEL:
        raise ToolRefusal(f"订单{order['订单状态']}，不能换货")
    wanted = str(given["exchange_product_id"])
    if not any(str(one["商品ID"]) == wanted and one.get("商品状态") == "已上架" for one in choices):
        raise ToolRefusal("这件商品现在换不了")
    for line in order["订单商品列表"]:
        if str(line["商品ID"]) == str(given["original_product_id"]):
            line["商品ID"] = wanted
    return order


def _urge(shop: ShopTools, given: Told) -> Told:
    order = shop.order(given)
    order["是否加急"] = True
    return order


def _card(shop: ShopTools, given: Told) -> Told:
    buyer, action = shop.buyer(given), given["action"]
    if action == "信息查询":
        return {"说明": "京东E卡按面值使用，余额不够时不能只付一部分；退货和取消时退回原卡余额"}
    amount = 0.0
    if action == "余额使用":
        amount = -float(shop.product(given, given["product_id"])["商品价格"]) * int(given["quantity"])
    elif action == "退款":
        amount = float(given["amount"])
    left = round(float(buyer["电子卡余额"]) + amount, 2)
    if left < 0:
        raise ToolRefusal(f"京东E卡余额不够，还有{buyer['电子卡余额']}元")
    buyer["电子卡余额"] = left
    return {"电子卡余额": left}


def _order(shop: ShopTools, given: Told) -> Told:
    action = given["action"]
    if action == "增加":
        return _place(shop, given)
    order = shop.order(given)
    if action == "查询":
        return order
    if order["订单状态"] not in BEFORE_PARCEL:
        raise ToolRefusal(f"订单{order['订单状态']}，不能{action}")
    if action == "取消":
        order["订单状态"] = "已取消"
    else:
        changed = {"详细地址": given.get("address"), "电话号码": given.get("phone_number")}
        order["收货地址"].update({name: value for name, value in changed.items() if value})
    return order


def _place(shop: ShopTools, given: Told) -> Told:
    orders, buyer = shop.orders(given), shop.buyer(given)
    number = NEW_ORDER
    lines = [
        {
            "商品ID": str(one["product_id"]),
            "单价": shop.product(given, one["product_id"])["商品价格"],
            "数量": int(one["quantity"]),
        }
        for one in listed(given["product_info_list"])
    ]
    orders[number] = {
        "用户ID": given["user_id"],
        "订单ID": number,
        "订单状态": "已付款",
        "订单总金额": round(sum(line["单价"] * line["数量"] for line in lines), 2),
        "是否加急": False,
        "订单商品列表": sorted(lines, key=lambda line: str(line["商品ID"])),
        "收货地址": {"收件人姓名": buyer["用户姓名"], "电话号码": buyer["电话号码"], **buyer["地址信息"]},
        "支付方式": given["payment"],
    }
    found: Told = orders[number]
    return found


def listed(value: Any) -> list[Any]:
    """A list that may have been written down as JSON text."""
    return list(json.loads(value) if isinstance(value, str) else value)


TOOLS: Mapping[str, Callable[[ShopTools, Told], Any]] = {
    "get_user_info": ShopTools.buyer,
    "get_user_orders_info": _orders_of,
    "get_logistics_info": ShopTools.logistics,
    "get_discount_info": ShopTools.discounts,
    "get_image_info": ShopTools.see,
    "get_repair_info": _part("维修说明"),
    "get_auxiliary_materials_info": _part("辅材材料"),
    "get_gift_info": _part("赠品信息"),
    "get_installation_service_info": _part("安装说明"),
    "get_product_info": _product,
    "get_fault_code_info": _fault,
    "compare_products_info": _compare,
    "manage_return": _return,
    "manage_exchange": _exchange,
    "manage_urgent": _urge,
    "manage_ecard": _card,
    "manage_order": _order,
    "schedule_service": ShopTools.book,
    "register_cashback_by_review": ShopTools.cashback,
    "manage_invoice": ShopTools.invoice,
    "transfer_to_specialist": lambda shop, given: {"说明": "已转接专线客服"},
}
"""Every tool by its name."""
