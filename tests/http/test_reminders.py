"""The register of reminders over HTTP: what agents see and do, and what the summary says."""

from front import Front
from reminder_calls import HOUR, reminder

from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow


def test_an_agent_sees_what_is_planned_and_leaves_one_out(front: Front) -> None:
    agent = front.client("agent")
    place = reminder(front, "demo")
    page = agent.get("/api/v1/reminders?tab=planned").json()
    assert page["counts"]["planned"] == len(page["items"]) == 1
    assert page["items"][0]["rule_title"] == "上午单，当天 15:00 前提醒"
    done = agent.post(f"{place}/skip", json={"why": "买家说晚上付"})
    assert (done.status_code, done.json()["state"], done.json()["why"]) == (200, "skipped", "买家说晚上付")
    assert agent.post(f"{place}/send", json={}).status_code == 409
    assert agent.get("/api/v1/reminders?tab=planned").json()["items"] == []


def test_an_agent_has_the_outline_of_a_call_with_their_name_and_notes_how_it_went(front: Front) -> None:
    agent = front.client("agent")
    place = reminder(front, "demo", "todo")
    (task,) = agent.get("/api/v1/reminders?tab=todo").json()["items"]
    name = front.people.accounts["agent", "demo"].name
    assert name in task["text"]
    assert "帐篷" in task["text"]
    done = agent.post(f"{place}/call", json={"outcome": "will_pay"}).json()
    assert (done["state"], done["outcome"], done["who"]) == ("sent", "will_pay", name)
    assert name in done["text"]


def test_the_summary_counts_what_a_reminder_brought(front: Front) -> None:
    agent = front.client("agent")
    place = reminder(front, "demo", "todo")
    done = agent.post(f"{place}/call", json={"outcome": "will_pay"}).json()
    assert done["result"] == "unpaid"
    front.clock.advance(HOUR)
    paid = OrderRow(done["number"], state="paid", paid=9_900, paid_at=front.clock.now())
    front.house.writer.run(record_orders(front.house.sealer, "demo", [paid]))
    (listed,) = [
        one for one in agent.get("/api/v1/reminders?tab=sent").json()["items"] if one["number"] == done["number"]
    ]
    assert (listed["result"], listed["paid"]) == ("paid", "99.00")
    summary = agent.get("/api/v1/reminders/summary?shop=demo").json()
    assert (summary["sent"], summary["paid"], summary["amount"]) == (1, 1, "99.00")
    groups = {group["by"]: group["rows"] for group in summary["groups"]}
    assert groups["means"][0]["key"] == "phone"
    assert groups["slot"][0]["title"] == "10:00–11:00"
    assert groups["author"][0]["title"] == front.people.accounts["agent", "demo"].name


def test_the_curve_of_the_shops_own_orders_stands_beside_the_table(front: Front) -> None:
    day = 24 * HOUR
    rows = []
    for n in range(200):
        at = front.clock.now() - 3 * day + n * 400_000
        delay = None if n % 7 == 0 else 8_000 if n % 2 else 5 * HOUR
        paid_at = None if delay is None else at + delay
        state = "closed" if delay is None else "paid"
        rows.append(OrderRow(f"C{n}", buyer_name=f"买家{n}", state=state, total=100, ordered_at=at, paid_at=paid_at))
    front.house.writer.run(record_orders(front.house.sealer, "demo", rows))
    curve = front.client("agent").get("/api/v1/reminders/summary?shop=demo").json()["curve"]
    assert curve["orders"] >= 200
    shares = [point["unpaid"] for point in curve["points"]]
    assert shares == sorted(shares, reverse=True)
    assert curve["proposals"]
    assert all(one["gain"] >= one["table_gain"] for one in curve["proposals"])
