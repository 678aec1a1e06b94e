"""The floor of the shop: who is at the desk and who queues, told to those it concerns whenever it changes.

Rounds read the present state and tell only what differs from the last round; a hint, or a queuing conversation that
moved, asks for a round. Every heartbeat has one anyway, so that a lost hint heals. Everything but the reading runs in
the event loop.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from jinpai.desk.model import ASSIGNED, CLOSED, MESSAGE_OUT, REOPENED, Conversation
from jinpai.desk.presence import TOPIC
from jinpai.desk.seats import QUEUE_LENGTH, count_positions, list_present, list_shops, read_queue
from jinpai.entrypoints.ws.frames import encode
from jinpai.entrypoints.ws.people import Counter, counter, describe, queue_frame, service_frame
from jinpai.entrypoints.ws.session import Session
from jinpai.flows.ports import House
from jinpai.flows.reception.attendance import Attendance
from jinpai.journal.model import Row
from jinpai.journal.writer import Hint
from jinpai.kit.database import UNREACHABLE
from jinpai.staff.model import Actor, BuyerParty

ROUND_SECONDS = 0.2
HOLDING = frozenset({ASSIGNED, REOPENED, MESSAGE_OUT, CLOSED})
ACTIVE = frozenset({"send", "check", "typing", "sub"})
"""The frames that show somebody is really there."""

_log = structlog.get_logger()
Moved = Callable[[Iterable[str]], None]
Spawn = Callable[[Awaitable[None]], None]


@dataclass(frozen=True, slots=True)
class Sight:
    """What one round found: colleagues by account, places by conversation, counters by shop."""

    people: dict[str, dict[str, Any]]
    places: dict[str, int]
    counters: dict[str, Counter]


class Floor:
    """The sockets of desks and of buyers on this process, and what they were last told of the floor."""

    def __init__(self, house: House, attendance: Attendance, spawn: Spawn, on_moved: Moved) -> None:
        self._house = house
        self._attendance = attendance
        self._spawn = spawn
        self._on_moved = on_moved
        self._desks: dict[Session, tuple[str, ...]] = {}
        self._buyers: dict[str, set[Session]] = {}
        """Conversation → the sockets of its buyer."""
        self._people: dict[str, dict[str, Any]] = {}
        self._places: dict[str, int] = {}
        self._counters: dict[str, Counter] = {}
        """Shop → what its buyers find."""
        self._is_planned = False
        self._is_running = False

    def come(self, session: Session, party: Actor) -> None:
        """A desk opened: this person is there, and is told of the others."""
        if session not in self._desks:
            self._desks[session] = tuple(party.shops)
            self._attendance.arrive(party.id)
        for person in self._people.values():
            self._tell_person(session, person)
        self.plan()

    def greet(self, session: Session, party: BuyerParty, state: Conversation | None) -> None:
        """A buyer came: they are told who answers and where they stand."""
        self._buyers.setdefault(party.conversation, set()).add(session)
        if state is not None and state.status == "open":
            session.agent = state.agent_name
        self._tell_service(session, party)
        if party.shop not in self._counters or (state is not None and state.queued_at is not None):
            self.plan()

    def leave(self, session: Session) -> None:
        """The socket is gone."""
        party = session.party
        if self._desks.pop(session, None) is not None and isinstance(party, Actor):
            self._attendance.leave(party.id)
        elif isinstance(party, BuyerParty):
            sockets = self._buyers.get(party.conversation, set())
            sockets.discard(session)
            if not sockets:
                self._buyers.pop(party.conversation, None)

    def act(self, session: Session, frame: str) -> None:
        """Somebody did something at the desk."""
        if frame in ACTIVE and session in self._desks and isinstance(session.party, Actor):
            self._attendance.act(session.party.id)

    def on_news(self, conversations: Iterable[str], hints: Sequence[Hint]) -> None:
        """These conversations moved, and this was told, on whatever process."""
        if any(topic == TOPIC for topic, _ in hints) or any(c in self._places for c in conversations):
            self.plan()

    def on_rows(self, conversation: str, rows: Sequence[Row]) -> None:
        """Rows of a conversation that somebody follows here: its buyer learns who answers now."""
        sockets = self._buyers.get(conversation)
        if not sockets:
            return
        for row in rows:
            if row.entry.kind in HOLDING:
                for session in sockets:
                    session.agent = _holder(session.agent, row)
        for session in sockets:
            self._tell_service(session, session.party)

    def plan(self) -> None:
        """Ask for a round soon."""
        if not self._is_planned:
            self._is_planned = True
            if not self._is_running:
                asyncio.get_running_loop().call_later(ROUND_SECONDS, lambda: self._spawn(self._rounds()))

    async def _rounds(self) -> None:
        self._is_running = True
        try:
            while self._is_planned:
                self._is_planned = False
                self._tell(await asyncio.to_thread(self._read))
                await asyncio.sleep(ROUND_SECONDS)
        except UNREACHABLE as error:
            _log.warning("floor_waits", error=type(error).__name__)
        finally:
            self._is_running = self._is_planned = False

    def _read(self) -> Sight:
        house = self._house
        with house.database.read() as connection:
            shops = list_shops(connection)
            present = list_present(connection, shops, house.clock.now())
            queue = read_queue(connection, None, QUEUE_LENGTH)
        people = {one.account: describe(house, one) for one in present}
        return Sight(people, count_positions(queue), {shop: counter(house, shop, present) for shop in shops})

    def _tell(self, sight: Sight) -> None:
        for account, person in sight.people.items():
            if self._people.get(account) != person:
                for session in self._desks:
                    self._tell_person(session, person)
        before, self._people, self._places = self._places, sight.people, sight.places
        changed = {c for c in before.keys() | self._places.keys() if before.get(c) != self._places.get(c)}
        news = sight.counters != self._counters
        self._counters = sight.counters
        self._on_moved(changed)
        for conversation in list(self._buyers) if news else changed & self._buyers.keys():
            for session in self._buyers[conversation]:
                self._tell_service(session, session.party)

    def _tell_person(self, session: Session, person: dict[str, Any]) -> None:
        if set(self._desks[session]) & set(person["shops"]):
            session.push(encode({"t": "presence", **person}))

    def _tell_service(self, session: Session, party: Actor | BuyerParty) -> None:
        """Tell a buyer who answers and where they stand, if that is news to them."""
        if not isinstance(party, BuyerParty):
            return
        found = self._counters.get(party.shop)
        if found is None:
            return
        place = 0 if session.agent is not None else self._places.get(party.conversation, 0)
        told = (encode(service_frame(found, session.agent, place)), encode(queue_frame(found, place)))
        if session.service != told[0]:
            session.push(told[0])
        if session.place != told[1] and (place or session.place is not None):
            session.push(told[1])
            session.place = told[1]
        session.service = told[0]


def _holder(before: str | None, row: Row) -> str | None:
    """The name of who serves the buyer after this row."""
    entry = row.entry
    if entry.kind == CLOSED:
        return None
    if entry.kind == MESSAGE_OUT:
        return before or (entry.body.get("name") if entry.author.startswith("agent:") else None)
    name: str | None = entry.data.get("name", before)
    return name
