"""The promise ledger over HTTP."""

from typing import Any

import pytest
from front import OTHER, OWN, Front
from order_calls import ORDER
from promise_calls import WORDS, promised

from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow

AGENT = "agent"


def read(front: Front, query: str = "") -> Any:
    return front.client(AGENT).get(f"/api/v1/promises{query}").json()


def settle(front: Front, id_: str, state: str, why: str = "") -> Any:
    return front.client(AGENT).post(f"/api/v1/promises/{id_}/settle", json={"state": state, "why": why})


def test_a_promise_is_listed_with_its_words_its_order_and_what_to_note(front: Front) -> None:
    id_ = promised(front, OWN)
    page = read(front, f"?shop={OWN}")
    (item,) = page["items"]
    assert (item["id"], item["text"], item["kind"]) == (id_, WORDS, "dispatch_by")
    assert item["order"]["check"] == "missing"
    assert item["propose"].endswith(WORDS)
    assert (page["open"], page["overdue"]) == (1, 0)
    parcels = read(front, "/parcels")
    assert [one["id"] for one in parcels["items"]] == [id_]


def test_a_settled_promise_leaves_the_open_ones_and_can_be_opened_again(front: Front) -> None:
    id_ = promised(front, OWN)
    answer = settle(front, id_, "kept").json()
    assert (answer["state"], answer["settled_by"]) == ("kept", front.people.accounts[AGENT, OWN].name)
    assert read(front)["items"] == []
    kept = read(front, "?state=kept")
    assert [one["id"] for one in kept["items"]] == [id_]
    assert settle(front, id_, "open").json()["settled_by"] == ""


def test_taking_a_promise_out_needs_a_reason(front: Front) -> None:
    answer = settle(front, promised(front, OWN), "void")
    assert answer.status_code == 400
    assert "原因" in answer.json()["detail"]


@pytest.mark.parametrize("state", ["kept", "void"])
def test_another_shop_s_promise_is_not_found(front: Front, state: str) -> None:
    assert settle(front, promised(front, OTHER), state, "听错了").status_code == 404


def test_what_has_left_is_no_longer_to_be_noted(front: Front) -> None:
    promised(front, OWN)
    assert read(front, "/parcels")["items"]
    left = OrderRow(ORDER.number, state="shipped")
    front.house.writer.run(record_orders(front.house.sealer, OWN, [left]))
    assert read(front, "/parcels")["items"] == []
