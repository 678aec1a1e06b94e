"""Keeps conversations in step with their journal rows, in the transaction that appends them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.desk.folding import after
from jinpai.desk.model import Conversation
from jinpai.desk.store import CONVERSATIONS, put_conversations, read_conversations
from jinpai.journal.due import WAITING
from jinpai.journal.model import Projection, Row


@dataclass(slots=True)
class Change:
    """What a batch did to one conversation; `waiting` are the works about it that waited before, as (id, kind)."""

    before: Conversation
    after: Conversation
    rows: list[Row] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)

    def take(self, kind: str) -> list[str]:
        """The waiting works of this kind, each given out once."""
        taken = [id_ for id_, its_kind in self.waiting if its_kind == kind]
        self.waiting = [work for work in self.waiting if work[1] != kind]
        return taken


Found = Sequence[Sequence[Any]]
OnChanges = Callable[[Connection, Sequence[Change]], None]


def conversation_projection(hooks: Sequence[OnChanges] = ()) -> Projection:
    """The projection of the desk; each hook sees what changed, in the same transaction.

    History that is told afterwards moves no hook: what is past asks for nothing.
    """

    def project(connection: Connection, rows: Sequence[Row], states: Found, waiting: Found) -> None:
        changes = fold(read_conversations(states), rows)
        _add_waiting(changes, waiting)
        put_conversations(connection, [(change.before, change.after) for change in changes])
        live = [change for change in changes if change.rows[-1].entry.at is None]
        for hook in hooks:
            hook(connection, live)

    return Projection(project, (CONVERSATIONS, WAITING))


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


def _add_waiting(changes: Sequence[Change], waiting: Found) -> None:
    about = {change.after.id: change for change in changes}
    for subject, id_, kind in waiting:
        if subject in about:
            about[subject].waiting.append((id_, kind))
