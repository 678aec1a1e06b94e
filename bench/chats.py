"""What a server is loaded with: opened chat windows, signed-in agents, and sentences agents really say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench import jddc
from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT
from jinpai.desk.visits import open_chat
from jinpai.entrypoints.cli.replaying.doors import Badge, Doors
from jinpai.entrypoints.cli.replaying.talks import read_accounts
from jinpai.flows.content.shop import load_shop_content
from jinpai.guard.model import verdict_of
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.settings import read_settings

CHANNEL, SHOP = "demo-web", "demo"
SCRIPTS = Path(__file__).parent.parent / "content" / "base" / "scripts"
SHORTEST, LONGEST = 8, 36
"""Sentences between these lengths are taken; they average about 20 characters."""


@dataclass(frozen=True, slots=True)
class Chat:
    """An opened chat window: its conversation and its buyer's token."""

    conversation: str
    token: str


def open_chats(settings: Mapping[str, str], count: int, history: int = 0) -> list[Chat]:
    """Open so many windows in a prepared house that no server runs in yet; in each so much was said already."""
    house = build_house(read_settings(dict(settings)))
    open_house(house)

    def open_some(some: int) -> Action[list[Chat]]:
        def act(tx: Tx) -> list[Chat]:
            opened = [open_chat(house.sealer, CHANNEL, None, None)(tx) for _ in range(some)]
            return [Chat(chat.visitor.conversation, chat.token) for chat in opened]

        return act

    def talk(chat: Chat, number: int) -> Action[None]:
        texts = sentences()

        def act(tx: Tx) -> None:
            for at in range(history):
                text, client_id = texts[(number * history + at) % len(texts)], f"history{number:05d}{at:05d}"
                kind, author = (MESSAGE_OUT, "agent:bench") if at % 3 else (MESSAGE_IN, "buyer:bench")
                body = {"text": text, "name": "小林" if at % 3 else "买家"}
                tx.append(Entry(kind, author, SHOP, chat.conversation, client_id, {}, body))

        return act

    try:
        chats = [
            chat for start in range(0, count, 250) for chat in house.writer.run(open_some(min(250, count - start)))
        ]
        for number, chat in enumerate(chats if history else ()):
            house.writer.run(talk(chat, number))
        return chats
    finally:
        close_house(house)


def sign_in_agents(url: str, home: Path) -> list[Badge]:
    """Every agent of the demo shop, signed in by the front door."""
    doors = Doors(url)
    return [doors.sign_in(account) for account in read_accounts(home / "accounts.txt")]


def sentences() -> Sequence[str]:
    """What agents say and the guard lets through, from real dialogues where there are some, else from base scripts."""
    source = jddc.data_file()
    if source is not None:
        talks = jddc.parse(source.read_text("utf-8")).talks.values()
        said = [message["text"] for talk in talks for message in talk if message["from"] == "agent"]
    else:
        said = [text for path in sorted(SCRIPTS.glob("*.yaml")) for text in _script_sentences(path)]
    guard = load_shop_content(SHOP).guard
    fitting = dict.fromkeys(text for text in said if SHORTEST <= len(text) <= LONGEST)
    return [text for text in fitting if verdict_of(guard.check(text)) in ("pass", "hint")]


def _script_sentences(path: Path) -> list[str]:
    texts = [script["text"] for script in yaml.safe_load(path.read_text("utf-8"))]
    return [part + "。" for text in texts if "{" not in text for part in text.split("。") if part]
