"""Five hundred conversations in every state, for the desk to list; and buyers who write while somebody looks at it."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from threading import Thread

from bench.chats import SHOP, Chat
from bench.clients import Address, JinpaiClient
from bench.servers import Server
from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.desk.model import ASSIGNED, CLOSED, MESSAGE_IN, MESSAGE_OUT, QUEUED, RATED, TAGGED
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.ids import new_secret
from jinpai.kit.settings import read_settings

AT_ONCE = 100
LINES = (
    "这款帐篷两个人睡挤不挤，下雨天能住吗",
    "我昨天拍的那单今天能发出来吗",
    "身高一米七二体重一百三穿什么码",
    "在吗",
)
STATES = ("queued", "waiting", "answered", "tagged", "closed")


def spread_states(server: Server, agent: str, name: str) -> None:
    """Bring the server's conversations into all states in turn; those that somebody has are this agent's."""
    house = build_house(read_settings({"JINPAI_HOME": str(server.home)}))
    open_house(house)
    try:
        for start in range(0, len(server.chats), AT_ONCE):
            some = list(enumerate(server.chats))[start : start + AT_ONCE]
            house.writer.run(_live_through(some, agent, name))
    finally:
        close_house(house)


def _live_through(some: Sequence[tuple[int, Chat]], agent: str, name: str) -> Callable[[Tx], None]:
    def act(tx: Tx) -> None:
        for number, chat in some:
            for kind, author, data, body in _lived(number, agent, name):
                tx.append(Entry(kind, author, SHOP, chat.conversation, data=data, body=body))

    return act


Lived = tuple[str, str, dict[str, object], dict[str, object]]


def _lived(number: int, agent: str, name: str) -> list[Lived]:
    """What happened in the conversation with this number."""
    state, by = STATES[number % len(STATES)], f"agent:{agent}"
    facts: list[Lived] = [(MESSAGE_IN, "buyer:bench", {}, {"text": LINES[number % len(LINES)], "name": "买家"})]
    if state == "queued":
        return [*facts, (QUEUED, "system:", {"group": None, "offline": False}, {"name": ""})]
    facts.append((ASSIGNED, "system:", {"agent": agent, "name": name, "reason": "routed"}, {"name": ""}))
    if state == "waiting":
        return facts
    facts.append((MESSAGE_OUT, by, {}, {"text": "您好，我帮您看一下，您稍等哦😊", "name": name}))
    if state == "tagged":
        facts.append((TAGGED, by, {"tags": ["议价", "新问题"]}, {"name": name}))
    if state == "closed":
        facts += [(CLOSED, by, {}, {"name": name}), (RATED, "buyer:bench", {"stars": 1 + number % 5}, {"name": "买家"})]
    return facts


def let_write(server: Server, chats: Sequence[Chat]) -> None:
    """Each of these buyers writes one message, by their own socket; returns when all have been taken."""
    thread = Thread(target=lambda: asyncio.run(_write(server, chats)))
    thread.start()
    thread.join()


def _set(taken: asyncio.Event, id_: str) -> None:
    taken.set()


async def _write(server: Server, chats: Sequence[Chat]) -> None:
    address = f"ws{server.url.removeprefix('http')}/ws"
    for chat in chats:
        buyer = JinpaiClient(chat, Address(address, {"t": "hello", "as": "buyer", "token": chat.token}))
        taken = asyncio.Event()
        buyer.on_ack = partial(_set, taken)
        await buyer.enter()
        buyer.say(new_secret()[:20], "还在吗？我再问一句")
        await asyncio.wait_for(taken.wait(), 30)
        buyer.socket.abort()
