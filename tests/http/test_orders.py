"""Orders at the desk: found, masked, looked at with a trace, and brought in by file."""

import io
import time
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from front import OTHER, OWN, Front
from order_calls import EXPORT, FIELDS, ORDER

from jinpai.orders.actions import record_orders
from jinpai.orders.model import Item, OrderRow, Parcel
from jinpai.orders.reviews import Review, record_reviews

SECOND = OrderRow(
    number="2611220002",
    buyer_name="慢慢走",
    state="shipped",
    total=12_800,
    title="登山杖_一对 100%碳纤维",
    items=(Item('外锁款 "远足"', "玄黑", 1, None, "pole-9"),),
    phone="13900136688",
    parcels=(Parcel("YT123456", "圆通"),),
    ordered_at=1_795_100_000_000,
)


@pytest.fixture
def desk(front: Front) -> Any:
    front.house.writer.run(record_orders(front.house.sealer, OWN, [SECOND]))
    return front.client("agent")


def numbers(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [order["number"] for order in answer.json()["items"]]


@pytest.mark.parametrize(
    "params",
    [
        {"q": "2611220002"}, {"q": "慢慢"}, {"q": "6688"}, {"q": "13900136688"}, {"q": "碳纤维"}, {"q": "YT123456"},
        {"q": "100%"}, {"q": "杖_一"}, {"number": "2611220002"}, {"buyer": "慢慢走"}, {"phone": "6688"},
        {"phone": "13900136688"}, {"product": "登山杖"}, {"tracking": "YT123456"}, {"state": "shipped"},
        {"q": "外锁"}, {"q": "玄黑"}, {"q": "pole-9"}, {"product": '"远足"'}, {"product": "玄黑"},
        {"since": "1795000000000", "until": "1795150000000"},
    ],
)  # fmt: skip
def test_the_one_order_is_found_by_whatever_the_buyer_says(desk: Any, params: dict[str, str]) -> None:
    assert numbers(desk.get("/api/v1/orders", params=params)) == [SECOND.number]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/api/v1/orders?stat=paid", "“stat”不认识，请核对写法；可以用的有：cursor、shop、q"),
        ("/api/v1/orders?state=paid&since=1&x=1&y=2&z=3&zz=4", "“x”、“y”、“z”不认识"),
        ("/api/v1/orders/close-reasons?shop=demo", "“shop”不认识，请核对写法；这个地址不带参数"),
    ],
)
def test_a_parameter_nobody_knows_is_named_not_passed_over(desk: Any, address: str, said: str) -> None:
    answer = desk.get(address)
    assert answer.status_code == 400
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    "params",
    [
        {"q": "1_0"}, {"q": "%"}, {"q": "null"}, {"q": '",'}, {"q": "],["}, {"phone": "9999"}, {"state": "delivered"},
        {"q": "没有的"},
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(desk: Any, params: dict[str, str]) -> None:
    found = numbers(desk.get("/api/v1/orders", params=params))
    assert found == ([SECOND.number] if params.get("q") == "%" else [])


def test_an_order_tells_how_it_ends_if_nobody_does_anything(desk: Any, front: Front) -> None:
    now = front.house.clock.now()
    unpaid = replace(SECOND, number="2611220077", state="unpaid", paid=0, parcels=(), ordered_at=now)
    front.house.writer.run(record_orders(front.house.sealer, OWN, [unpaid]))
    (id_,) = [one["id"] for one in desk.get("/api/v1/orders", params={"q": unpaid.number}).json()["items"]]
    assert desk.get(f"/api/v1/orders/{id_}").json()["ending"] == {"how": "closes", "at": now + 24 * 3_600_000}
    paid = replace(unpaid, state="paid", paid=12_800)
    front.house.writer.run(record_orders(front.house.sealer, OWN, [paid]))
    assert desk.get(f"/api/v1/orders/{id_}").json()["ending"] is None


def test_lists_show_nobody_in_full_and_only_ones_own_shops(desk: Any, front: Front) -> None:
    answer = desk.get("/api/v1/orders")
    assert ORDER.number in numbers(answer)
    for secret in ("13800138000", "张小满", "龙井路", "13900136688"):
        assert secret not in answer.text
    assert "138****8000" in answer.text
    assert {order["shop"] for order in answer.json()["items"]} == {OWN}
    assert answer.json()["counts"] == {"paid": 1, "shipped": 1, "unpaid": 1}
    assert desk.get("/api/v1/orders", params={"shop": OTHER}).status_code == 404


def test_pages_follow_each_other_without_gap_or_repetition(front: Front) -> None:
    rows = [OrderRow(f"P{number:04}", total=100, ordered_at=1_795_000_000_000 + number // 7) for number in range(120)]
    front.house.writer.run(record_orders(front.house.sealer, OWN, rows))
    client, seen, cursor = front.client("agent"), list[str](), None
    while True:
        page = client.get("/api/v1/orders", params={"q": "P0", **({"cursor": cursor} if cursor else {})}).json()
        seen += [order["number"] for order in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 120
    assert client.get("/api/v1/orders", params={"cursor": "nonsense"}).status_code == 400


def test_who_looked_at_an_address_is_written_down(front: Front) -> None:
    url = f"/api/v1/orders/{front.people.orders[OWN].order}"
    told = front.client("agent").post(f"{url}/reveal", json={}).json()
    assert told == {"receiver": ORDER.receiver, "phone": ORDER.phone, "address": ORDER.address}
    story = front.client("supervisor").get(url).json()
    assert [fact["kind"] for fact in story["history"]] == ["order_recorded", "order_revealed"]
    assert story["history"][1]["who"] == front.people.accounts["agent", OWN].name
    assert story["order"]["total"] == "459.00"
    assert story["order"]["receiver"] == "张**"


def test_orders_taken_along_are_those_of_the_list_masked_harmless_and_noted(front: Front) -> None:
    rows = [OrderRow("EVIL-1", buyer_name="=cmd|' /C calc'!A0", total=100, remark="+86", ordered_at=1)]
    front.house.writer.run(record_orders(front.house.sealer, OWN, rows))
    client = front.client("supervisor")
    answer = client.post("/api/v1/orders/export", params={"shop": OWN, "q": "EVIL"}, json={})
    (header, line) = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()  # type: ignore[union-attr]
    told = {str(name.value): cell for name, cell in zip(header, line, strict=True)}
    assert {cell.data_type for cell in line} <= {"s", "n"}
    assert (told["订单编号"].value, told["买家会员名"].value[:2], told["卖家备注"].value) == ("EVIL-1", "'=", "'+86")
    text = client.post("/api/v1/orders/export", params={"shop": OWN, "format": "csv"}, json={}).text
    assert ORDER.number in text
    assert "张**" in text
    assert ORDER.phone not in text
    assert str(ORDER.address) not in text
    (fact, *_) = front.client("owner").get("/api/v1/audit", params={"kind": "orders_exported"}).json()["items"]
    assert fact["data"]["orders"] >= 2


def test_what_the_buyer_said_of_an_order_stands_beside_it(front: Front) -> None:
    review = Review(ORDER.number, "bad", stars=1, text="掉色", reply="给您换")
    front.house.writer.run(record_reviews(OWN, [review], "system:import"))
    story = front.client("agent").get(f"/api/v1/orders/{front.people.orders[OWN].order}").json()
    (shown,) = story["reviews"]
    assert (shown["rating"], shown["stars"], shown["text"], shown["reply"]) == ("bad", 1, "掉色", "给您换")


def test_a_conversation_shows_the_orders_of_its_own_buyer_alone(front: Front) -> None:
    visitor = front.people.chats[OWN].visitor
    rows = [OrderRow("MINE", buyer=visitor.id, total=100)]
    front.house.writer.run(record_orders(front.house.sealer, OWN, rows))
    answer = front.client("agent").get(f"/api/v1/conversations/{visitor.conversation}/orders")
    assert numbers(answer) == ["MINE"]


def test_a_file_is_looked_at_corrected_and_taken_in(front: Front) -> None:
    client = front.client("supervisor")
    content = "单子,总金额,订单状态\n2611220009,59.90,等待买家付款\n坏 的,1,交易成功\n".encode("utf-16")
    added = client.post("/api/v1/imports", params={"shop": OWN, "name": "乱.csv"}, content=content)
    assert added.status_code == 201, added.text
    preview = added.json()
    assert preview["tally"] is None
    assert [column["field"] for column in preview["columns"]] == [None, "total", "state"]
    assert preview["lines"][0] == {"line": 2, "cells": ["2611220009", "59.90", "等待买家付款"]}
    url = f"/api/v1/imports/{preview['id']}"
    assert client.post(f"{url}/run", json={"fields": [None, "total", "state"]}).status_code == 400
    tally = client.post(f"{url}/preview", json={"fields": FIELDS}).json()["tally"]
    assert (tally["rows"], tally["created"], tally["rejected"][0]["line"]) == (2, 1, 3)
    assert numbers(client.get("/api/v1/orders", params={"number": "2611220009"})) == []
    assert client.post(f"{url}/run", json={"fields": FIELDS}).json()["state"] == "running"
    assert client.post(f"{url}/run", json={"fields": FIELDS}).status_code == 409
    done = wait_done(client, url)
    assert (done["state"], done["done"], done["tally"]["created"], done["tally"]["refused"]) == ("done", 2, 1, 1)
    assert numbers(client.get("/api/v1/orders", params={"number": "2611220009"})) == ["2611220009"]
    rejected = client.get(f"{url}/rejected")
    assert rejected.text.startswith("\ufeff行号,原因\r\n3,")
    again = client.post("/api/v1/imports", params={"shop": OWN}, content=content).json()
    assert [column["why"] for column in again["columns"]] == ["remembered"] * 3
    assert again["tally"]["unchanged"] == 1


def wait_done(client: Any, url: str) -> Any:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        view = client.get(url).json()
        if view["state"] in ("done", "failed"):
            return view
        time.sleep(0.1)
    raise AssertionError(view)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(64), b"PK\x03\x04" + bytes(64), b"[1,2]", b"a\nb"]
)
def test_a_file_that_is_no_table_leaves_nothing(front: Front, content: bytes) -> None:
    client = front.client("supervisor")
    before = front.state()
    answer = client.post("/api/v1/imports", params={"shop": OWN}, content=content)
    assert answer.status_code == 400
    assert front.state() == before


def test_a_file_too_large_for_the_page_is_turned_away(front: Front) -> None:
    answer = front.client("owner").post(f"/api/v1/imports?shop={OWN}", content=bytes((10 << 20) + 1))
    assert answer.status_code == 413


def test_the_kept_file_cannot_be_read_from_the_database(front: Front) -> None:
    with front.house.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT content FROM import_upload WHERE content IS NOT NULL").scalars().all()
    assert kept
    for sealed in kept:
        assert EXPORT not in bytes(sealed)
        assert b"2611220007" not in bytes(sealed)
