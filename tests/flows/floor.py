"""The staff of the demo shop at their desks, as the tests of queue, statuses and handing over see them."""

from collections.abc import Callable

from tests.flows.conftest import Shop

from jinpai.desk.model import Author, Conversation
from jinpai.desk.presence import arrive, depart, renew, set_status
from jinpai.desk.seats import Present, find_present, list_present, read_positions
from jinpai.desk.store import get_conversations
from jinpai.flows.due import work_once
from jinpai.flows.reception.routing import share_out, then_share_out
from jinpai.journal.model import Receipt
from jinpai.journal.writer import Tx


class Floor:
    """The demo shop's staff at their desks, by login."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        with shop.house.database.read() as connection:
            found = list_present(connection, ["demo"], shop.clock.now())
        self.ids = {present.login: present.account for present in found}
        self.names = {present.login: present.name for present in found}

    def comes(self, login: str, process: str = "p_one") -> str:
        account = self.ids[login]

        def act(tx: Tx) -> None:
            arrive(tx, process, account)
            share_out(self.shop.house, tx, "demo")

        self.shop.house.writer.run(act)
        return account

    def goes(self, login: str, process: str = "p_one") -> None:
        self.shop.house.writer.run(lambda tx: depart(tx, process, self.ids[login], lambda shop: 60))

    def says_of_self(self, login: str, status: str) -> None:
        def act(tx: Tx) -> None:
            set_status(tx, self.ids[login], status, None, self.author(login))  # type: ignore[arg-type]

        self.shop.house.writer.run(then_share_out(self.shop.house, ["demo"], act))

    def author(self, login: str) -> Author:
        return Author("agent", self.ids[login], self.names[login])

    def present(self, login: str) -> Present:
        with self.shop.house.database.read() as connection:
            found = find_present(connection, self.ids[login], self.shop.clock.now())
        assert found is not None
        return found

    def does(self, action: Callable[[Tx], Receipt]) -> Receipt:
        return self.shop.house.writer.run(then_share_out(self.shop.house, ["demo"], action)).check()

    def asks(self, text: str = "在吗") -> str:
        conversation = self.shop.chat()
        self.shop.buyer_says(conversation, text)
        work_once(self.shop.house)
        return conversation

    def state(self, conversation: str) -> Conversation:
        with self.shop.house.database.read() as connection:
            return get_conversations(connection, [conversation])[conversation]

    def place(self, conversation: str) -> int | None:
        with self.shop.house.database.read() as connection:
            return read_positions(connection, [self.state(conversation)]).get(conversation)


def keep_leases(floor: Floor) -> None:
    for process in ("p_one", "p_two"):
        floor.shop.house.writer.run(lambda tx, process=process: renew(tx, process))  # type: ignore[misc]
