"""A reminder per call for the tests over HTTP, and a valid call per route of reminders."""

from collections.abc import Callable
from typing import Any

from jinpai.kit.ids import new_id
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow
from jinpai.orders.store import find_order
from jinpai.reminders.store import Reminder, State, add_reminders

MORNING = 1_795_300_000_000
HOUR = 3_600_000


def reminder(front: Any, shop: str, state: State = "planned") -> str:
    """A new unpaid order of a buyer with a phone, by day, and its reminder in this state; a call where it is `todo`."""
    if front.clock.now() == MORNING:
        front.clock.advance(4 * HOUR)
    number, now = new_id("n"), front.clock.now()
    row = OrderRow(number, buyer_name="山里人", state="unpaid", total=9_900, title="帐篷", phone="13800138000")
    front.house.writer.run(record_orders(front.house.sealer, shop, [row]))
    with front.house.database.read() as connection:
        order = find_order(connection, front.house.sealer, shop, number)
    assert order is not None
    made = Reminder(
        id=new_id("r"), shop=shop, order_id=order.id, number=number, buyer_name="山里人", round=1, rule="08-11",
        due_at=now + HOUR, closes_at=now + 24 * HOUR, moved="", state=state, why="",
        means="phone" if state == "todo" else "sms", reason="unknown", script="reminder.phone.warm",
        conversation=None, author="", fact=None, outcome="", sent_at=None, created_at=now,
    )  # fmt: skip
    front.house.writer.run(lambda tx: add_reminders(tx.connection, [made]))
    return f"/api/v1/reminders/{made.id}"


Make = Callable[[Any, str], tuple[str, Any]]

REMINDER_CALLS: dict[str, Make] = {
    "GET /api/v1/reminders": lambda front, shop: (f"/api/v1/reminders?shop={shop}&tab=planned", None),
    "GET /api/v1/reminders/summary": lambda front, shop: (f"/api/v1/reminders/summary?shop={shop}&days=7", None),
    "POST /api/v1/reminders/{reminder_id}/send": lambda front, shop: (f"{reminder(front, shop)}/send", {}),
    "POST /api/v1/reminders/{reminder_id}/skip": lambda front, shop: (
        f"{reminder(front, shop)}/skip",
        {"why": "买家说晚上付"},
    ),
    "POST /api/v1/reminders/{reminder_id}/call": lambda front, shop: (
        f"{reminder(front, shop, 'todo')}/call",
        {"outcome": "will_pay"},
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
