"""Orders changed by hand at the desk: by whom, within which limits, and with the buyer's own word."""

from typing import Any

import pytest
from deed_calls import bespoken
from front import OTHER, OWN, Front

from jinpai.orders.actions import record_orders
from jinpai.orders.model import Order, OrderRow
from jinpai.orders.store import find_order


def deed(front: Front, order: Order, name: str, body: dict[str, Any], role: str = "agent") -> Any:
    method = "POST" if name == "close" else "PUT"
    return front.client(role).request(
        method, f"/api/v1/orders/{order.id}/{name}", json={"seen": order.changed_at} | body
    )


def again(front: Front, order: Order) -> Order:
    with front.house.database.read() as connection:
        found = find_order(connection, front.house.sealer, OWN, order.number)
    assert found is not None
    return found


def history(front: Front, order: Order) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = front.client("agent").get(f"/api/v1/orders/{order.id}").json()["history"]
    return facts


def test_a_remark_with_its_flag_is_kept_once_with_the_agents_name(front: Front) -> None:
    order, _ = bespoken(front, OWN)
    for _ in range(2):
        answer = deed(front, order, "remark", {"remark": " 送一双袜子 ", "flag": "red"})
        assert (answer.status_code, answer.json()["remark"], answer.json()["flag"]) == (200, "送一双袜子", "red")
    told = history(front, order)
    assert [fact["kind"] for fact in told] == ["order_recorded", "order_changed"]
    assert told[1]["who"] == front.people.accounts["agent", OWN].name
    assert (told[1]["changes"], told[1]["fields"]) == ({"flag": ["", "red"]}, ["remark"])


def test_two_agents_on_one_order_the_second_is_shown_the_news(front: Front) -> None:
    order, _ = bespoken(front, OWN)
    assert deed(front, order, "remark", {"remark": "发顺丰", "flag": "red"}).status_code == 200
    late = deed(front, order, "remark", {"remark": "发EMS", "flag": "blue"}, "supervisor")
    assert late.status_code == (409 if again(front, order).changed_at != order.changed_at else 200)


def test_a_price_within_authority_is_changed_and_an_explicit_zero_freight_needs_the_right(front: Front) -> None:
    order, _ = bespoken(front, OWN)
    answer = deed(front, order, "price", {"goods": "450.00", "freight": "12"})
    assert (answer.status_code, answer.json()["total"], answer.json()["freight"]) == (200, "462.00", "12.00")
    order = again(front, order)
    refused = deed(front, order, "price", {"goods": "450", "freight": "0"})
    assert (refused.status_code, again(front, order)) == (403, order)
    assert deed(front, order, "price", {"goods": "450", "freight": "0"}, "supervisor").json()["total"] == "450.00"


def test_many_small_reductions_are_one_reduction(front: Front) -> None:
    order, _ = bespoken(front, OWN)
    for goods, status in (("450", 200), ("440", 200), ("438", 403)):
        order = again(front, order)
        assert deed(front, order, "price", {"goods": goods, "freight": "0"}).status_code == status


def test_nobody_goes_below_the_floor(front: Front) -> None:
    order, _ = bespoken(front, OWN)
    for role in ("agent", "supervisor", "owner"):
        answer = deed(front, order, "price", {"goods": "321.29", "freight": "0"}, role)
        assert answer.status_code == 403
        assert "321" not in answer.text
    assert deed(front, order, "price", {"goods": "321.30", "freight": "0"}, "supervisor").status_code == 200


@pytest.mark.parametrize("goods", ["-1", "1e3", "abc", "0.001", "0"])
def test_an_absurd_price_changes_nothing(front: Front, goods: str) -> None:
    order, _ = bespoken(front, OWN)
    answer = deed(front, order, "price", {"goods": goods, "freight": "0"}, "supervisor")
    assert answer.status_code in (400, 403)
    assert again(front, order) == order


def test_a_paid_order_keeps_its_price_and_is_not_closed_by_hand(front: Front) -> None:
    order, word = bespoken(front, OWN)
    row = OrderRow(order.number, state="paid", paid=order.total)
    front.house.writer.run(record_orders(front.house.sealer, OWN, [row]))
    order = again(front, order)
    assert deed(front, order, "price", {"goods": "450", "freight": "0"}).status_code == 409
    assert deed(front, order, "close", {"reason": "不想要了", "word": word}).status_code == 409
    moved = deed(front, order, "receiver", {"address": "李四 13900139000 江苏省南京市建邺区江东中路8号", "word": word})
    assert (moved.status_code, moved.json()["region"], moved.json()["receiver"]) == (200, "江苏", "李*")
    now = again(front, order)
    assert (now.receiver, now.phone, now.address) == ("李四", "13900139000", "江苏省南京市建邺区江东中路8号")


def test_what_has_left_goes_where_it_goes(front: Front) -> None:
    order, word = bespoken(front, OWN)
    front.house.writer.run(record_orders(front.house.sealer, OWN, [OrderRow(order.number, state="shipped")]))
    answer = deed(front, again(front, order), "receiver", {"address": "浙江省杭州市余杭区文一西路1号", "word": word})
    assert answer.status_code == 409


