"""Every frame a client can send × every party × own and other shop: exactly what the one table of rights says."""

import asyncio
from typing import Any

import pytest
from tests.support.client import Client, Frame, agent, buyer, new_client_id
from tests.support.server import Server

from jinpai.entrypoints.ws.frames import CLIENT_FRAMES
from jinpai.entrypoints.ws.handler import FRAME_RIGHTS
from jinpai.staff.rights import RIGHTS

pytestmark = pytest.mark.anyio

LOGINS = {
    "agent": "xiaolin",
    "supervisor": "zhoulan",
    "trainer": "chenmo",
    "operations": "shenyi",
    "owner": "luoshan",
}


def frame_of(kind: str, conversation: str) -> Frame:
    more: dict[str, dict[str, Any]] = {
        "sub": {"c": conversation, "after": 0},
        "unsub": {"c": conversation},
        "send": {"c": conversation, "id": new_client_id(), "text": "您好，我是小林😊 您请讲，我帮您看看"},
        "check": {"c": conversation, "id": new_client_id(), "text": "您好"},
        "read": {"c": conversation, "seq": 1},
        "typing": {"c": conversation},
        "inbox": {},
    }
    return {"t": kind, **more[kind]}


async def refusal(client: Client, frame: Frame) -> str | None:
    """The code of the refusal, None when it was let through; a harmless `sub` to nowhere marks the end."""
    start = len(client.frames)
    await client.send_frame(frame)
    await client.send_frame({"t": "sub", "c": "c_end", "after": 0})
    await client.until(lambda f: f["t"] == "refused" and f.get("c") == "c_end", start)
    codes = [f["code"] for f in client.frames[start:] if f["t"] == "refused" and f.get("c") != "c_end"]
    return codes[0] if codes else None


def test_every_frame_has_a_rule() -> None:
    assert set(CLIENT_FRAMES) == set(FRAME_RIGHTS)


@pytest.mark.parametrize("role", LOGINS)
async def test_staff_may_do_what_their_role_may(shared_server: Server, role: str) -> None:
    asking, conversation = await buyer(shared_server)
    client = await agent(shared_server, LOGINS[role])
    await client.follow(conversation)
    for kind, (right, _) in FRAME_RIGHTS.items():
        if kind == "unsub":
            continue
        expected = None if role in RIGHTS[right] else "not_allowed"
        assert await refusal(client, frame_of(kind, conversation)) == expected, kind
    await client.close()
    await asking.close()


async def test_staff_of_another_shop_learn_nothing(server: Server) -> None:
    asking, conversation = await buyer(server)
    await asking.say(conversation, "在吗")
    owner = await asyncio.to_thread(server.sign_in, "luoshan")
    password = "另一家店的客服专用密码"
    body = {"login": "elsewhere", "name": "别店", "role": "agent", "shops": ["demo"], "password": password}
    made = await asyncio.to_thread(server.request, "POST", "/api/v1/staff", body, owner)
    assert made.status == 201, made.body
    server.accounts["elsewhere"] = password
    await asyncio.to_thread(move_to_another_shop, server, made.json()["id"])
    client = await agent(server, "elsewhere")
    for kind in FRAME_RIGHTS:
        if kind not in ("unsub", "inbox"):
            assert await refusal(client, frame_of(kind, conversation)) == "not_found", kind
    await client.send_frame({"t": "inbox"})
    inbox = await client.until(lambda frame: frame["t"] == "inbox")
    assert inbox["conversations"] == []
    await client.close()
    await asking.close()


def move_to_another_shop(server: Server, account_id: str) -> None:
    import sqlalchemy as sa

    from jinpai.kit.database import open_database
    from jinpai.staff.store import account_shop

    database = open_database(server.database or "")
    with database.writing.begin() as connection:
        mine = account_shop.c.account == account_id
        connection.execute(sa.update(account_shop).where(mine).values(shop="other"))
    database.close()


async def test_buyers_may_use_only_their_own_conversation(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    stranger, _ = await buyer(shared_server)
    for kind, (_, right) in FRAME_RIGHTS.items():
        own = await refusal(asking, frame_of(kind, conversation)) if kind != "unsub" else None
        assert own == (None if right is not None else "not_found"), kind
        if kind not in ("unsub", "inbox"):
            assert await refusal(stranger, frame_of(kind, conversation)) == "not_found", kind
    await asking.close()
    await stranger.close()
