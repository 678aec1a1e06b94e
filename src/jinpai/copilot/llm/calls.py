"""Calls of a language model: each noted with its tokens, its cost and what came of it; its words are kept apart."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.copilot.llm.store import WORDS, model_call
from jinpai.customers.nightly import retain
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.emptying import empty_out
from jinpai.kit.sealing import Sealer

CALLED = "model_called"
"""The kind of this fact in the journal."""

Outcome = Literal["used", "same", "untrue", "guarded", "slow", "failed", "malformed"]
"""It was shown · it wrote what was there already · it wrote what is not among the facts · the guard objects · it took
too long · it could not be reached · it answered in another form."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call: for whom, what for, how long it took, `cost` in millionths of a yuan, and what came of it."""

    id: str
    shop: str
    conversation: str
    person: str
    purpose: str
    model: str
    at: int
    spent_ms: int
    tokens_in: int
    tokens_out: int
    cost: int = 0
    outcome: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a model was shown, masked, and what it wrote."""

    sent: Mapping[str, Any]
    answer: str


@dataclass(frozen=True, slots=True)
class Spent:
    """How much was used: calls, tokens, and their cost in millionths of a yuan."""

    calls: int
    tokens: int
    cost: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Which calls are looked for; None = any, times in ms."""

    shop: str
    outcome: str | None = None
    since: int | None = None
    until: int | None = None
    purpose: str | None = None
    person: str | None = None
    conversation: str | None = None


_COLUMNS = tuple(part.name for part in fields(Call))
_PLACE = sa.tuple_(model_call.c.at, model_call.c.id)
_TOKENS = sa.func.sum(model_call.c.tokens_in + model_call.c.tokens_out)


def add_call(sealer: Sealer, call: Call, outcome: str, why: str, words: Words) -> Action[Call]:
    """The action that notes a call, what came of it, and for some days its words."""
    ended = replace(call, outcome=outcome, why=why[:200])
    sealed = sealer.seal(WORDS, orjson.dumps(asdict(words)).decode())

    def act(tx: Tx) -> Call:
        told = asdict(ended)
        tx.connection.execute(sa.insert(model_call).values({**told, "words": sealed}))
        retain(tx.connection, ended.shop, tx.now)
        names = ("purpose", "model", "spent_ms", "tokens_in", "tokens_out", "cost", "outcome")
        data = {"call": ended.id, "about": ended.conversation, **{name: told[name] for name in names}}
        tx.append(Entry(CALLED, f"agent:{ended.person}", ended.shop, data=data))
        return ended

    return act


def spent_since(connection: Connection, shop: str, since: int) -> Spent:
    """How much this shop has used since then (ms)."""
    query = sa.select(sa.func.count(), _TOKENS, sa.func.sum(model_call.c.cost))
    row = connection.execute(query.where(model_call.c.shop == shop, model_call.c.at >= since)).one()
    return Spent(row[0], int(row[1] or 0), int(row[2] or 0))


def list_calls(
    connection: Connection, sealer: Sealer, sought: Sought, after: tuple[int, str] | None, limit: int
) -> list[tuple[Call, Words | None]]:
    """The calls looked for with the words still kept, the newest first, from behind the one at `after`."""
    query = sa.select(*(model_call.c[name] for name in _COLUMNS), model_call.c.words)
    query = query.where(model_call.c.shop == sought.shop)
    for name in ("outcome", "purpose", "person", "conversation"):
        wanted = getattr(sought, name)
        if wanted is not None:
            query = query.where(model_call.c[name] == wanted)
    if sought.since is not None:
        query = query.where(model_call.c.at >= sought.since)
    if sought.until is not None:
        query = query.where(model_call.c.at < sought.until)
    if after is not None:
        query = query.where(sa.tuple_(*map(sa.literal, after)) > _PLACE)
    newest = (model_call.c.at.desc(), model_call.c.id.desc())
    rows = connection.execute(query.order_by(*newest).limit(limit))
    return [(Call(*row[:-1]), _words(sealer, row.words)) for row in rows]


def list_callers(connection: Connection, shop: str) -> list[str]:
    """The people for whom this shop's model was called, by account."""
    query = sa.select(model_call.c.person).where(model_call.c.shop == shop).distinct().order_by(model_call.c.person)
    return list(connection.execute(query).scalars())


def forget_words(connection: Connection, conversations: Sequence[str]) -> int:
    """Let go what was said in calls about these conversations; of how many calls."""
    about = model_call.c.conversation.in_(conversations)
    return empty_out(connection, model_call, about, {"words": None})


def forget_old(connection: Connection, shop: str, words_before: int, calls_before: int) -> int | None:
    """Let go the words of calls before that time (ms), and calls before the other; when the oldest left was made."""
    mine = model_call.c.shop == shop
    old = sa.and_(mine, model_call.c.at < words_before, model_call.c.words.is_not(None))
    connection.execute(sa.update(model_call).where(old).values(words=None))
    connection.execute(sa.delete(model_call).where(mine, model_call.c.at < calls_before))
    found: int | None = connection.execute(sa.select(sa.func.min(model_call.c.at)).where(mine)).scalar()
    return found


def _words(sealer: Sealer, sealed: bytes | None) -> Words | None:
    return None if sealed is None else Words(**orjson.loads(sealer.open(WORDS, sealed)))
