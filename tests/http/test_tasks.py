"""Hand-overs over HTTP: what a list and a page show, and who may see whom an invoice goes to."""

from front import OWN, Front
from task_calls import TO, ask, handed

AGENT = "agent"


def test_a_list_counts_what_is_mine_and_shows_an_invoice_masked(front: Front) -> None:
    id_ = handed(front, OWN)
    client = front.client(AGENT)
    page = client.get(f"/api/v1/tasks?shop={OWN}&department=finance").json()
    (item,) = page["items"]
    assert (item["id"], item["department"], item["words"]) == (id_, "finance", "月底前要")
    assert (item["invoice"]["title"], item["invoice"]["to"], item["invoice"]["amount"]) == (
        "张**",
        "z***@example.com",
        "459.00",
    )
    assert page["counts"] == {"open": 1, "mine": 0, "late": 0, "returned": 0, "untold": 0}
    moved = client.post(f"/api/v1/tasks/{id_}/move", json={"to": "returned", "words": "抬头写全名"}).json()
    assert (moved["state"], moved["answer"]) == ("returned", "抬头写全名")
    assert [one["id"] for one in client.get("/api/v1/tasks?view=mine").json()["items"]] == [id_]


def test_who_looks_at_the_mailbox_is_noted_and_a_trainer_may_not(front: Front) -> None:
    id_ = handed(front, OWN)
    shown = front.client(AGENT).post(f"/api/v1/tasks/{id_}/reveal", json={}).json()
    assert (shown["title"], shown["to"]) == ("张小满", TO)
    story = front.client(AGENT).get(f"/api/v1/tasks/{id_}").json()
    assert [fact["kind"] for fact in story["history"]] == ["task_handed", "task_revealed"]
    assert story["history"][1]["who"] == front.people.accounts[AGENT, OWN].name
    assert front.client("trainer").post(f"/api/v1/tasks/{id_}/reveal", json={}).status_code == 403


def test_what_needs_an_order_is_not_handed_over_without_one(front: Front) -> None:
    client = front.client(AGENT)
    answer = client.post("/api/v1/tasks", json=ask(front, OWN) | {"kind": "chase-courier"})
    assert answer.status_code == 400
    assert "订单" in answer.json()["detail"]
    assert client.post("/api/v1/tasks", json={"kind": "check-stock", "words": "几件"}).status_code == 400
