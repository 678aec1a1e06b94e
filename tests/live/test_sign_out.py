"""Live sockets end with the rights they stand on."""

import asyncio

import pytest
from tests.support.client import Client, agent, buyer
from tests.support.server import Server

pytestmark = pytest.mark.anyio


async def ended(client: Client) -> dict[str, object]:
    bye = await client.until(lambda frame: frame["t"] == "bye")
    closed = await client.until(lambda frame: frame["t"] == "closed")
    return {**bye, "close": closed["code"]}


async def test_a_changed_password_closes_the_other_sockets(server: Server) -> None:
    here = await asyncio.to_thread(server.sign_in, "xiaolin")
    there = await agent(server)
    hello = {"t": "hello", "as": "agent", "csrf": here["x-csrf-token"]}
    mine = await Client(server.ws_url, hello, {"cookie": here["cookie"]}).connect()
    body = {"old": server.accounts["xiaolin"], "new": "一个全新而且够长的密码"}
    answer = await asyncio.to_thread(server.request, "PUT", "/api/v1/session/password", body, here)
    assert answer.status in (200, 204), answer.body
    assert await ended(there) == {
        "t": "bye",
        "code": "signed_out",
        "message": "账号的密码或权限有变动，请重新登录",
        "close": 4003,
    }
    await mine.send_frame({"t": "inbox"})
    await mine.until(lambda frame: frame["t"] == "inbox")
    await mine.close()


@pytest.mark.parametrize("change", [{"role": "trainer"}, {"active": False}])
async def test_lost_rights_close_the_sockets(server: Server, change: dict[str, object]) -> None:
    working = await agent(server)
    owner = await asyncio.to_thread(server.sign_in, "luoshan")
    path = f"/api/v1/staff/{working.welcome['me']['id']}"
    answer = await asyncio.to_thread(server.request, "PATCH", path, change, owner)
    assert answer.status == 200, answer.body
    assert (await ended(working))["close"] == 4003


async def test_signing_out_closes_this_sessions_socket(server: Server) -> None:
    here = await asyncio.to_thread(server.sign_in, "xiaolin")
    hello = {"t": "hello", "as": "agent", "csrf": here["x-csrf-token"]}
    mine = await Client(server.ws_url, hello, {"cookie": here["cookie"]}).connect()
    answer = await asyncio.to_thread(server.request, "DELETE", "/api/v1/session", None, here)
    assert answer.status in (200, 204)
    assert (await ended(mine))["close"] == 4003


async def test_signing_out_here_leaves_the_other_window_alone(server: Server) -> None:
    elsewhere = await agent(server)
    here = await asyncio.to_thread(server.sign_in, "xiaolin")
    await asyncio.to_thread(server.request, "DELETE", "/api/v1/session", None, here)
    await elsewhere.send_frame({"t": "inbox"})
    await elsewhere.until(lambda frame: frame["t"] == "inbox")
    assert not any(frame["t"] == "bye" for frame in elsewhere.frames)
    await elsewhere.close()


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"t": "hello", "as": "buyer", "token": "not-a-token"}, 4001),
        ({"t": "hello", "as": "agent", "csrf": "x"}, 4001),
        ({"t": "sub", "c": "c_1", "after": 0}, 4009),
        ({"t": "hello", "as": "buyer", "token": 7}, 4009),
    ],
)
async def test_who_is_not_signed_in_is_shown_out(shared_server: Server, hello: dict[str, object], code: int) -> None:
    client = await Client(shared_server.ws_url, hello).connect()
    assert client.welcome["t"] == "bye"
    assert client.socket is not None
    await client.socket.wait_closed()
    assert client.socket.close_code == code


async def test_a_page_of_another_site_cannot_use_the_agents_cookie(shared_server: Server) -> None:
    headers = await asyncio.to_thread(shared_server.sign_in, "xiaolin")
    hello = {"t": "hello", "as": "agent", "csrf": headers["x-csrf-token"]}
    client = await Client(
        shared_server.ws_url, hello, {"cookie": headers["cookie"], "origin": "https://evil.example"}
    ).connect()
    assert client.welcome["code"] == "not_signed_in"


@pytest.mark.parametrize(
    "text",
    ["not json", "[]", '{"t":"nothing"}', '{"t":"sub","c":1,"after":0}', '{"t":"inbox","more":1}', '{"t":["inbox"]}'],
)
async def test_a_broken_frame_ends_the_socket_with_a_reason(shared_server: Server, text: str) -> None:
    client, _ = await buyer(shared_server)
    assert client.socket is not None
    await client.socket.send(text)
    assert (await ended(client))["close"] == 4009
