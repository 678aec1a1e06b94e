"""An assistant outside, over the Model Context Protocol: it sees what its colleague may see, and sends nothing."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from front import OTHER, OWN, Front
from situations import state, waiting

from jinpai.entrypoints.mcp.house_tools import INSTRUCTIONS, house_tools
from jinpai.entrypoints.mcp.protocol import Session
from jinpai.kit.errors import BadInput

Use = Callable[..., Mapping[str, Any]]


@pytest.fixture
def use(front: Front) -> Use:
    """Calls a tool as the shop's agent; the result as the protocol tells it."""
    client = front.client("agent")

    def ask(method: str, path: str, body: Mapping[str, Any] | None) -> Any:
        answer = client.request(method, path, json=body)
        if answer.status_code >= 400:
            raise BadInput(answer.json()["detail"])
        return answer.json()

    session = Session(house_tools(ask), INSTRUCTIONS, "1")

    def call(name: str, **arguments: Any) -> Mapping[str, Any]:
        params = {"name": name, "arguments": arguments}
        line = session.answer(json.dumps({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params}))
        told: dict[str, Any] = json.loads(line or "{}")
        assert told["id"] == 7
        return dict(told["result"])

    return call


def text(told: Mapping[str, Any]) -> str:
    return str(told["content"][0]["text"])


def kinds(front: Front) -> list[str]:
    chat = state(front, OWN).id
    events = front.client("agent").get(f"/api/v1/conversations/{chat}/events").json()["events"]
    return [one["kind"] for one in events]


def test_a_proposal_lies_before_the_agent_and_the_buyer_hears_nothing(front: Front, use: Use) -> None:
    waiting(front, OWN)
    told = use("propose_reply", conversation=state(front, OWN).id, text="亲，在的，您想看哪一款呢？")
    assert not told["isError"], text(told)
    assert json.loads(text(told))["sent"] is False
    assert kinds(front)[-1] == "offered"
    assert "message_out" not in kinds(front)


def test_a_proposal_the_guard_does_not_pass_is_told_why_and_laid_nowhere(front: Front, use: Use) -> None:
    waiting(front, OWN)
    before = kinds(front)
    told = use("propose_reply", conversation=state(front, OWN).id, text="加我微信 qinghe2026 给您便宜点")
    assert told["isError"]
    assert "没有通过检查：" in text(told)
    assert kinds(front) == before


def test_another_shop_is_as_closed_as_to_the_colleague(front: Front, use: Use) -> None:
    waiting(front, OTHER)
    chat = state(front, OTHER).id
    for name, more in (("read_conversation", {}), ("buyer_orders", {}), ("propose_reply", {"text": "您好"})):
        assert use(name, conversation=chat, **more)["isError"], name
    assert use("stock_and_price", shop=OTHER, words="")["isError"]


def test_what_is_looked_up_is_what_the_desk_shows(front: Front, use: Use) -> None:
    goods = json.loads(text(use("stock_and_price", shop=OWN, words="")))
    assert all({"price", "stock"} <= set(sku) for one in goods for sku in one["skus"])
    assert goods
    quoted = json.loads(text(use("freight_quote", shop=OWN, to="浙江杭州", weight="1")))
    assert quoted["best"]["price"] == "12.00"
    chat = state(front, OWN).id
    for told in (
        use("my_shops"),
        use("find_scripts", shop=OWN, words="发货"),
        use("search_faq", shop=OWN, words=""),
        use("list_conversations", shop=OWN, view="all"),
        use("buyer_orders", conversation=chat),
        use("read_conversation", conversation=chat),
    ):
        assert not told["isError"], text(told)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", -32700),
        ("[]", -32600),
        ('{"jsonrpc": "2.0", "id": 1, "method": "tools/eat"}', -32601),
        ('{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "send"}}', -32602),
        ('{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "advice"}}', -32602),
    ],
)
def test_a_broken_request_is_answered_by_the_code_of_the_protocol(line: str, code: int) -> None:
    session = Session(house_tools(lambda method, path, body: None), INSTRUCTIONS, "1")
    assert json.loads(session.answer(line) or "{}")["error"]["code"] == code
    assert session.answer('{"jsonrpc": "2.0", "method": "notifications/initialized"}') is None
    asked = {"jsonrpc": "2.0", "id": 2, "method": "initialize", "params": {"protocolVersion": "2024-11-05"}}
    told = json.loads(session.answer(json.dumps(asked)) or "{}")["result"]
    assert told["protocolVersion"] == "2024-11-05"
