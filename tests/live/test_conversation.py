"""A buyer and an agent in conversation, through the real doors of a real server."""

import pytest
from tests.support.client import Frame, agent, buyer, new_client_id
from tests.support.server import Server

pytestmark = pytest.mark.anyio


async def test_a_buyer_asks_and_an_agent_answers(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    answering = await agent(shared_server)
    ack = await asking.say(conversation, "你好，这副登山杖有现货吗")
    assert ack["t"] == "ack"
    await answering.follow(conversation)
    assert "你好，这副登山杖有现货吗" in answering.texts(conversation)
    ack = await answering.say(conversation, "您好，欢迎光临山野集，我是小林😊 有现货的，您慢慢挑")
    assert ack["t"] == "ack", ack
    await asking.until_texts(conversation, ["您好，欢迎光临山野集，我是小林😊 有现货的，您慢慢挑"])
    assert asking.events[conversation][-1]["from"]["name"] == "小林"
    await asking.close()
    await answering.close()


async def test_a_leak_is_refused_with_its_reason_and_nothing_is_stored(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    await asking.say(conversation, "可以便宜点吗")
    answering = await agent(shared_server)
    await answering.follow(conversation)
    before = answering.seq[conversation]
    refused = await answering.say(conversation, "您加我微信 lin88661234 私下聊，给您便宜")
    assert (refused["t"], refused["code"], refused["verdict"]) == ("refused", "guard", "block")
    assert {hit["family"] for hit in refused["hits"]} & {"leak", "off_platform"}
    assert refused["request"].startswith("r_")
    allowed = await answering.say(conversation, "您好，这款现在有满减活动，我帮您算一下怎么拍最划算😊")
    assert allowed["t"] == "ack"
    assert allowed["seq"] >= before + 1
    assert all("lin8866" not in text for text in answering.texts(conversation))
    await asking.close()
    await answering.close()


async def test_a_lost_ack_is_answered_again_with_the_same_seq(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    client_id = new_client_id()
    first = await asking.say(conversation, "在吗", client_id)
    asking.cut()
    await asking.connect()
    again = await asking.say(conversation, "在吗", client_id)
    assert (again["seq"], again["again"]) == (first["seq"], True)
    conflict = await asking.say(conversation, "不在", client_id)
    assert (conflict["t"], conflict["code"]) == ("refused", "conflict")
    await asking.close()


async def test_a_buyer_cannot_follow_anothers_conversation(shared_server: Server) -> None:
    first, conversation = await buyer(shared_server)
    second, _ = await buyer(shared_server)
    await second.send_frame({"t": "sub", "c": conversation, "after": 0})
    refused = await second.until(lambda frame: frame["t"] == "refused")
    assert refused["code"] == "not_found"
    refused = await second.say(conversation, "让我看看")
    assert refused["code"] == "not_found"
    await first.close()
    await second.close()


async def test_read_marks_and_typing_reach_the_other_side(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    ack = await asking.say(conversation, "在吗")
    answering = await agent(shared_server)
    await answering.follow(conversation)
    await answering.send_frame({"t": "read", "c": conversation, "seq": ack["seq"]})
    await answering.send_frame({"t": "typing", "c": conversation})
    read = await asking.until(lambda frame: frame["t"] == "read" and frame["who"] == "agent")
    assert read["seq"] == ack["seq"]
    assert (await asking.until(lambda frame: frame["t"] == "typing"))["who"] == "agent"
    await asking.close()
    await answering.close()


async def test_the_agents_list_moves_with_the_conversation(shared_server: Server) -> None:
    answering = await agent(shared_server)
    await answering.send_frame({"t": "inbox"})
    await answering.until(lambda frame: frame["t"] == "inbox")
    asking, conversation = await buyer(shared_server)
    await asking.say(conversation, "有人吗")
    # A round may fall between the opening of the talk and its first message, and tell a line with nothing to read.
    moved = await answering.until(lambda frame: unread(frame, conversation) >= 1)
    assert moved["conversation"]["unread"] == 1
    assert moved["conversation"]["waiting_since"]
    await asking.close()
    await answering.close()


def unread(frame: Frame, conversation: str) -> int:
    """How much this frame tells the list is unread in the conversation."""
    line = frame["conversation"] if frame["t"] == "conv" else {}
    return int(line["unread"]) if line.get("id") == conversation else 0


async def test_a_refused_message_comes_with_words_that_pass(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    await asking.say(conversation, "可以便宜点吗")
    answering = await agent(shared_server)
    await answering.follow(conversation)
    refused = await answering.say(conversation, "您好😊 您加我微信 lin88661234 聊，尺码您放心")
    assert refused["verdict"] == "block"
    assert all("better" in hit for hit in refused["hits"])
    assert "lin8866" not in refused["better"]
    sent = await answering.say(conversation, refused["better"])
    assert sent["t"] == "ack", sent
    await asking.close()
    await answering.close()


async def test_bait_reaches_the_agent_who_opens_the_conversation_later(shared_server: Server) -> None:
    asking, conversation = await buyer(shared_server)
    await asking.say(conversation, "发票能不能开成办公用品")
    answering = await agent(shared_server)
    await answering.follow(conversation)
    seen = next(one for one in answering.events[conversation] if one.get("text") == "发票能不能开成办公用品")
    assert seen["bait"][0]["trap"] == "invoice"
    assert all("bait" not in one for one in asking.events[conversation])
    await asking.close()
    await answering.close()
