"""Tasks of customer service, on a small shop of our own: what buyers ask is done once, and nothing they did not ask."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from jinpai.copilot.tasks.scripted_buyer import say, show
from jinpai.entrypoints.cli.main import run

BUYER, OTHER = "buyer-lin", "buyer-zhou"
KETTLE, BIG_KETTLE, FAN = "2000000001", "2000000002", "2000000003"
OPEN, ARRIVED, SENT = "88880000001", "88880000002", "88880000003"
PLACE = {"platform": "own", "shop_id": "shop-1"}
PARAMETERS = (
    *("platform", "shop_id", "user_id", "order_id", "product_id", "action", "payment", "address", "phone_number"),
    *("amount", "quantity", "original_product_id", "exchange_product_id", "service_type", "service_time", "user_name"),
    *("title", "invoice_type", "fault_code", "needed_query", "summarized_query", "history_messages"),
)
TOOLS = (
    *("get_user_info", "get_user_orders_info", "get_logistics_info", "get_image_info", "get_product_info"),
    *("manage_return", "manage_exchange", "manage_urgent", "manage_ecard", "manage_order", "schedule_service"),
    *("register_cashback_by_review", "manage_invoice", "get_gift_info"),
)


def order(number: str, state: str, product: str, price: float, payment: str) -> dict[str, Any]:
    return {
        "用户ID": BUYER,
        "订单ID": number,
        "订单状态": state,
        "订单总金额": price,
        "是否加急": False,
        "订单商品列表": [{"商品ID": product, "单价": price, "数量": 1}],
        "收货地址": {"收件人姓名": "林小满", "电话号码": "13900000001", "详细地址": "和平路1号"},
        "支付方式": payment,
    }


def product(number: str, name: str, price: float) -> dict[str, Any]:
    offers = [
        {"商品ID": BIG_KETTLE, "商品描述": "麦浪电热水壶3升大容量", "商品状态": "已上架"},
        {"商品ID": "2000000009", "商品描述": "麦浪电热水壶2升", "商品状态": "缺货"},
    ]
    return {
        "商品ID": number,
        "商品名称": name,
        "商品状态": "已上架",
        "商品价格": price,
        "可换货商品": offers,
        "赠品信息": [],
    }


def write_folder(folder: Path, intents: Sequence[str], **right: Any) -> Path:
    person = {"用户姓名": "林小满", "电话号码": "13900000001", "电子卡余额": 300, "地址信息": {"详细地址": "和平路1号"}}
    orders = {
        OPEN: order(OPEN, "已付款", KETTLE, 129, "京东E卡"),
        ARRIVED: order(ARRIVED, "已签收", FAN, 199, "微信"),
        SENT: order(SENT, "已发货", FAN, 199, "微信"),
    }
    products = [product(KETTLE, "麦浪电热水壶1.5升", 129), product(BIG_KETTLE, "麦浪电热水壶3升", 189)]
    products.append(product(FAN, "清荷落地扇", 199))
    shop = {
        "users_info": {BUYER: person},
        "orders": {"own": {"shop-1": {BUYER: orders, OTHER: {}}}},
        "products": {"own": {"shop-1": {one["商品ID"]: one for one in products}}},
        "logistics": {"own": {"shop-1": {BUYER: {SENT: {"物流公司": "和风快递"}}}}},
    }
    (folder / "database").mkdir()
    for name, data in shop.items():
        (folder / "database" / f"{name}.json").write_text(json.dumps(data))
    described = [{"name": one, "type": "list" if one.endswith("list") else "string"} for one in PARAMETERS]
    described.append({"name": "product_info_list", "type": "list"})
    (folder / "tools.json").write_text(json.dumps([{"name": name, "parameters": described} for name in TOOLS]))
    task = {"id": 1, **PLACE, "user_id": BUYER, "intents": intents, "metadata": right}
    (folder / "tasks_one.json").write_text(json.dumps([task]))
    return folder


def serve(folder: Path, capsys: pytest.CaptureFixture[str]) -> Mapping[str, Any]:
    assert run(["eval", "tasks", str(folder), "--json"]) == 0
    first, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert last["summary"]["all"] == int(first["all"])
    return dict(first)


def action(name: str, **arguments: Any) -> dict[str, Any]:
    return {"name": name, "arguments": {**PLACE, "user_id": BUYER, **arguments}}


@pytest.mark.parametrize(
    ("intents", "actions"),
    [
        (
            [f"订单{OPEN}还没发货的话帮我取消"],
            [
                action("manage_order", order_id=OPEN, action="取消"),
                action("manage_ecard", action="退款", amount=129),
            ],
        ),
        ([f"看看订单{SENT}到哪了", "如果还没有送达，请加急"], [action("manage_urgent", order_id=SENT)]),
        (
            ["你想把电热水壶换成容量更大的型号", "最后，落地扇也想退货"],
            [
                action(
                    "manage_exchange",
                    order_id=OPEN,
                    action="换货",
                    original_product_id=KETTLE,
                    exchange_product_id=BIG_KETTLE,
                ),
                action("manage_return", order_id=ARRIVED),
            ],
        ),
        ([f"你想购买3台落地扇（商品ID：{FAN}），用京东E卡支付", "如果可以下单，帮你下单"], []),
        (["请问支持七天无理由退货吗", f"如果能退，再考虑订单{ARRIVED}退货的事"], []),
    ],
    ids=["cancel-and-refund", "hurry", "exchange", "card-too-small", "only-asking"],
)
def test_what_a_buyer_asks_is_done_and_nothing_else(
    intents: list[str], actions: list[Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = serve(write_folder(tmp_path, intents, actions=actions), capsys)
    assert told["action"], told["replies"]


def test_expected_look_ups_and_words_are_missed_where_they_are_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    searches = [{"name": "get_logistics_info_tool", "arguments": {**PLACE, "user_id": BUYER, "order_id": SENT}}]
    right = {"searches": searches, "outputs": ["海运"], "actions": [action("manage_return", order_id=ARRIVED)]}
    told = serve(write_folder(tmp_path, [f"订单{SENT}的物流到哪了"], **right), capsys)
    assert [told[part] for part in ("action", "search", "output", "all")] == [False, True, False, False]


def test_a_buyer_keeps_to_itself_what_it_may_not_tell_but_its_picture_shows_it() -> None:
    intents = [
        "你发了图片 https://pics.example/a.jpg 给客服看（注意，禁止向客服透露你着急）",
        "现在只卖88元（禁止向客服透露88元这个信息），你想申请价保",
    ]
    assert [say(one) for one in intents] == [
        "你发了图片 https://pics.example/a.jpg 给客服看",
        "现在只卖，你想申请价保",
    ]
    assert "88元" in show(intents, "https://pics.example/a.jpg")
    assert show(intents, "https://pics.example/b.jpg") == ""


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("tasks_one.json", "[{}]", "第 1 个任务"),
        ("tasks_one.json", "{", "不是有效的 JSON"),
        ("tools.json", "{}", "工具的列表"),
    ],
)
def test_a_folder_that_cannot_be_read_is_named(
    name: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(tmp_path, ["你好"])
    (folder / name).write_text(text)
    assert run(["eval", "tasks", str(folder)]) == 2
    assert said in capsys.readouterr().err