def test_the_shop_closes_only_with_the_buyers_own_word_and_a_true_reason(front: Front) -> None:
    order, word = bespoken(front, OWN)
    foreign = bespoken(front, OTHER)[1]
    nowhere = {**word, "seq": word["seq"] + 50}
    for bad in (foreign, nowhere):
        assert deed(front, order, "close", {"reason": "不想要了", "word": bad}).status_code == 400
    assert deed(front, order, "close", {"reason": "随便", "word": word}).status_code == 400
    assert again(front, order) == order
    for _ in range(2):
        answer = deed(front, order, "close", {"reason": "拍错了，拍多了", "word": word})
        assert (answer.status_code, answer.json()["state"], answer.json()["close_reason"]) == (
            200,
            "closed",
            "拍错了，拍多了",
        )
    last = history(front, order)[-1]
    assert (last["conversation"], last["seq"]) == (word["conversation"], word["seq"])


def test_another_colour_before_dispatch_costs_the_same_and_no_export_brings_the_old_one_back(front: Front) -> None:
    order, word = bespoken(front, OWN)
    answer = deed(front, order, "sku", {"line": 0, "sku": "tent-xiya-2p-sand", "word": word})
    assert (answer.status_code, answer.json()["items"][0]["sku"], answer.json()["total"]) == (200, "砂岩黄", "459.00")
    assert deed(front, order, "sku", {"line": 0, "sku": "tent-xiya-2p-green", "word": word}).status_code == 409
    told = OrderRow(order.number, state="paid", paid=45_900, items=order.items)
    front.house.writer.run(record_orders(front.house.sealer, OWN, [told]))
    paid = again(front, order)
    assert ([item.sku for item in paid.items], paid.state) == (["砂岩黄"], "paid")
    other = deed(front, paid, "sku", {"line": 0, "sku": "bottle-shanquan-white", "word": word})
    assert (other.status_code, again(front, order)) == (400, paid)


def test_what_another_colour_would_cost_is_told_before_anybody_is_asked(front: Front) -> None:
    order, word = bespoken(front, OWN)
    told = front.client("agent").get(f"/api/v1/orders/{order.id}/skus").json()
    assert {one["sku"]: one["total"] for one in told["items"]}["tent-xiya-2p-sand"] == told["total"]
    changed = deed(front, order, "sku", {"line": 0, "sku": "tent-xiya-2p-sand", "word": word}).json()
    assert changed["total"] == told["total"]
    front.house.writer.run(record_orders(front.house.sealer, OWN, [OrderRow(order.number, state="shipped")]))
    (late,) = front.client("agent").get(f"/api/v1/orders/{order.id}/skus").json()["items"]
    assert (late["name"], late["total"]) == ("苔绿", None)
    assert "已经发货" in late["problem"]
    assert front.client("agent").get(f"/api/v1/orders/{order.id}/skus?line=7").status_code == 400


def test_freight_that_is_missing_is_paid_once_by_an_order_of_its_own(front: Front) -> None:
    order, word = bespoken(front, OWN)
    collected = deed(front, order, "collect", {"collect": True, "word": word}).json()
    assert (collected["freight"], collected["remark"]) == ("0.00", "运费到付")
    other = bespoken(front, OWN)[0]
    front.house.writer.run(record_orders(front.house.sealer, OWN, [OrderRow(other.number, state="paid", paid=45_900)]))
    other = again(front, other)
    agent = front.client("agent")
    path, body = f"/api/v1/orders/{other.id}/difference", {"seen": other.changed_at, "amount": "8.50"}
    told = agent.post(path, json=body)
    assert (told.status_code, told.json()["order"]["total"]) == (200, "8.50")
    assert "¥8.50" in told.json()["text"]
    assert agent.post(path, json=body).status_code == 409
    due = told.json()["order"]["number"]
    front.house.writer.run(record_orders(front.house.sealer, OWN, [OrderRow(due, state="paid", paid=850)]))
    with front.house.database.read() as connection:
        paid = find_order(connection, front.house.sealer, OWN, due)
    assert paid is not None
    assert (paid.state, paid.belongs_to) == ("completed", other.id)


def test_many_orders_are_marked_together_and_what_changed_meanwhile_is_reported(front: Front) -> None:
    first, second = (bespoken(front, OWN)[0] for _ in range(2))
    body = {
        "flag": "red",
        "words": "易碎",
        "orders": [{"id": one.id, "seen": one.changed_at} for one in (first, second)],
    }
    body["orders"][1]["seen"] -= 1  # type: ignore[index]
    told = front.client("agent").post("/api/v1/orders/marks", json=body).json()
    assert [one["number"] for one in told["done"]] == [first.number]
    assert [(one["number"], one["why"]) for one in told["left"]] == [
        (second.number, "这个订单刚刚有变化，请看过最新的内容再改")
    ]
    assert (again(front, first).remark, again(front, first).flag, again(front, second)) == ("易碎", "red", second)
