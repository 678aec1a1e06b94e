"""A question many buyers ask per shop for the tests over HTTP, and a valid call per route."""

from collections.abc import Callable
from typing import Any

from situations import agent_of, state, waiting

from jinpai.knowledge.actions import decide
from jinpai.knowledge.model import Question, Topic
from jinpai.knowledge.store import Decision, list_decisions

PATH = "/api/v1/copilot/questions"
SAID = "撑杆断了可以单买吗"
PROPOSED = {
    "kind": "script",
    "question": SAID,
    "answer": "撑杆可以单独补，您告诉{客服}是哪一根就行",
    "product": "",
    "scene": "dialogue.stock",
}


def asked(front: Any, shop: str) -> int:
    """The question that stands for a topic of this shop, as if it had been gathered just now."""
    waiting(front, shop)
    chat, now = state(front, shop), front.house.clock.now()
    question = Question(1, chat.id, 1, now, SAID, is_unanswered=True)
    topic = Topic((question,), 1, 0, 1, 0, True, None, None, "", 0.0, None, None, "")
    front.house.topics.hold(shop, now, [topic])
    return question.fact


def decided(front: Any, shop: str, *, fresh: bool = False) -> str:
    """The id of a proposal that holds."""
    with front.house.database.read() as connection:
        known = list_decisions(connection, shop)
    if known and not fresh:
        return known[0].id
    chat, person = state(front, shop), agent_of(front, shop)
    new = Decision("", shop, 1, chat.id, 1, len(known) + 1, "proposed", "", person.id, 0, PROPOSED, 0)
    return front.house.writer.run(decide(new)).id


Make = Callable[[Any, str], tuple[str, Any]]

QUESTION_CALLS: dict[str, Make] = {
    f"GET {PATH}": lambda front, shop: (f"{PATH}?shop={shop}&state=aside", None),
    f"GET {PATH}/sketch": lambda front, shop: (f"{PATH}/sketch?shop={shop}&fact={asked(front, shop)}", None),
    f"POST {PATH}/aside": lambda front, shop: (
        f"{PATH}/aside",
        {"shop": shop, "fact": asked(front, shop), "reason": "每单情况不同"},
    ),
    f"POST {PATH}/propose": lambda front, shop: (
        f"{PATH}/propose",
        {"shop": shop, "fact": asked(front, shop), **PROPOSED},
    ),
    f"POST {PATH}/decisions/{{decision_id}}/publish": lambda front, shop: (
        f"{PATH}/decisions/{decided(front, shop)}/publish",
        {},
    ),
    f"POST {PATH}/decisions/{{decision_id}}/undo": lambda front, shop: (
        f"{PATH}/decisions/{decided(front, shop)}/undo",
        {},
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
