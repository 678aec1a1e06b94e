"""What one more row of the log makes of a conversation: pure, the same for everyone who reads the log."""

from collections.abc import Callable, Mapping
from typing import Any

from jinpai.desk.attach import line_of
from jinpai.desk.model import (
    ALARMED,
    ASSIGNED,
    CALMED,
    CLOSED,
    COMPANION,
    MESSAGE_IN,
    MESSAGE_OUT,
    NOTE,
    PAST_IN,
    PAST_OUT,
    QUEUED,
    RATE,
    RATED,
    REOPENED,
    SUMMARY_LENGTH,
    TAGGED,
    WAIVED,
    Author,
    Conversation,
    is_answer,
)
from jinpai.journal.model import Row

Changes = dict[str, Any]
Fold = Callable[[Conversation, Row, Author], Changes]


def after(state: Conversation, row: Row) -> Conversation:
    """The conversation after one more row of its journal.

    While a buyer waits for a person, lists keep showing the buyer's words: an automatic reply does not cover them.
    """
    entry = row.entry
    author = Author.read(entry.author)
    changes: Changes = {"seq": row.seq}
    if entry.kind in (MESSAGE_IN, MESSAGE_OUT) and not _covers(state, row, author):
        line = line_of(entry.body)
        changes |= {"last_at": row.at, "last_from": author.role, "last_text": line[:SUMMARY_LENGTH]}
    elif entry.kind in (PAST_IN, PAST_OUT):
        line = line_of(entry.body)[:SUMMARY_LENGTH]
        changes |= {"status": "closed", "last_at": row.at, "last_from": author.role, "last_text": line}
    fold = FOLDS.get(entry.kind)
    if fold is not None:
        changes |= fold(state, row, author)
    return state._replace(**changes)


def _covers(state: Conversation, row: Row, author: Author) -> bool:
    """Whether an automatic text would hide the words of a buyer who waits for a person."""
    return author.role == "assistant" and state.waiting_since is not None and not is_answer(row.entry.data)


def _asks(state: Conversation, row: Row, author: Author) -> Changes:
    """A buyer's words; the first ones of a reception put it in the queue."""
    changes: Changes = {
        "status": "open",
        "waiting_since": state.waiting_since or row.at,
        "unread": state.unread + 1,
        "waived": False,
    }
    if state.status != "open" and state.channel != COMPANION:
        changes |= {"agent": None, "knows": state.agent or state.knows, "queued_at": row.at}
        changes |= {"group": None, "offline": False, "asked_wait_at": None}
    return changes


def _answers(state: Conversation, row: Row, author: Author) -> Changes:
    """A person's words: whoever speaks to a buyer nobody serves, serves them. The assistant's answers serve nobody."""
    if author.role != "agent":
        return {"waiting_since": None, "unread": 0} if is_answer(row.entry.data) else {}
    asked = row.at if row.entry.data.get("asks_wait") else None
    return {"status": "open", "asked_wait_at": asked, **_settled(state, author)}


def _noted(state: Conversation, row: Row, author: Author) -> Changes:
    """The assistant's note that a person is needed lets the buyer wait for one."""
    return {"waiting_since": state.waiting_since or row.at} if "handed" in row.entry.data else {}


def _waives(state: Conversation, row: Row, author: Author) -> Changes:
    return _settled(state, author) | {"waived": True}


def _settled(state: Conversation, author: Author) -> Changes:
    agent = state.agent or author.id
    return {"waiting_since": None, "unread": 0, "waived": False, "agent": agent, "queued_at": None, "offline": False}


def _assigned(state: Conversation, row: Row, author: Author) -> Changes:
    """Who serves the buyer now; whoever passed them on to a group is not the one to get them back."""
    data: Mapping[str, Any] = row.entry.data
    agent = data.get("agent")
    changes: Changes = {"agent": agent, "group": data.get("group", state.group)}
    if agent is None:
        waits = state.queued_at or state.waiting_since or row.at
        knows = None if data.get("reason") == "transferred" else state.agent or state.knows
        return changes | {"queued_at": waits, "knows": knows}
    return changes | {"queued_at": None, "offline": False}


def _queued(state: Conversation, row: Row, author: Author) -> Changes:
    data: Mapping[str, Any] = row.entry.data
    return {"group": data.get("group"), "offline": data.get("offline", False)}


def _closed(state: Conversation, row: Row, author: Author) -> Changes:
    ended: Changes = {"status": "closed", "waiting_since": None, "unread": 0, "queued_at": None}
    return ended | {"asked_wait_at": None, "offline": False, "alarmed_at": None}


def _reopened(state: Conversation, row: Row, author: Author) -> Changes:
    return {"status": "open", "agent": row.entry.data.get("agent", state.agent)}


def _tagged(state: Conversation, row: Row, author: Author) -> Changes:
    return {"tags": tuple(row.entry.data["tags"])}


def _alarmed(state: Conversation, row: Row, author: Author) -> Changes:
    return {"alarmed_at": row.at}


def _calmed(state: Conversation, row: Row, author: Author) -> Changes:
    return {"alarmed_at": None}


def _rate(state: Conversation, row: Row, author: Author) -> Changes:
    return {"rating": None}


def _rated(state: Conversation, row: Row, author: Author) -> Changes:
    return {"rating": row.entry.data["stars"]}


FOLDS: Mapping[str, Fold] = {
    MESSAGE_IN: _asks,
    MESSAGE_OUT: _answers,
    NOTE: _noted,
    WAIVED: _waives,
    ASSIGNED: _assigned,
    QUEUED: _queued,
    CLOSED: _closed,
    REOPENED: _reopened,
    TAGGED: _tagged,
    RATE: _rate,
    RATED: _rated,
    ALARMED: _alarmed,
    CALMED: _calmed,
}
"""Kind → what such a row changes; other kinds only count."""
