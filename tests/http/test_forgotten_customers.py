"""Forgetting a customer over HTTP: done again it erases what came since, and the record tells of it."""

from typing import Any

from customer_calls import another
from front import OWN, Front

from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow

NOBODY = "已删除的客户"
NOTHING = {"rows": 0, "orders": 0, "reviews": 0, "files": 0, "beside": 0}


def bring_order(front: Front, buyer: str, state: Any = "completed") -> None:
    row = OrderRow("900077", buyer=buyer, state=state, paid=9_900, receiver="静静", ordered_at=front.house.clock.now())
    front.house.writer.run(record_orders(front.house.sealer, OWN, [row]))


def erase(front: Front, buyer: str, confirm: str) -> Any:
    return front.client("owner").post(f"/api/v1/customers/{buyer}/erase", json={"confirm": confirm})


def record(front: Front, buyer: str) -> Any:
    return front.client("supervisor").get(f"/api/v1/customers/{buyer}").json()


def returned(front: Front) -> list[str]:
    items = front.client("supervisor").get(f"/api/v1/customers?shop={OWN}&which=returned").json()["items"]
    return [one["id"] for one in items]


def test_a_record_tells_when_it_was_erased_and_what_has_come_back(front: Front) -> None:
    buyer = another(front, OWN)
    bring_order(front, buyer)
    before = record(front, buyer)
    assert (before["erased_at"], before["returned"]) == (None, {"orders": 0, "reviews": 0})
    assert erase(front, buyer, "静静").json()["orders"] == 1
    gone = record(front, buyer)
    assert (gone["erased_at"], gone["returned"]) == (front.house.clock.now(), {"orders": 0, "reviews": 0})
    assert returned(front) == []
    bring_order(front, buyer)
    back = record(front, buyer)
    assert (back["customer"]["name"], back["returned"]) == (NOBODY, {"orders": 1, "reviews": 0})
    assert returned(front) == [buyer]
    assert back["contact"] == {"phone": "", "receiver": "", "address": ""}
    revealed = front.client("owner").post(f"/api/v1/customers/{buyer}/reveal", json={}).json()
    assert revealed == back["contact"]
    assert erase(front, buyer, NOBODY).json() == {**NOTHING, "orders": 1}
    assert erase(front, buyer, NOBODY).json() == NOTHING
    assert returned(front) == []


def test_what_has_come_back_goes_by_its_name_alone_and_not_while_it_is_needed(front: Front) -> None:
    buyer = another(front, OWN)
    assert erase(front, buyer, "静静").status_code == 200
    bring_order(front, buyer)
    slip = erase(front, buyer, "静静")
    assert slip.status_code == 400
    assert NOBODY in slip.json()["detail"]
    assert (
        front.client("supervisor").post(f"/api/v1/customers/{buyer}/erase", json={"confirm": NOBODY}).status_code == 403
    )
    assert record(front, buyer)["returned"]["orders"] == 1


def test_a_forgotten_customer_is_written_about_no_more(front: Front) -> None:
    buyer = another(front, OWN)
    erase(front, buyer, "静静")
    answer = front.client("owner").put(f"/api/v1/customers/{buyer}", json={"quiet": False, "note": "静静"})
    assert answer.status_code == 404
    assert "已按本人要求删除" in answer.json()["detail"]
