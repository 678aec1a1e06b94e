"""A remark per shop for the tests over HTTP, and a valid call per route about remarks."""

from collections.abc import Callable
from typing import Any

from situations import agent_of, state

from jinpai.desk.model import Draft
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.kit.ids import new_secret

Make = Callable[[Any, str], tuple[str, Any]]


def a_hit(front: Any, shop: str) -> str:
    """The agent of the shop sends something in spite of a warning, unless they did; returns the remark's id."""
    from sqlalchemy import select

    from jinpai.quality.store import guard_hit

    query = select(guard_hit.c.id).where(guard_hit.c.shop == shop)
    with front.house.database.read() as connection:
        known = connection.execute(query).scalars().first()
    if known is not None:
        return str(known)
    now, agent = state(front, shop), agent_of(front, shop)
    draft = Draft(shop, now.id, agent, "哦", new_secret(), confirmed=True, reason="熟客")
    answer = clear(front.house, draft, ())
    assert isinstance(answer, Cleared)
    front.house.writer.run(say(answer))
    return a_hit(front, shop)


def a_penalty(front: Any, shop: str) -> str:
    """Something the platform took from the shop, recorded anew; returns its id."""
    from jinpai.desk.model import Author
    from jinpai.quality.penalty_actions import Told, record_penalty

    rules = front.house.content.shop(shop).penalties
    told = Told("spam", 2, front.house.clock.now())
    return str(front.house.writer.run(record_penalty(shop, rules, told, Author("agent", "a_x", "主管"))).id)


HIT_CALLS: dict[str, Make] = {
    "GET /api/v1/hits": lambda front, shop: (f"/api/v1/hits?shop={shop}", None),
    "GET /api/v1/hits/counter-examples": lambda front, shop: (f"/api/v1/hits/counter-examples?shop={shop}", None),
    "POST /api/v1/hits/{hit_id}/appeal": lambda front, shop: (
        f"/api/v1/hits/{a_hit(front, shop)}/appeal",
        {"reason": "这是和老客户开玩笑"},
    ),
    "POST /api/v1/hits/{hit_id}/decision": lambda front, shop: (
        f"/api/v1/hits/{a_hit(front, shop)}/decision",
        {"verdict": "overturned", "reason": "老客户，可以这样说"},
    ),
    "GET /api/v1/points": lambda front, shop: (f"/api/v1/points?shop={shop}", None),
    "POST /api/v1/points/penalties": lambda front, shop: (
        "/api/v1/points/penalties",
        {"shop": shop, "violation": "spam", "points": 2, "day_at": front.house.clock.now()},
    ),
    "POST /api/v1/points/penalties/{penalty_id}/withdrawal": lambda front, shop: (
        f"/api/v1/points/penalties/{a_penalty(front, shop)}/withdrawal",
        {"reason": "申诉成功，平台已返还"},
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
