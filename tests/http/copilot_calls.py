"""A correction per shop for the tests over HTTP, and a valid call per route of the copilot."""

from collections.abc import Callable
from typing import Any

from situations import agent_of, state, waiting

from jinpai.copilot.llm.setting import Wanted, set_model
from jinpai.copilot.recommending.outcome import Given, give
from jinpai.flows.learning.correcting import put_right

SAID, MEANT = "在吗", "exchange"


def corrected(front: Any, shop: str) -> str:
    """The id of a correction that holds, of what the shop's buyer said."""
    waiting(front, shop)
    return put_right(front.house, state(front, shop), agent_of(front, shop), SAID, "", MEANT).id


def recommended(front: Any, shop: str) -> str:
    """The id of a recommendation that the shop's buyer was given."""
    one = state(front, shop)
    given = Given("rc_1" + shop, shop, one.id, one.buyer, "a_1", "tent", "", "main_push", "recommend.main_push", 1)
    front.house.writer.run(give([given]))
    return given.id


def model_set(shop: str) -> dict[str, Any]:
    """What a shop sets of its language model; nobody answers at this address."""
    bounds = {"daily_tokens": 1_000_000, "monthly_tokens": None, "limit_ms": 1_000, "price_read": 200}
    where = {"shop": shop, "is_on": False, "url": "http://192.0.2.1/v1", "model": "small", "is_near": False}
    return {**where, **bounds, "key": "k-secret", "uses": ["phrase_reply"], "price_written": 800}


def with_model(front: Any, shop: str) -> dict[str, Any]:
    """The shop, which has a language model now."""
    front.house.writer.run(set_model(front.house.sealer, Wanted(**model_set(shop)), "operator"))
    return {"shop": shop}


def asked(front: Any, shop: str) -> str:
    """The shop's conversation, in which the buyer has asked."""
    waiting(front, shop)
    return f"/api/v1/conversations/{state(front, shop).id}"


Make = Callable[[Any, str], tuple[str, Any]]

COPILOT_CALLS: dict[str, Make] = {
    "GET /api/v1/copilot/feedback": lambda front, shop: (f"/api/v1/copilot/feedback?shop={shop}&days=30", None),
    "GET /api/v1/copilot/intents": lambda front, shop: (f"/api/v1/copilot/intents?shop={shop}", None),
    "POST /api/v1/conversations/{conversation_id}/corrections": lambda front, shop: (
        f"{asked(front, shop)}/corrections",
        {"words": SAID, "heard": "", "meant": MEANT},
    ),
    "GET /api/v1/copilot/corrections": lambda front, shop: (f"/api/v1/copilot/corrections?shop={shop}", None),
    "POST /api/v1/copilot/corrections/{correction_id}/undo": lambda front, shop: (
        f"/api/v1/copilot/corrections/{corrected(front, shop)}/undo",
        {},
    ),
    "GET /api/v1/conversations/{conversation_id}/advice/phrased": lambda front, shop: (
        f"{asked(front, shop)}/advice/phrased",
        None,
    ),
    "POST /api/v1/conversations/{conversation_id}/draft": lambda front, shop: (
        f"{asked(front, shop)}/draft",
        {"id": "d" * 22, "text": "您好，我帮您看一下"},
    ),
    "GET /api/v1/wall/alarms": lambda front, shop: (f"/api/v1/wall/alarms?shop={shop}", None),
    "GET /api/v1/copilot/modes": lambda front, shop: (f"/api/v1/copilot/modes?shop={shop}", None),
    "GET /api/v1/copilot/rehearsal": lambda front, shop: (
        f"/api/v1/copilot/rehearsal?shop={shop}&mode=full&day=2026-10-01",
        None,
    ),
    "POST /api/v1/conversations/{conversation_id}/recommendations": lambda front, shop: (
        f"{asked(front, shop)}/recommendations",
        {},
    ),
    "POST /api/v1/conversations/{conversation_id}/recommendations/{recommendation_id}/refusal": lambda front, shop: (
        f"{asked(front, shop)}/recommendations/{recommended(front, shop)}/refusal",
        {"refused": True},
    ),
    "GET /api/v1/copilot/recommendations": lambda front, shop: (
        f"/api/v1/copilot/recommendations?shop={shop}&days=30",
        None,
    ),
    "GET /api/v1/copilot/model": lambda front, shop: (f"/api/v1/copilot/model?shop={shop}", None),
    "PUT /api/v1/copilot/model": lambda front, shop: ("/api/v1/copilot/model", model_set(shop)),
    "DELETE /api/v1/copilot/model": lambda front, shop: (f"/api/v1/copilot/model?shop={shop}", None),
    "POST /api/v1/copilot/model/try": lambda front, shop: ("/api/v1/copilot/model/try", with_model(front, shop)),
    "GET /api/v1/copilot/model/calls": lambda front, shop: (f"/api/v1/copilot/model/calls?shop={shop}", None),
    "GET /api/v1/conversations/{conversation_id}/summary": lambda front, shop: (f"{asked(front, shop)}/summary", None),
    "GET /api/v1/conversations/{conversation_id}/summary/told": lambda front, shop: (
        f"{asked(front, shop)}/summary/told",
        None,
    ),
    "GET /api/v1/copilot/learning": lambda front, shop: (f"/api/v1/copilot/learning?shop={shop}", None),
    "GET /api/v1/copilot/confusions": lambda front, shop: (f"/api/v1/copilot/confusions?shop={shop}", None),
    "POST /api/v1/copilot/examples": lambda front, shop: (
        "/api/v1/copilot/examples",
        {"shop": shop, "text": "这件能换个大一号的不", "meant": MEANT},
    ),
    "POST /api/v1/copilot/learn": lambda front, shop: ("/api/v1/copilot/learn", {"shop": shop}),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
