"""The agents' lists: told what moved, at most ten times a second; where that is much, or unsure, the whole list anew.

One round after the other, so that an older state never follows a newer one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import structlog

from jinpai.desk.seats import read_positions
from jinpai.desk.store import get_conversations, list_inbox
from jinpai.entrypoints.ws.frames import encode, summary
from jinpai.entrypoints.ws.session import Session
from jinpai.kit.database import UNREACHABLE, Database
from jinpai.staff.model import Actor

LENGTH = 200
"""How many conversations a list shows."""

MANY = 100
"""When more than this moved in a round, the whole list is told: one frame instead of many crowds nobody's buffer."""

ROUND_SECONDS = 0.1
LONG_ROUND_SECONDS = 1.0
"""After a round of whole lists, or one that found no database."""

_log = structlog.get_logger()


class Lists:
    """The sockets that show a list; everything but the reading runs in the event loop."""

    def __init__(self, database: Database, spawn: Callable[[Awaitable[None]], None]) -> None:
        self._database = database
        self._spawn = spawn
        self._showing: dict[Session, tuple[str, ...]] = {}
        """Who shows a list, of which shops."""
        self._moved: set[str] = set()
        self._unsure: set[Session] = set()
        """Who gets the whole list in the next round."""
        self._is_planned = False

    def open(self, session: Session, party: Actor) -> None:
        """Show this socket the list of its shops, and keep it up to date."""
        self._showing[session] = tuple(party.shops)
        self._unsure.add(session)
        self._plan(0.0)

    def close(self, session: Session) -> None:
        """The socket is gone."""
        self._showing.pop(session, None)
        self._unsure.discard(session)

    def on_moved(self, conversations: Iterable[str]) -> None:
        """These conversations are no longer what the lists show."""
        if self._showing:
            self._moved.update(conversations)
            self._plan(ROUND_SECONDS)

    def renew(self) -> None:
        """Hints may have been lost: tell every list anew."""
        self._unsure.update(self._showing)
        self._plan(ROUND_SECONDS)

    def _plan(self, seconds: float) -> None:
        if not self._is_planned and (self._moved or self._unsure):
            self._is_planned = True
            asyncio.get_running_loop().call_later(seconds, lambda: self._spawn(self._tell()))

    async def _tell(self) -> None:
        moved, unsure = self._moved, self._unsure
        self._moved, self._unsure = set(), set()
        if len(moved) > MANY:
            unsure.update(self._showing)
        pause = LONG_ROUND_SECONDS if len(moved) > MANY else ROUND_SECONDS
        try:
            await self._tell_all(unsure)
            if len(moved) <= MANY:
                await self._tell_lines(moved, unsure)
        except UNREACHABLE as error:
            _log.warning("lists_wait", error=type(error).__name__)
            self._unsure.update(self._showing)
            pause = LONG_ROUND_SECONDS
        finally:
            self._is_planned = False
            self._plan(pause)

    async def _tell_all(self, sessions: set[Session]) -> None:
        for shops in {self._showing[session] for session in sessions if session in self._showing}:
            frame = await asyncio.to_thread(self._read_list, shops)
            for session in sessions:
                if self._showing.get(session) == shops:
                    session.push(frame)

    async def _tell_lines(self, moved: set[str], told_all: set[Session]) -> None:
        others = self._showing.keys() - told_all
        if moved and others:
            for shop, frame in await asyncio.to_thread(self._read_lines, sorted(moved)):
                for session in others:
                    if shop in self._showing.get(session, ()):
                        session.push(frame)

    def _read_list(self, shops: tuple[str, ...]) -> str:
        with self._database.read() as connection:
            found = list_inbox(connection, shops, LENGTH)
            places = read_positions(connection, found)
        return encode({"t": "inbox", "conversations": [summary(state, places.get(state.id)) for state in found]})

    def _read_lines(self, moved: list[str]) -> list[tuple[str, str]]:
        with self._database.read() as connection:
            found = list(get_conversations(connection, moved).values())
            places = read_positions(connection, found)
        lines = [(state.shop, summary(state, places.get(state.id))) for state in found]
        return [(shop, encode({"t": "conv", "conversation": line})) for shop, line in lines]
