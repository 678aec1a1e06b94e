"""The day in numbers: how many buyers came, how many got an answer from a person, how quickly the first one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import CLOSED, MESSAGE_IN, MESSAGE_OUT
from jinpai.desk.store import conversation
from jinpai.journal.store import journal

CHUNK = 5_000
_KINDS = (MESSAGE_IN, MESSAGE_OUT, CLOSED)
_COLUMNS = (journal.c.id, journal.c.shop, journal.c.conversation, journal.c.kind, journal.c.author, journal.c.at)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Receptions of a day in which the buyer spoke, those a person answered, and the median first response in ms."""

    received: int
    answered: int
    first_response: int | None


@dataclass(slots=True)
class Tally:
    """The receptions of one shop so far; fed with its rows of the log in their order."""

    received: int = 0
    answers: list[int] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)
    served: set[str] = field(default_factory=set)

    def add(self, conversation: str, kind: str, author: str, at: int) -> None:
        """One more row."""
        if kind == MESSAGE_IN and conversation not in self.asked and conversation not in self.served:
            self.asked[conversation] = at
            self.received += 1
        elif kind == MESSAGE_OUT and author.startswith("agent:") and conversation in self.asked:
            self.answers.append(at - self.asked.pop(conversation))
            self.served.add(conversation)
        elif kind == CLOSED:
            self.asked.pop(conversation, None)
            self.served.discard(conversation)


class Today:
    """The numbers of the running day; each question reads only what the log gained since the last one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._since = -1
        self._read = 0
        self._tallies: dict[str, Tally] = {}

    def numbers(self, connection: Connection, shops: Iterable[str], midnight: int) -> Numbers:
        """The numbers of these shops together since `midnight` (ms)."""
        with self._lock:
            if midnight != self._since:
                self._begin(connection, midnight)
            self._catch_up(connection)
            tallies = [self._tallies[shop] for shop in shops if shop in self._tallies]
            answers = [answer for tally in tallies for answer in tally.answers]
        received = sum(tally.received for tally in tallies)
        return Numbers(received, len(answers), round(median(answers)) if answers else None)

    def _begin(self, connection: Connection, midnight: int) -> None:
        """Begin the day with the conversations it has touched: a past told today stands late in the log."""
        self._since, self._tallies = midnight, {}
        self._read = connection.execute(sa.select(sa.func.max(journal.c.id))).scalar() or 0
        touched = sa.select(conversation.c.id).where(conversation.c.last_at >= midnight)
        query = sa.select(*_COLUMNS).where(journal.c.id <= self._read, journal.c.conversation.in_(touched))
        self._add(connection.execute(query.order_by(journal.c.id)))

    def _catch_up(self, connection: Connection) -> None:
        while True:
            query = sa.select(*_COLUMNS).where(journal.c.id > self._read).order_by(journal.c.id).limit(CHUNK)
            rows = list(connection.execute(query))
            self._add(rows)
            if rows:
                self._read = rows[-1].id
            if len(rows) < CHUNK:
                return

    def _add(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if row.kind in _KINDS and row.conversation is not None and row.at >= self._since:
                tally = self._tallies.setdefault(row.shop, Tally())
                tally.add(row.conversation, row.kind, row.author, row.at)
