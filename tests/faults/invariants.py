"""What must hold after every fault, read from the database itself.

Every acknowledged message is stored exactly once, every sequence is gapless from 1, every head agrees, every client
has what the database has, and nothing planned took effect twice.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from tests.faults.party import Party, Sent

from jinpai.entrypoints.ws.lists import LENGTH
from jinpai.flows.content.shop import DEMO_SHOP, load_shop_content
from jinpai.kit.database import open_database

SEEN_AS = {"message_in": "message", "message_out": "message", "note": "note", "assigned": "assigned"}
STAFF_ONLY = (
    "note", "assigned", "queued", "waived", "tagged", "whisper", "offered", "alarmed", "calmed",
    "approval_asked", "approval_answered", "approval_lapsed",
    "task_handed", "task_moved", "task_late",
)  # fmt: skip
SETTLE_SECONDS = 90.0


@dataclass(frozen=True)
class Fact:
    """A journal row with its body."""

    id: int
    at: int
    conversation: str
    seq: int
    kind: str
    author: str
    client_id: str | None
    data: dict[str, Any]
    body: dict[str, Any]

    def seen(self) -> tuple[int, str, str | None, str | None]:
        """The row as a client should have it: seq, kind, message id, text."""
        is_message = self.kind in ("message_in", "message_out")
        return (
            self.seq,
            SEEN_AS.get(self.kind, self.kind),
            self.client_id if is_message else None,
            self.body.get("text"),
        )


@dataclass(frozen=True)
class Truth:
    """The database at one moment."""

    talks: dict[str, list[Fact]]
    heads: dict[str, int]
    states: dict[str, tuple[int, int]]
    """Conversation → its last seq and how many messages wait unread."""
    open: frozenset[str]
    due: list[Any]
    ripe: int


def read_truth(url: str) -> Truth:
    """Everything the database says, in one read transaction."""
    database = open_database(url)
    try:
        with database.reading.connect() as connection:
            snapshot = {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
            return _read(connection.execution_options(**snapshot))
    finally:
        database.close()


def _read(connection: sa.Connection) -> Truth:
    query = """SELECT j.id, j.at, j.conversation, j.seq, j.kind, j.author, j.client_id, j.data, b.content
        FROM journal j LEFT JOIN body b ON b.id = j.id WHERE j.conversation IS NOT NULL ORDER BY j.conversation, j.id"""
    talks: dict[str, list[Fact]] = defaultdict(list)
    for *columns, data, body in connection.exec_driver_sql(query):
        fact = Fact(*columns, orjson.loads(data or "{}"), orjson.loads(body or "{}"))
        talks[fact.conversation].append(fact)
    heads = dict(connection.exec_driver_sql("SELECT conversation, seq FROM head").all())
    listed = connection.exec_driver_sql("SELECT id, seq, unread, status FROM conversation").all()
    states = {row[0]: (row[1], row[2]) for row in listed}
    is_open = frozenset(row[0] for row in listed if row[3] == "open")
    due = connection.exec_driver_sql("SELECT id, subject, state, due_at, kind FROM due ORDER BY id").all()
    now = time.time_ns() // 1_000_000
    ripe = sum(row[2] in ("waiting", "running") and row[3] <= now for row in due)
    return Truth(talks, heads, states, is_open, list(due), ripe)


async def settle_and_check(url: str, parties: Sequence[Party], seconds: float = SETTLE_SECONDS) -> Truth:
    """Wait until everybody is answered and has everything, then check all that must hold; returns what is stored."""
    deadline = time.monotonic() + seconds
    while True:
        truth = await asyncio.to_thread(read_truth, url)
        behind = [*_unanswered(parties), *_behind(truth, parties), *_list_behind(truth, parties)]
        if truth.ripe:
            behind.append(f"{truth.ripe} works are due and not done")
        if not behind:
            break
        if time.monotonic() > deadline:
            raise AssertionError("clients did not settle:\n" + "\n".join(behind[:10]))
        await asyncio.sleep(0.1)
    check(truth, parties)
    return truth


def check(truth: Truth, parties: Sequence[Party]) -> None:
    """AssertionError naming everything that does not hold."""
    wrong = [*_sequences(truth), *_promises(truth, parties), *_effects(truth)]
    wrong += [problem for party in parties for problem in party.problems]
    wrong += [f"refused for good: {refusal}" for party in parties for refusal in party.declined.values()]
    if wrong:
        raise AssertionError("the log is not what it must be:\n" + "\n".join(wrong[:20]))


def stored(truth: Truth, client_id: str) -> list[Fact]:
    """The rows with this client id."""
    return [fact for facts in truth.talks.values() for fact in facts if fact.client_id == client_id]


def _sequences(truth: Truth) -> Iterator[str]:
    for conversation, facts in truth.talks.items():
        seqs = [fact.seq for fact in facts]
        if seqs != list(range(1, len(seqs) + 1)):
            yield f"{conversation}: the sequence has a gap or is out of order: {seqs[:50]}"
        if truth.heads.get(conversation) != len(seqs):
            yield f"{conversation}: head is {truth.heads.get(conversation)}, the log ends at {len(seqs)}"
        seq, unread = truth.states[conversation]
        if (seq, unread) != (len(seqs), _unread(facts)):
            yield f"{conversation}: the state says {seq=} {unread=}, the log {len(seqs)} and {_unread(facts)}"
    for conversation in truth.heads.keys() - truth.talks.keys():
        yield f"{conversation}: a head without a log"


def _unread(facts: Sequence[Fact]) -> int:
    """How many messages the buyer said since a person of the shop last did."""
    count = 0
    for fact in facts:
        if fact.kind == "message_in":
            count += 1
        elif fact.kind == "closed" or (fact.kind == "message_out" and fact.author.startswith("agent:")):
            count = 0
    return count


def _promises(truth: Truth, parties: Sequence[Party]) -> Iterator[str]:
    rows: dict[tuple[str, str | None], list[Fact]] = defaultdict(list)
    for facts in truth.talks.values():
        for fact in facts:
            rows[fact.author, fact.client_id].append(fact)
    for party in parties:
        for sent in party.acked.values():
            found = rows[party.author, sent.id]
            if len(found) != 1:
                yield f"acknowledged and stored {len(found)} times: {sent}"
            elif not _is_it(found[0], sent):
                yield f"acknowledged as {sent}, stored as {found[0]}"


def _is_it(fact: Fact, sent: Sent) -> bool:
    return (fact.conversation, fact.seq, fact.body.get("text")) == (sent.conversation, sent.seq, sent.text)


def _effects(truth: Truth) -> Iterator[str]:
    """Automatic messages: one row per finished work, none without, none twice within its cool-down."""
    done = Counter(row[0] for row in truth.due if row[2] == "done" and row[4] == "auto_reply")
    said = Counter(
        fact.client_id for facts in truth.talks.values() for fact in facts if fact.author.startswith("assistant:")
    )
    for work in (done | said) - (done & said):
        yield f"work {work}: done {done[work]} times, said {said[work]} times"
    cooldowns = {reply.id: reply.cooldown_seconds for reply in load_shop_content(DEMO_SHOP, None).auto_replies}
    for conversation, facts in truth.talks.items():
        last: dict[str, int] = {}
        for fact in facts:
            source = fact.data.get("source")
            if source in cooldowns:
                if source in last and fact.at - last[source] < cooldowns[source] * 1000:
                    yield f"{conversation}: {source} was said twice within its cool-down"
                last[source] = fact.at


def _unanswered(parties: Sequence[Party]) -> Iterator[str]:
    for party in parties:
        if party.waiting:
            first = next(iter(party.waiting.values()))
            yield f"{party.hello['as']}: {len(party.waiting)} messages not answered, e.g. {first}"


def _behind(truth: Truth, parties: Sequence[Party]) -> Iterator[str]:
    for party in parties:
        for conversation in party.events:
            have = [_seen(event) for event in party.events[conversation]]
            should = _visible(truth, party, conversation)
            if have != should:
                extra = [event for event in have if event not in should]
                missing = [event for event in should if event not in have]
                yield f"{party.hello['as']} in {conversation}: lacks {_brief(missing)}, has beyond it {_brief(extra)}"


def _list_behind(truth: Truth, parties: Sequence[Party]) -> Iterator[str]:
    for listed in (party.listed for party in parties if party.is_staff):
        for conversation, line in listed.items():
            shown, state = (line["seq"], line["unread"]), truth.states[conversation]
            if shown != state:
                yield f"the list shows {shown} of {conversation}, it is at {state}"
        if len(truth.open) <= LENGTH and listed.keys() < truth.open:
            yield f"the list lacks {truth.open - listed.keys()}"


def _brief(events: list[Any]) -> str:
    return f"{len(events)} events " + " ".join(f"{seq}:{kind}:{(text or '')[:20]}" for seq, kind, _, text in events[:5])


def _visible(truth: Truth, party: Party, conversation: str) -> list[Any]:
    start = party.tail_from.get(conversation, 0)
    facts = [fact for fact in truth.talks.get(conversation, []) if fact.seq > start]
    return [fact.seen() for fact in facts if party.is_staff or fact.kind not in STAFF_ONLY]


def _seen(event: dict[str, Any]) -> tuple[int, str, str | None, str | None]:
    return event["seq"], event["kind"], event.get("id"), event.get("text")
