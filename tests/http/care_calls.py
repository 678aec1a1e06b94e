"""A care task per call for the tests over HTTP, and a valid call per route of care."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from jinpai.adapters.sms.gateway import GatewaySms
from jinpai.care.model import DAY, Care, State
from jinpai.care.store import add_cares
from jinpai.desk.model import Author
from jinpai.desk.store import buyer
from jinpai.desk.visits import sealed_phone
from jinpai.flows.receive import Incoming, receive
from jinpai.kit.ids import new_id, new_secret

Make = Callable[[Any, str], tuple[str, Any]]

MORNING = 1_795_300_000_000
HOUR = 3_600_000


def task(front: Any, shop: str, state: State = "open") -> str:
    """A task, by day, to look after the shop's buyer; its goods came two days ago."""
    if front.clock.now() == MORNING:
        front.clock.advance(4 * HOUR)
    now, id_ = front.clock.now(), new_id("e")
    visitor = front.people.chats[shop].visitor
    hello = Incoming(shop, visitor.conversation, Author("buyer", visitor.id, visitor.name), "收到啦", new_secret())
    front.house.writer.run(receive(hello))
    made = Care(
        id=id_, shop=shop, buyer=visitor.id, key=id_, plan="care.received", occasion="received", about="帐篷",
        order_id=None, due_at=now - HOUR, ends_at=now + DAY, state=state, why="", means="", conversation=None,
        author="", fact=None, done_at=now - HOUR if state == "sent" else None, outcome="", settled_by="",
        created_at=now - 2 * DAY,
    )  # fmt: skip
    front.house.writer.run(lambda tx: add_cares(tx.connection, [made]))
    return id_


def to_text(front: Any, shop: str) -> str:
    """A task for a buyer whose number is known, in a house that has an SMS provider (which nobody calls)."""
    object.__setattr__(front.house, "sms", GatewaySms("http://127.0.0.1:9/", None))
    phone = sealed_phone(front.house.sealer, "13900139000")
    mine = sa.update(buyer).where(buyer.c.id == front.people.chats[shop].visitor.id).values(**phone)
    front.house.writer.run(lambda tx: tx.connection.execute(mine).rowcount)
    return task(front, shop)


CARE_CALLS: dict[str, Make] = {
    "GET /api/v1/care": lambda front, shop: (f"/api/v1/care?shop={shop}", None),
    "GET /api/v1/care/figures": lambda front, shop: (f"/api/v1/care/figures?shop={shop}", None),
    "POST /api/v1/care/{care_id}/send": lambda front, shop: (f"/api/v1/care/{task(front, shop)}/send", {}),
    "POST /api/v1/care/{care_id}/sms": lambda front, shop: (f"/api/v1/care/{to_text(front, shop)}/sms", {}),
    "POST /api/v1/care/{care_id}/call": lambda front, shop: (
        f"/api/v1/care/{task(front, shop)}/call",
        {"outcome": "answered"},
    ),
    "POST /api/v1/care/{care_id}/outcome": lambda front, shop: (
        f"/api/v1/care/{task(front, shop, 'sent')}/outcome",
        {"outcome": "bought"},
    ),
    "POST /api/v1/care/{care_id}/skip": lambda front, shop: (
        f"/api/v1/care/{task(front, shop)}/skip",
        {"why": "刚通过电话"},
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
