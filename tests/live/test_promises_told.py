"""What the ledger hears in a talk is told to the shop's staff, and never to the buyer."""

import pytest
from tests.support.client import agent, buyer
from tests.support.server import Server

pytestmark = pytest.mark.anyio


async def test_a_promise_is_told_to_staff_once_the_ledger_has_it(server: Server) -> None:
    customer, conversation = await buyer(server)
    await customer.say(conversation, "仓库还有货吗，没人理我")
    clerk, lead = await agent(server, "xiaolin"), await agent(server, "zhoulan")
    await clerk.follow(conversation)
    said = await clerk.say(conversation, "抱歉让您久等，我去问下仓库，半小时内回复您")
    assert said["t"] == "ack", said
    for staff in (clerk, lead):
        told = await staff.until(lambda frame: frame["t"] == "promises" and frame["c"] == conversation)
        assert told["shop"] == "demo"
    said = await clerk.say(conversation, "仓库说有货的，您放心拍😊", confirm=True)
    assert said["t"] == "ack", said
    await customer.until(lambda frame: frame["t"] == "events" and "放心拍" in str(frame))
    assert not any(frame["t"] == "promises" for frame in customer.frames)
    for client in (customer, clerk, lead):
        await client.close()
