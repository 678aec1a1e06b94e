"""Pictures and cards travel with messages: through the real doors, on both databases."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from tests.support.client import Client, agent, buyer, new_client_id
from tests.support.server import Server

pytestmark = pytest.mark.anyio

POLES = {"kind": "product", "product": "poles-zhuxi"}


def photo(colour: str = "teal") -> bytes:
    out = BytesIO()
    Image.new("RGB", (800, 600), colour).save(out, "JPEG")
    return out.getvalue()


async def put_in(server: Server, client: Client, conversation: str) -> dict[str, Any]:
    """Upload a picture as this party and return what it may name now."""
    if client.hello["as"] == "buyer":
        path, headers = "/api/v1/widget/files", {"authorization": f"Bearer {client.hello['token']}"}
    else:
        path = f"/api/v1/conversations/{conversation}/files"
        headers = {**client.headers, "x-csrf-token": client.hello["csrf"]}
    answer = await asyncio.to_thread(server.request, "POST", path, photo(), headers)
    assert answer.status == 201, answer.body
    kept: dict[str, Any] = answer.json()
    return kept


async def some_product(server: Server, client: Client) -> dict[str, Any]:
    answer = await asyncio.to_thread(server.request, "GET", "/api/v1/products?shop=demo", None, client.headers)
    product: dict[str, Any] = answer.json()["items"][0]
    return product


async def test_a_buyer_shows_a_flaw_and_the_agent_sees_it(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    answering = await agent(shared_server)
    await answering.send_frame({"t": "inbox"})
    kept = await put_in(shared_server, asking, conversation)
    ack = await asking.say(conversation, "", attach={"kind": "image", "file": kept["id"]})
    assert ack["t"] == "ack", ack
    moved = await answering.until(lambda f: f["t"] == "conv" and f["conversation"]["id"] == conversation)
    assert moved["conversation"]["last"]["text"] == "[图片]"
    await answering.follow(conversation)
    event = next(event for event in answering.events[conversation] if "attach" in event)
    assert event["text"] == ""
    assert event["attach"] == {"kind": "image", "file": kept["id"], **{k: kept[k] for k in kept if k != "id"}}
    got = await asyncio.to_thread(
        shared_server.request, "GET", f"/api/v1/files/{kept['id']}?size=thumb", None, answering.headers
    )
    assert Image.open(BytesIO(got.body)).size == (480, 360)
    await asking.close()
    await answering.close()


async def test_an_agent_sends_a_product_with_words_and_the_guard_reads_the_words(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    await asking.say(conversation, "有什么推荐吗")
    answering = await agent(shared_server)
    await answering.follow(conversation)
    product = await some_product(shared_server, answering)
    card = {"kind": "product", "product": product["id"], "sku": product["skus"][0]["id"]}
    refused = await answering.say(conversation, "您加我微信 lin88661234 私下聊", attach=card)
    assert (refused["code"], refused["verdict"]) == ("guard", "block")
    ack = await answering.say(conversation, "您好，这款您看看合不合适😊", attach=card)
    assert ack["t"] == "ack", ack
    await asking.until_texts(conversation, ["您好，这款您看看合不合适😊"])
    shown = asking.events[conversation][-1]["attach"]
    assert shown["title"] == product["title"]
    assert shown["price"] == product["skus"][0]["price"]
    assert shown["sku_name"] == product["skus"][0]["name"]
    await asking.close()
    await answering.close()


async def test_a_newcomer_gets_the_steps_in_large_type(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    answering = await agent(shared_server)
    await answering.follow(conversation)
    for large in (False, True):
        ack = await answering.say(conversation, "", attach={"kind": "step", "step": "pay", "large": large})
        assert ack["t"] == "ack", ack
    await asking.until(lambda f: f["t"] == "events" and f["seq"] >= ack["seq"])
    plain, large_type = [event["attach"] for event in asking.events[conversation] if "attach" in event]
    assert plain["title"] == large_type["title"] == "付款"
    assert len(large_type["lines"]) < len(plain["lines"])
    refused = await asking.say(conversation, "", attach={"kind": "step", "step": "pay"})
    assert refused["code"] == "not_allowed"
    await asking.close()
    await answering.close()


async def test_a_message_sent_again_is_the_same_and_another_picture_is_a_conflict(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    first, second = [await put_in(shared_server, asking, conversation) for _ in range(2)]
    client_id = new_client_id()
    ack = await asking.say(conversation, "", client_id, attach={"kind": "image", "file": first["id"]})
    again = await asking.say(conversation, "", client_id, attach={"kind": "image", "file": first["id"]})
    assert (again["seq"], again.get("again")) == (ack["seq"], True)
    for attach in ({"kind": "image", "file": second["id"]}, POLES):
        conflict = await asking.say(conversation, "", client_id, attach=attach)
        assert conflict["code"] == "conflict", conflict
    bare = await asking.say(conversation, "没有图", client_id)
    assert bare["code"] == "conflict"
    await asking.close()


@pytest.mark.parametrize(
    "attach",
    [
        {},
        {"kind": "video", "file": "f_x"},
        {"kind": ["image"], "file": "f_x"},
        {"kind": "image"},
        {"kind": "image", "file": 5},
        {"kind": "image", "file": ""},
        {"kind": "image", "file": "f_" + "x" * 200},
        {"kind": "image", "file": "f_nowhere"},
        {"kind": "image", "file": "f_x", "width": 1},
        {"kind": "product", "product": "nothing-like-this"},
        {"kind": "product", "product": "poles-zhuxi", "sku": "of-another"},
        {"kind": "order", "order": "000000"},
        {"kind": "step", "step": "fly"},
        {"kind": "step", "step": "pay", "large": 1},
    ],
)
async def test_an_attachment_that_is_none_is_explained_and_nothing_is_stored(
    shared_server: Server, attach: dict[str, Any]
) -> None:
    asking, conversation = await buyer(shared_server)
    await asking.say(conversation, "在吗")
    answering = await agent(shared_server)
    await answering.follow(conversation)
    before = len([event for event in answering.events[conversation] if event["kind"] == "message"])
    refused = await answering.say(conversation, "您好，我是小林😊 您看看这个", attach=attach)
    assert refused["t"] == "refused"
    assert refused["code"] in ("bad_input", "not_found")
    assert refused["message"]
    after = [event for event in answering.events[conversation] if event["kind"] == "message"]
    assert not [event for event in after[before:] if event["from"]["role"] == "agent"]
    await asking.close()
    await answering.close()


async def test_a_picture_of_another_conversation_cannot_be_passed_on(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    stranger, elsewhere = await buyer(shared_server)
    kept = await put_in(shared_server, asking, conversation)
    refused = await stranger.say(elsewhere, "", attach={"kind": "image", "file": kept["id"]})
    assert refused["code"] == "not_found"
    headers = {"authorization": f"Bearer {stranger.hello['token']}"}
    got = await asyncio.to_thread(shared_server.request, "GET", f"/api/v1/widget/files/{kept['id']}", None, headers)
    assert got.status == 404
    await asking.close()
    await stranger.close()


async def test_a_message_without_words_and_without_anything_else_stays_empty(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    refused = await asking.say(conversation, " ")
    assert refused["code"] == "bad_input"
    await asking.close()
