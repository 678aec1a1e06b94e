"""The queue as sockets see it: places pushed to buyers, colleagues to agents, and who answers to everybody."""

import asyncio
from typing import Any

import pytest
from tests.support.client import Client, Frame, agent, buyer
from tests.support.server import Answer, Server

pytestmark = pytest.mark.anyio


async def at_desk(server: Server, login: str = "xiaolin") -> Client:
    """An agent whose desk is open."""
    client = await agent(server, login)
    await client.send_frame({"t": "inbox"})
    me = client.welcome["me"]["id"]
    await client.until(lambda f: f["t"] == "presence" and f["account"] == me and f["online"])
    return client


async def ask(server: Server, login: str, method: str, path: str, body: Any = None) -> Answer:
    headers = await asyncio.to_thread(server.sign_in, login)
    return await asyncio.to_thread(server.request, method, path, body, headers)


def last(client: Client, kind: str) -> Frame:
    return [frame for frame in client.frames if frame["t"] == kind][-1]


def is_line(frame: Frame, conversation: str, **like: Any) -> bool:
    """Whether the frame is this conversation's line with these values."""
    line = frame.get("conversation", {})
    return line.get("id") == conversation and all(line[name] == value for name, value in like.items())


async def clear_desks(server: Server) -> None:
    """Whatever the demo shop's past left in the queue is taken by an agent who then takes no more."""
    client = await at_desk(server, "xiaolin")
    await asyncio.sleep(1)
    answer = await ask(server, "xiaolin", "PUT", "/api/v1/presence", {"status": "off"})
    assert answer.status == 200, answer.body
    await client.close()


async def test_a_buyer_is_told_the_place_then_who_answers(server: Server) -> None:
    await clear_desks(server)
    first, c_first = await buyer(server)
    await first.say(c_first, "在吗")
    second, c_second = await buyer(server)
    await second.say(c_second, "有人吗")
    assert (await first.until(lambda f: f["t"] == "queue"))["position"] == 1
    told = await second.until(lambda f: f["t"] == "queue")
    assert (told["position"], told["ahead"]) == (2, 1)
    assert last(second, "service")["by"] == "nobody"
    zhao = await at_desk(server, "azhao")
    service = await second.until(lambda f: f["t"] == "service" and f["by"] == "person")
    assert service["agent"] == "阿昭"
    await second.until(lambda f: f["t"] == "queue" and f["position"] == 0)
    for client in (first, second, zhao):
        await client.close()


async def test_one_is_faster_and_the_other_is_told_who(server: Server) -> None:
    await clear_desks(server)
    asking, conversation = await buyer(server)
    await asking.say(conversation, "在吗")
    lin, zhao = await at_desk(server, "xiaolin"), await at_desk(server, "azhao")
    await asking.until(lambda f: f["t"] == "service" and f["by"] == "person")
    name = last(asking, "service")["agent"]
    slow = "azhao" if name == "小林" else "xiaolin"
    refused = await ask(server, slow, "POST", f"/api/v1/conversations/{conversation}/take", {})
    assert refused.status == 409
    assert name in refused.json()["detail"]
    for client in (asking, lin, zhao):
        await client.close()


async def test_colleagues_learn_of_each_others_status_and_a_supervisor_may_set_it(server: Server) -> None:
    lin, zhou = await at_desk(server), await at_desk(server, "zhoulan")
    me = lin.welcome["me"]["id"]
    answer = await ask(server, "zhoulan", "PUT", f"/api/v1/presence/{me}", {"status": "busy"})
    assert answer.status == 200
    told = await lin.until(lambda f: f["t"] == "presence" and f["account"] == me and f["status"] == "busy")
    assert told["capacity"] >= 1
    await zhou.until(lambda f: f["t"] == "presence" and f["account"] == me and f["status"] == "busy")
    refused = await ask(server, "xiaolin", "PUT", f"/api/v1/presence/{me}", {"status": "online"})
    assert refused.status == 403
    await lin.close()
    await zhou.until(lambda f: f["t"] == "presence" and f["account"] == me and not f["online"])
    await zhou.close()


async def test_the_list_shows_places_tags_and_the_rating_asked_for(server: Server) -> None:
    await clear_desks(server)
    asking, conversation = await buyer(server)
    zhao = await at_desk(server, "azhao")
    await ask(server, "azhao", "PUT", "/api/v1/presence", {"status": "busy"})
    await asking.say(conversation, "在吗")
    row = await zhao.until(lambda f: is_line(f, conversation, position=1))
    assert row["conversation"]["group"] in ("presale", None)
    path = f"/api/v1/conversations/{conversation}"
    assert (await ask(server, "azhao", "POST", f"{path}/take", {})).status == 200
    assert (await ask(server, "azhao", "PUT", f"{path}/tags", {"tags": ["露营新手"]})).status == 200
    unanswered = await ask(server, "azhao", "POST", f"{path}/close", {})
    assert unanswered.status == 400
    await zhao.follow(conversation)
    await zhao.say(conversation, "您好，山野集阿昭为您服务😊 您想看看哪款呢？")
    assert (await ask(server, "azhao", "POST", f"{path}/close", {})).status == 200
    await asking.until(lambda f: f["t"] == "events" and any(e["kind"] == "rate" for e in f["events"]))
    closed = await zhao.until(
        lambda f: (
            f["t"] == "conv" and f["conversation"]["id"] == conversation and f["conversation"]["status"] == "closed"
        )
    )
    assert closed["conversation"]["tags"] == ["露营新手"]
    kinds = [event["kind"] for event in asking.events[conversation]]
    assert not {"assigned", "queued", "tagged"} & set(kinds)
    for client in (asking, zhao):
        await client.close()


async def test_a_line_the_guard_would_stop_is_not_taken_for_ones_own(server: Server) -> None:
    body = {"status": "online", "line": "加我微信 lin88661234 便宜"}
    refused = await ask(server, "xiaolin", "PUT", "/api/v1/presence", body)
    assert refused.status == 400
    assert "附言" in refused.json()["detail"]
