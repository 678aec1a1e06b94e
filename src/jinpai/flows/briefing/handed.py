"""Whether a buyer came to somebody from other hands, who has not spoken to them yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jinpai.desk.model import ASSIGNED, MESSAGE_OUT, NOTE, is_answer
from jinpai.flows.answering.thinking import reception
from jinpai.journal.model import Row

How = Literal["assistant", "transferred", "assigned"]
"""The assistant called for a person · a colleague passed the buyer on · somebody else was given them, or took them."""


@dataclass(frozen=True, slots=True)
class Handed:
    """How a buyer came to whoever serves them now: by whom (`by`, a name), in message `seq`, with which note."""

    seq: int
    at: int
    how: How
    by: str
    note: str


def find_handed(rows: Sequence[Row]) -> Handed | None:
    """How the buyer changed hands last in the reception that goes on; None where nobody served them before, or whoever
    has them now has spoken already.
    """
    here = reception(rows)
    last = max((at for at, row in enumerate(here) if _changes_hands(row)), default=-1)
    if last < 0 or any(_is_persons(row) for row in here[last + 1 :]):
        return None
    before, taker = here[: last + 1], here[last].entry.data.get("agent")
    spoken = [at for at, row in enumerate(before) if _is_persons(row)]
    called = [row for row in before if "handed" in row.entry.data]
    is_new = not any(before[at].entry.author != f"agent:{taker}" for at in spoken)
    since = before[spoken[-1] + 1 :] if spoken else before
    passed = [row for row in since if row.entry.data.get("reason") == "transferred"]
    if is_new and not called and not passed and not any(_is_answer(row) for row in before):
        return None
    how: How = "transferred" if passed else "assistant" if called and not spoken else "assigned"
    cause = passed[-1] if passed else called[-1] if how == "assistant" else here[last]
    note = str(passed[-1].entry.body.get("text", "")) if passed else ""
    by = "" if cause.entry.data.get("reason") == "taken" else _who(cause)
    return Handed(here[last].seq, here[last].at, how, by, note)


def _changes_hands(row: Row) -> bool:
    given = row.entry.kind == ASSIGNED and row.entry.data.get("agent") is not None
    return given or (row.entry.kind == NOTE and "handed" in row.entry.data)


def _who(row: Row) -> str:
    return str(row.entry.body.get("name") or "") if row.entry.author.startswith("agent:") else ""


def _is_persons(row: Row) -> bool:
    return row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:")


def _is_answer(row: Row) -> bool:
    return row.entry.kind == MESSAGE_OUT and is_answer(row.entry.data)
