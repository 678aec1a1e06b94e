"""A house in this process: the real database, writer, content and guard; the simulator as outside channel."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.support.prepared import Prepared

from jinpai.adapters.channels.simulator import SimulatorChannel
from jinpai.adapters.channels.widget import WidgetChannel
from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.desk.actions import add_channel
from jinpai.desk.model import Author, Draft
from jinpai.desk.visits import open_chat
from jinpai.flows.ports import House
from jinpai.flows.receive import Incoming, receive
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.journal.model import Receipt, Row
from jinpai.journal.reader import read_conversation
from jinpai.kit.clock import FixedClock
from jinpai.kit.ids import new_secret
from jinpai.kit.settings import read_settings

MONDAY_10_O_CLOCK = 1_795_399_200_000
AGENT = Author("agent", "a_1", "小林")


@dataclass
class Shop:
    """The demo shop with a clock one can turn."""

    house: House
    clock: FixedClock
    outside: SimulatorChannel

    def chat(self, channel: str = "demo-web") -> str:
        opened = self.house.writer.run(open_chat(self.house.sealer, channel, None, None))
        return opened.visitor.conversation

    def buyer_says(self, conversation: str, text: str) -> Receipt:
        message = Incoming("demo", conversation, Author("buyer", "b_1", "访客"), text, new_secret())
        return self.house.writer.run(receive(message))

    def draft(self, conversation: str, text: str, **more: object) -> Draft:
        return Draft("demo", conversation, AGENT, text, new_secret(), **more)  # type: ignore[arg-type]

    def agent_says(self, conversation: str, text: str) -> Receipt:
        answer = clear(self.house, self.draft(conversation, text), ())
        assert isinstance(answer, Cleared), answer
        return self.house.writer.run(say(answer))

    def rows(self, conversation: str) -> list[Row]:
        with self.house.database.read() as connection:
            return read_conversation(connection, conversation, 0, 1_000)

    def said_automatically(self, conversation: str) -> list[str]:
        return [row.entry.body["text"] for row in self.rows(conversation) if row.entry.author == "assistant:auto"]


@pytest.fixture
def shop(database_url: str, prepared: Prepared, tmp_path: Path) -> Iterator[Shop]:
    server = prepared.copy(tmp_path / "home", database_url, MONDAY_10_O_CLOCK)
    clock = FixedClock(MONDAY_10_O_CLOCK)
    outside = SimulatorChannel()
    house = build_house(
        read_settings({"JINPAI_HOME": str(server.home), "JINPAI_DATABASE": database_url}),
        clock,
        {"widget": WidgetChannel(), "simulator": outside},
    )
    open_house(house)
    house.writer.run(lambda tx: add_channel(tx, house.sealer, "demo-sim", "demo", "simulator", "模拟渠道"))
    yield Shop(house, clock, outside)
    close_house(house)
