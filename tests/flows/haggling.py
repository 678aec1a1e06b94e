"""A buyer who haggles over the tent of the demo shop, an agent and two supervisors."""

from typing import Any

from tests.flows.conftest import AGENT, Shop

from jinpai.bargaining.model import Request, Verdict
from jinpai.bargaining.store import find_request
from jinpai.desk.model import Conversation, Draft
from jinpai.desk.store import get_conversations
from jinpai.flows.bargaining.approving import Wish, answer, ask
from jinpai.flows.bargaining.reading import Bargain, read_bargain
from jinpai.flows.guarding.surroundings import Surroundings, learn, looker
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared, NeedsApproval, Refused
from jinpai.journal.model import Receipt
from jinpai.journal.reader import NEWEST, read_before
from jinpai.kit.ids import new_secret
from jinpai.staff.model import Actor, Role

XIAOLIN = Actor(AGENT.id, "xiaolin", "小林", Role.AGENT, ("demo",))
ZHOULAN = Actor("a_lead", "zhoulan", "周岚", Role.SUPERVISOR, ("demo",))
LUOSHAN = Actor("a_owner", "luoshan", "罗山", Role.OWNER, ("demo",))
TENT = "tent-xiya-2p"


class Haggle:
    """One conversation about the tent at 459 yuan."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.chat = shop.chat()
        self.buyer_says("溪崖双人帐多少钱")
        self.says("您好😊 溪崖双人帐459元，双层防雨，铝杆自立式")

    @property
    def state(self) -> Conversation:
        with self.shop.house.database.read() as connection:
            return get_conversations(connection, [self.chat])[self.chat]

    def buyer_says(self, text: str) -> None:
        self.shop.clock.advance(1_000)
        self.shop.buyer_says(self.chat, text)

    def judge(self, text: str, source: str = "", **more: Any) -> Cleared | NeedsApproval | Refused:
        """What the guard says of it, with everything known around the talk."""
        around = Surroundings("demo", self.chat, {})
        with self.shop.house.database.read() as connection:
            around.hear(read_before(connection, self.chat, NEWEST, 20))
        learn(self.shop.house, around, text)
        draft = Draft("demo", self.chat, AGENT, text, new_secret(), source=source, **more)
        return clear(self.shop.house, draft, around.recent, looker(around, XIAOLIN))

    def says(self, text: str, source: str = "", **more: Any) -> Receipt:
        self.shop.clock.advance(1_000)
        answer = self.judge(text, source, **more)
        assert isinstance(answer, Cleared), answer
        return self.shop.house.writer.run(say(answer))

    def stands(self, actor: Actor = XIAOLIN) -> Bargain | None:
        return read_bargain(self.shop.house, actor, self.state)

    def takes(self) -> Bargain:
        """The agent says what is suggested."""
        found = self.stands()
        assert found is not None
        assert found.move is not None
        self.says(found.lines[0].text, found.lines[0].id)
        return found

    def asks(self, off: int = 4_000, **more: Any) -> Request:
        wish = Wish(TENT, more.pop("pieces", 1), off, "买家诚心要，今天付", **more)
        return self.shop.house.writer.run(ask(self.shop.house, AGENT, self.state, wish))

    def answers(
        self, request: Request, verdict: Verdict, off: int | None = None, words: str = "", by: Actor = ZHOULAN
    ) -> Request:
        return self.shop.house.writer.run(answer(self.shop.house, by, request, verdict, off, words))

    def now(self, request: Request) -> Request:
        with self.shop.house.database.read() as connection:
            found = find_request(connection, request.id)
        assert found is not None
        return found

    def told(self, kind: str) -> list[Any]:
        return [row.entry for row in self.shop.rows(self.chat) if row.entry.kind == kind]
