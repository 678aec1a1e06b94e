"""Calls of a language model: noted each with its tokens and cost, never with what was said."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.copilot.store import model_call
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx

CALLED = "model_called"
"""The kind of this fact in the journal."""


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


_COLUMNS = tuple(part.name for part in fields(Call))
_PLACE = sa.tuple_(model_call.c.at, model_call.c.id)


def add_call(call: Call, outcome: str, why: str) -> Action[None]:
    """The action that notes a call, and what came of it."""
    ended = replace(call, outcome=outcome, why=why[:200])

    def act(tx: Tx) -> None:
        told = asdict(ended)
        tx.connection.execute(sa.insert(model_call).values(told))
        names = ("purpose", "model", "spent_ms", "tokens_in", "tokens_out", "cost", "outcome")
        data = {"call": ended.id, "about": ended.conversation, **{name: told[name] for name in names}}
        tx.append(Entry(CALLED, f"agent:{ended.person}", ended.shop, data=data))

    return act


def tokens_since(connection: Connection, shop: str, since: int) -> int:
    """How many tokens this shop has used since then (ms)."""
    used = sa.func.sum(model_call.c.tokens_in + model_call.c.tokens_out)
    query = sa.select(used).where(model_call.c.shop == shop, model_call.c.at >= since)
    return int(connection.execute(query).scalar() or 0)


def list_calls(connection: Connection, shop: str, after: tuple[int, str] | None, limit: int) -> Sequence[Call]:
    """The calls of this shop, the newest first, from behind the one at `after`."""
    query = sa.select(*(model_call.c[name] for name in _COLUMNS)).where(model_call.c.shop == shop)
    if after is not None:
        query = query.where(sa.tuple_(*map(sa.literal, after)) > _PLACE)
    newest = (model_call.c.at.desc(), model_call.c.id.desc())
    return [Call(*row) for row in connection.execute(query.order_by(*newest).limit(limit))]
