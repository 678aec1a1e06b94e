"""Keeps conversations in step with their journal rows, in the transaction that appends them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from jinpai.desk.folding import after
from jinpai.desk.model import Conversation
from jinpai.desk.store import get_conversations, put_conversations
from jinpai.journal.model import Projection, Row


@dataclass(slots=True)
class Change:
    """What a batch did to one conversation."""

    before: Conversation
    after: Conversation
    rows: list[Row] = field(default_factory=list)


OnChanges = Callable[[Connection, Sequence[Change]], None]


def conversation_projection(hooks: Sequence[OnChanges] = ()) -> Projection:
    """The projection of the desk; each hook sees what changed, in the same transaction.

    History that is told afterwards moves no hook: what is past asks for nothing.
    """

    def project(connection: Connection, rows: Sequence[Row]) -> None:
        changes = fold(get_conversations(connection, _ids(rows)), rows)
        put_conversations(connection, [(change.before, change.after) for change in changes])
        live = [change for change in changes if change.rows[-1].entry.at is None]
        for hook in hooks:
            hook(connection, live)

    return project


def fold(states: dict[str, Conversation], rows: Sequence[Row]) -> list[Change]:
    """The changes these rows bring to the conversations; rows of unknown conversations are none of ours."""
    changes: dict[str, Change] = {}
    for row in rows:
        state = states.get(row.entry.conversation or "")
        if state is None:
            continue
        change = changes.setdefault(state.id, Change(state, state))
        change.rows.append(row)
        change.after = after(change.after, row)
    return list(changes.values())


def _ids(rows: Sequence[Row]) -> list[str]:
    return sorted({row.entry.conversation for row in rows if row.entry.conversation is not None})
