"""Who follows what on this process, and how the log reaches them.

A conversation that somebody here follows is a `Follow`: the last seq this process knows and the sockets. Rows come
from this process's own commits (in memory) or, after a hint or a gap, from the log. Everything runs in the event loop.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from jinpai.bargaining.model import TOPIC as APPROVALS_TOPIC
from jinpai.entrypoints.ws.floor import Floor
from jinpai.entrypoints.ws.frames import encode, events, first_page
from jinpai.entrypoints.ws.lists import Lists
from jinpai.entrypoints.ws.session import SIGNED_OUT, Ending, Session
from jinpai.flows.guarding.surroundings import Surroundings
from jinpai.journal.model import Row
from jinpai.journal.reader import NEWEST, get_heads, read_before, read_conversation
from jinpai.journal.writer import Committed, Hint
from jinpai.kit.database import Database
from jinpai.orders.model import TOPIC as ORDERS_TOPIC
from jinpai.promises.model import TOPIC as PROMISES_TOPIC
from jinpai.staff.model import Actor
from jinpai.staff.rights import Permission, may
from jinpai.stock.model import TOPIC as STOCK_TOPIC
from jinpai.tasks.model import TOPIC as TASKS_TOPIC

PAGE = 500
PAGE_BACK = 20
"""How far back the log is read for the newest messages when a follow begins."""


class Follow:
    """A conversation somebody on this process follows."""

    __slots__ = ("around", "conversation", "pulling", "seq", "sessions", "shop", "stale")

    def __init__(self, conversation: str, shop: str, seq: int, around: Surroundings) -> None:
        self.conversation = conversation
        self.shop = shop
        self.seq = seq
        self.sessions: set[Session] = set()
        self.around = around
        """What the guard may know, kept up with the log."""
        self.pulling = False
        self.stale = False
        """Whether something moved while a pull was reading."""


class Hub:
    """The meeting place of sockets and commits."""

    def __init__(self, database: Database) -> None:
        self.sessions: set[Session] = set()
        self.follows: dict[str, Follow] = {}
        self.is_parting = False
        """Whether the process is about to end and takes nothing new."""
        self._database = database
        self._opening: dict[str, int] = {}
        """Conversation being read for its first follower → the last seq that was committed meanwhile."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self._order_changes: Counter[str] = Counter()
        """Shop → how often its orders and approvals changed since this process began."""
        self.lists = Lists(database, self.spawn)
        self.floor: Floor | None = None
        """Who is at the desk and who queues; none where nobody asks."""

    def committed(self, committed: Committed) -> None:
        """A batch of this process is on disk (called in the writer's thread)."""
        self._loop.call_soon_threadsafe(self._on_committed, committed)

    def hinted(self, heads: dict[str, int], hints: Sequence[Hint]) -> None:
        """Another process committed up to these seqs (called in the bus's thread)."""
        self._loop.call_soon_threadsafe(self._on_hinted, heads, hints)

    def heal_soon(self) -> None:
        """Hints may have been lost (called in the bus's thread)."""
        self._loop.call_soon_threadsafe(self._on_doubt)

    def leave(self, session: Session) -> None:
        """The socket is gone."""
        self.sessions.discard(session)
        self.lists.close(session)
        if self.floor is not None:
            self.floor.leave(session)
        for conversation in list(session.told):
            self.unfollow(session, conversation)

    def unfollow(self, session: Session, conversation: str) -> None:
        """The socket no longer follows this conversation."""
        session.told.pop(conversation, None)
        follow = self.follows.get(conversation)
        if follow is not None:
            follow.sessions.discard(session)
            if not follow.sessions:
                del self.follows[conversation]

    async def open_follow(self, conversation: str, shop: str) -> Follow:
        """The conversation's follow, read from the log when nobody here followed it yet.

        The caller adds its session without awaiting anything, else the follow may be gone or behind.
        """
        while (follow := self.follows.get(conversation)) is None:
            self._opening.setdefault(conversation, 0)
            rows = await asyncio.to_thread(self._read_newest, conversation)
            seq = rows[-1].seq if rows else 0
            if conversation not in self.follows and seq >= self._opening.get(conversation, 0):
                self._opening.pop(conversation, None)
                around = Surroundings(shop, conversation, self._order_changes)
                around.hear(rows)
                self.follows[conversation] = Follow(conversation, shop, seq, around)
        return follow

    def publish(self, follow: Follow, rows: Sequence[Row]) -> None:
        """Tell the followers these rows, which come right after `follow.seq`; what is too long for a frame follows."""
        conversation, before = follow.conversation, follow.seq
        follow.seq = rows[-1].seq
        follow.around.hear(rows)
        if self.floor is not None:
            self.floor.on_rows(conversation, rows)
        page = first_page(rows)
        frames: dict[bool, str] = {}
        for session in follow.sessions:
            if session.told[conversation] == before:
                frame = frames.get(session.is_staff)
                if frame is None:
                    frame = frames[session.is_staff] = events(conversation, before, page, staff=session.is_staff)
                session.push(frame)
                session.told[conversation] = page[-1].seq
            if session.told[conversation] < follow.seq and conversation not in session.catching_up:
                self.spawn(self.catch_up(session, follow))

    async def catch_up(self, session: Session, follow: Follow) -> None:
        """Tell one socket, page by page and no faster than it reads, what it has not been told yet."""
        conversation = follow.conversation
        if conversation in session.catching_up:
            return
        session.catching_up.add(conversation)
        try:
            while session.told.get(conversation, follow.seq) < follow.seq and not session.ended.done():
                if not session.has_room():
                    await asyncio.sleep(0.02)
                    continue
                after = session.told[conversation]
                rows = await asyncio.to_thread(self.read_rows, conversation, after)
                if session.told.get(conversation) == after:
                    page = first_page(rows)
                    session.push(events(conversation, after, page, staff=session.is_staff))
                    session.told[conversation] = page[-1].seq
        finally:
            session.catching_up.discard(conversation)

    def tell_followers(self, conversation: str, side: str, frame: dict[str, Any], *, others_only: bool) -> None:
        """Push a frame of this side to the followers; with `others_only` not to that side itself."""
        follow = self.follows.get(conversation)
        if follow is not None:
            text = encode(frame)
            for session in follow.sessions:
                if not (others_only and session.side == side):
                    session.push(text)

    def read_rows(self, conversation: str, after: int, limit: int = PAGE) -> list[Row]:
        """Rows of the log after this seq (blocking)."""
        with self._database.read() as connection:
            return read_conversation(connection, conversation, after, limit)

    async def pull(self, follow: Follow) -> None:
        """Read what this process has not seen of the conversation and publish it."""
        follow.stale = True
        if follow.pulling:
            return
        follow.pulling = True
        try:
            while follow.stale:
                follow.stale = False
                rows = await asyncio.to_thread(self.read_rows, follow.conversation, follow.seq)
                fresh = [row for row in rows if row.seq > follow.seq]
                if fresh:
                    self.publish(follow, fresh)
                follow.stale = follow.stale or len(rows) == PAGE
        finally:
            follow.pulling = False

    def beat(self, session: Session, now: int) -> None:
        """Tell the socket the time and the heads that moved since its last heartbeat."""
        heads = {c: self.follows[c].seq for c in session.told if c in self.follows}
        moved = {c: seq for c, seq in heads.items() if session.beaten.get(c) != seq}
        session.beaten = heads
        session.push(encode({"t": "hb", "at": now, "heads": moved}))

    async def heal(self) -> None:
        """Compare every followed conversation with the log, should a hint have been lost."""
        ids = list(self.follows)
        for start in range(0, len(ids), PAGE):
            heads = await asyncio.to_thread(self._read_heads, ids[start : start + PAGE])
            for conversation, seq in heads.items():
                self._on_head(conversation, seq)

    def spawn(self, work: Any) -> None:
        """Run a coroutine beside the sockets and keep hold of it."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _on_committed(self, committed: Committed) -> None:
        for done, value, error in committed.outcomes:
            done(value, error)
        rows = [row for row in committed.rows if row.entry.conversation is not None]
        for conversation, group in _by_conversation(rows):
            follow = self.follows.get(conversation)
            if follow is not None and group[0].seq == follow.seq + 1 and not follow.pulling:
                self.publish(follow, group)
            else:
                self._on_head(conversation, group[-1].seq)
        self._on_hints(committed.hints)
        self._on_news({row.entry.conversation for row in rows if row.entry.conversation is not None}, committed.hints)

    def _on_hinted(self, heads: dict[str, int], hints: Sequence[Hint]) -> None:
        for conversation, seq in heads.items():
            self._on_head(conversation, seq)
        self._on_hints(hints)
        self._on_news(heads.keys(), hints)

    def _on_doubt(self) -> None:
        self.spawn(self.heal())
        self.lists.renew()
        if self.floor is not None:
            self.floor.plan()

    def _on_news(self, conversations: Collection[str], hints: Sequence[Hint]) -> None:
        self.lists.on_moved(conversations)
        if self.floor is not None:
            self.floor.on_news(conversations, hints)

    def _on_head(self, conversation: str, seq: int) -> None:
        follow = self.follows.get(conversation)
        if follow is not None and seq > follow.seq:
            self.spawn(self.pull(follow))
        elif follow is None and conversation in self._opening:
            self._opening[conversation] = max(seq, self._opening[conversation])

    def _on_hints(self, hints: Sequence[Hint]) -> None:
        for topic, payload in hints:
            if topic in ("read", "typing"):
                frame = {"t": topic, **payload}
                self.tell_followers(payload["c"], payload["who"], frame, others_only=topic == "typing")
            elif topic in (ORDERS_TOPIC, STOCK_TOPIC):
                self._order_changes[payload["shop"]] += 1
            elif topic == APPROVALS_TOPIC:
                self._order_changes[payload["shop"]] += 1
                self._tell_staff("approval", payload, {payload["agent"]}, "message.approve")
            elif topic == TASKS_TOPIC:
                people = {payload["asker"], payload["owner"]}
                self._tell_staff("task", payload, people, "task.lead" if payload["late"] else None)
            elif topic == PROMISES_TOPIC:
                self._tell_staff("promises", payload, (), "conversation.read")
            elif topic == "sessions":
                self._end_sessions(payload["account"], payload.get("keep"), payload.get("only"))

    def _tell_staff(
        self, kind: str, told: Mapping[str, Any], people: Collection[str], right: Permission | None
    ) -> None:
        """Tell these people of the shop, and whoever has this right there, how something stands now."""
        frame = encode({"t": kind, **told})
        for session in self.sessions:
            party = session.party
            if not isinstance(party, Actor) or not party.serves(told["shop"]):
                continue
            if party.id in people or (right is not None and may(party, right, told["shop"])):
                session.push(frame)

    def _end_sessions(self, account: str, keep: str | None, only: str | None) -> None:
        """End the account's sockets: all but those of session `keep`, or those of session `only`."""
        for session in self.sessions:
            party = session.party
            if (
                isinstance(party, Actor)
                and party.id == account
                and party.session != keep
                and only in (None, party.session)
            ):
                session.end(Ending(SIGNED_OUT, "signed_out", "账号的密码或权限有变动，请重新登录"))

    def _read_newest(self, conversation: str) -> list[Row]:
        with self._database.read() as connection:
            return read_before(connection, conversation, NEWEST, PAGE_BACK)

    def _read_heads(self, ids: list[str]) -> dict[str, int]:
        with self._database.read() as connection:
            return get_heads(connection, ids)


def _by_conversation(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    ordered = sorted(rows, key=lambda row: (row.entry.conversation or "", row.seq))
    return [(key or "", list(group)) for key, group in groupby(ordered, key=lambda row: row.entry.conversation)]
