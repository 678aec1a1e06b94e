"""Bargaining over HTTP: the card without the floor, asking and answering, and the order at the price approved."""

from dataclasses import replace
from typing import Any

import pytest
from bargain_calls import TENT, asked, unasked
from front import OTHER, OWN, Front
from order_calls import ORDER
from situations import state

from jinpai.desk.model import Author
from jinpai.flows.receive import Incoming, receive
from jinpai.kit.ids import new_secret
from jinpai.orders.actions import record_orders
from jinpai.orders.model import Item, Order
from jinpai.orders.store import find_order


def says(front: Front, text: str) -> None:
    now = state(front, OWN)
    buyer = Author("buyer", now.buyer, now.buyer_name)
    front.house.writer.run(receive(Incoming(OWN, now.id, buyer, text, new_secret())))


def ask(front: Front, off: str, **more: Any) -> Any:
    body = {"product": TENT.product, "off": off, "reason": "买家诚心要", **more}
    return front.client("agent").post(f"/api/v1/conversations/{state(front, OWN).id}/approvals", json=body)


def answer(front: Front, id_: str, verdict: str, role: str = "supervisor", **more: Any) -> Any:
    return front.client(role).post(f"/api/v1/approvals/{id_}/answer", json={"verdict": verdict, **more})


def unpaid(front: Front) -> Order:
    """An unpaid order of the buyer for one tent."""
    number = f"28{new_secret()[:12]}"
    items = (Item("溪崖 双人三季帐篷 双层防雨 铝杆自立式", "苔绿", 1, TENT.price),)
    row = replace(ORDER, number=number, state="unpaid", paid=0, buyer=state(front, OWN).buyer, items=items)
    row = replace(row, total=TENT.price, freight=0)
    front.house.writer.run(record_orders(front.house.sealer, OWN, [row]))
    with front.house.database.read() as connection:
        found = find_order(connection, front.house.sealer, OWN, number)
    assert found is not None
    return found


def reprice(front: Front, order: Order, goods: str) -> Any:
    body = {"seen": order.changed_at, "goods": goods, "freight": "0"}
    return front.client("agent").put(f"/api/v1/orders/{order.id}/price", json=body)


def test_the_card_tells_the_step_and_never_the_floor(front: Front) -> None:
    says(front, "溪崖双人帐能便宜点吗")
    told = front.client("agent").get(f"/api/v1/conversations/{state(front, OWN).id}/bargain")
    card = told.json()
    assert (card["active"], card["attitude"], card["move"]["rung"]) == (True, "testing", 1)
    assert card["goods"] == {"product": TENT.product, "title": "溪崖双人帐", "price": "459.00"}
    assert "321" not in told.text
    assert card["lines"]


def test_what_was_approved_is_the_price_of_one_order_and_its_history_says_so(front: Front) -> None:
    unasked(front, OWN)
    order, other = unpaid(front), unpaid(front)
    assert reprice(front, order, "419.00").status_code == 403
    request = ask(front, "40").json()
    assert answer(front, request["id"], "approved").json()["granted"] == "40.00"
    assert reprice(front, order, "418.99").status_code == 403
    changed = reprice(front, order, "419.00")
    assert (changed.status_code, changed.json()["total"]) == (200, "419.00")
    assert reprice(front, other, "419.00").status_code == 403
    assert reprice(front, other, "440.00").status_code == 200


def test_two_answers_the_second_is_a_conflict_that_names_who_was_first(front: Front) -> None:
    id_ = asked(front, OWN)
    assert answer(front, id_, "refused", words="换季刚降过").status_code == 200
    second = answer(front, id_, "approved", role="owner")
    assert second.status_code == 409
    assert front.people.accounts["supervisor", OWN].name in second.json()["detail"]


@pytest.mark.parametrize("off", ["0", "-5", "459", "1e3", "四十", "100000000", "200"])
def test_an_absurd_amount_is_told_and_nothing_is_asked(front: Front, off: str) -> None:
    unasked(front, OWN)
    before = front.state()["bargain_request"]
    assert ask(front, off).status_code == 400
    assert front.state()["bargain_request"] == before


def test_another_shop_s_request_is_not_found(front: Front) -> None:
    assert answer(front, asked(front, OTHER), "approved").status_code == 404
