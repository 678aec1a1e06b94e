"""Faults 6 and 7: one message id on two sockets at once, and one id for two different messages."""

import asyncio

import pytest
from tests.faults.invariants import read_truth, settle_and_check, stored
from tests.faults.party import Party, colleague, visitor
from tests.faults.shop import Shop
from tests.support.client import new_client_id

pytestmark = pytest.mark.anyio


async def test_the_same_message_at_once_from_two_windows(shop: Shop) -> None:
    first, conversation = await visitor(shop)
    second = await Party(shop.ws_urls, first.hello).enter(conversation)
    left = await colleague(shop, "xiaolin", conversation)
    right = await colleague(shop, "xiaolin", conversation)
    ids = [new_client_id() for _ in range(40)]
    for id_ in ids:
        pair, line = ((first, second), "在吗") if id_ in ids[:20] else ((left, right), "您好，我在的😊")
        await asyncio.gather(*(party.post(conversation, line, id_) for party in pair))
    truth = await settle_and_check(shop.database, [first, second, left, right])
    for id_ in ids:
        assert len(stored(truth, id_)) == 1
        answers = [frame for party in (first, second, left, right) for frame in answers_to(party, id_)]
        assert sorted(answer.get("again", False) for answer in answers) == [False, True]
        assert {answer["seq"] for answer in answers} == {stored(truth, id_)[0].seq}


async def test_an_id_already_used_for_another_message_is_a_conflict(shop: Shop) -> None:
    asking, conversation = await visitor(shop)
    _, elsewhere = await visitor(shop)
    answering = await colleague(shop, "xiaolin", conversation, elsewhere)
    question = await asking.post(conversation, "有蓝色的吗")
    reply = await answering.post(conversation, "有的，蓝色和灰色都有现货")
    await settle_and_check(shop.database, [asking, answering])
    before = await talk(shop, conversation), await talk(shop, elsewhere)
    for party, place, line, id_ in (
        (asking, conversation, "有红色的吗", question.id),
        (answering, conversation, "没有了，要等下周到货", reply.id),
        (answering, elsewhere, "有的，蓝色和灰色都有现货", reply.id),
    ):
        await party.post(place, line, id_)
        refused = await party.until(lambda frame, wanted=id_: frame["t"] == "refused" and frame["id"] == wanted)
        assert refused["code"] == "conflict"
        assert refused["request"].startswith("r_")
        party.frames.clear()
        party.declined.clear()
    assert before == (await talk(shop, conversation), await talk(shop, elsewhere))
    await settle_and_check(shop.database, [asking, answering])


async def test_a_notes_id_used_again_over_http(shop: Shop) -> None:
    _, conversation = await visitor(shop)
    following = await colleague(shop, "xiaolin", conversation)
    headers = await asyncio.to_thread(shop.sign_in, "xiaolin")
    path, id_ = f"/api/v1/conversations/{conversation}/note", new_client_id()

    def note(text: str) -> tuple[int, dict[str, object]]:
        answer = shop.server.request("POST", path, {"id": id_, "text": text}, headers)
        return answer.status, answer.json()

    status, first = await asyncio.to_thread(note, "老客户，喜欢灰色")
    assert status == 200
    before = await talk(shop, conversation)
    assert await asyncio.to_thread(note, "老客户，喜欢灰色") == (200, first)
    status, problem = await asyncio.to_thread(note, "新客户")
    assert (status, problem["code"]) == (409, "conflict")
    assert await talk(shop, conversation) == before
    await settle_and_check(shop.database, [following])


def answers_to(party: Party, id_: str) -> list[dict[str, object]]:
    return [frame for frame in party.frames if frame["t"] in ("ack", "refused") and frame["id"] == id_]


async def talk(shop: Shop, conversation: str) -> object:
    truth = await asyncio.to_thread(read_truth, shop.database)
    return truth.talks[conversation], truth.heads[conversation], truth.states[conversation]
