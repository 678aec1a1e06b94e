"""Frames of docs/protocol.md: journal rows as events, refusals, and the strict reading of what clients send."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from jinpai.bargaining.model import ANSWERED, ASKED, LAPSED
from jinpai.desk.model import (
    ALARMED,
    ASSIGNED,
    CALMED,
    MESSAGE_IN,
    MESSAGE_OUT,
    NOTE,
    OFFERED,
    PAST_IN,
    PAST_OUT,
    PUBLIC_KINDS,
    QUEUED,
    TAGGED,
    WAIVED,
    WHISPER,
    Author,
    Conversation,
)
from jinpai.guard.model import Hit
from jinpai.guard.rewriting import rewrite_one
from jinpai.journal.model import Row
from jinpai.kit.errors import BadInput
from jinpai.tasks.model import HANDED, LATE, MOVED

Frame = Mapping[str, Any]

PAGE_SIZE = 200_000
"""How large an `events` frame may become, in characters: a fifth of what a socket's buffer holds."""

ROW_SIZE = 500
"""What an event takes beside its text, generously."""

CARD_SIZE = 1_000
"""What a card or picture adds to it."""

CLIENT_FRAMES: Mapping[str, Mapping[str, type | tuple[type, ...]]] = {
    "sub": {"c": str, "after": int},
    "unsub": {"c": str},
    "send": {
        "id": str,
        "c": str,
        "text": str,
        "confirm": bool,
        "attach": dict,
        "source": str,
        "reason": str,
        "advice": dict,
    },
    "check": {"id": str, "c": str, "text": str},
    "read": {"c": str, "seq": int},
    "typing": {"c": str},
    "inbox": {},
}
_OPTIONAL = frozenset({"confirm", "attach", "source", "reason", "advice"})
_APPROVALS = {ASKED, ANSWERED, LAPSED}
_TASKS = {HANDED, MOVED, LATE}
_PAST = {PAST_IN, PAST_OUT}
_MOODS = {ALARMED, CALMED}
_NOTES = {NOTE, ASSIGNED, QUEUED, WAIVED, TAGGED, WHISPER, OFFERED}
_VISIBLE_TO_STAFF = PUBLIC_KINDS | _APPROVALS | _TASKS | _PAST | _MOODS | _NOTES


def encode(frame: Frame) -> str:
    """The frame as text."""
    return orjson.dumps(frame).decode()


def decode(text: str) -> dict[str, Any]:
    """A client's frame, checked against the protocol; BadInput when it is none."""
    try:
        frame = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise BadInput("收到的内容不是有效的 JSON") from None
    if not isinstance(frame, dict):
        raise BadInput("收到的内容应当是一个 JSON 对象")
    name_of_frame = frame.get("t")
    shape = CLIENT_FRAMES.get(name_of_frame) if isinstance(name_of_frame, str) else None
    if shape is None:
        raise BadInput(f"不认识的消息类型 t={str(frame.get('t'))[:40]}")
    for name, kind in shape.items():
        if name not in frame:
            if name not in _OPTIONAL:
                raise BadInput(f"缺少字段 {name}")
        elif type(frame[name]) is not kind:
            raise BadInput(f"字段 {name} 的类型不对")
    if len(frame) > len(shape) + 1 or any(name != "t" and name not in shape for name in frame):
        raise BadInput("有不认识的字段，请对照 docs/protocol.md")
    return frame


def event(row: Row, *, staff: bool) -> dict[str, Any] | None:
    """The row as this audience may see it, None when it may not."""
    entry = row.entry
    if entry.kind not in (_VISIBLE_TO_STAFF if staff else PUBLIC_KINDS):
        return None
    author = Author.read(entry.author)
    sender = {"role": author.role, "id": author.id, "name": entry.body.get("name", "")}
    if entry.kind in (MESSAGE_IN, MESSAGE_OUT, *_PAST):
        return _message(row, sender, staff=staff)
    seen: dict[str, Any] = {"seq": row.seq, "at": row.at, "kind": entry.kind, "from": sender}
    seen.update(entry.data)
    if "text" in entry.body:
        seen["text"] = entry.body["text"]
    return seen


def _message(row: Row, sender: dict[str, str], *, staff: bool) -> dict[str, Any]:
    entry = row.entry
    seen: dict[str, Any] = {"seq": row.seq, "at": row.at, "kind": "message", "from": sender, "id": entry.client_id}
    if "text" in entry.body:
        seen["text"] = entry.body["text"]
        if "attach" in entry.body:
            seen["attach"] = entry.body["attach"]
    else:
        seen["erased"] = True
    if entry.kind in _PAST:
        seen["past"] = True
    if staff:
        seen.update({name: entry.data[name] for name in ("hits", "bait", "because") if name in entry.data})
        if "reason" in entry.body:
            seen["reason"] = entry.body["reason"]
    return seen


def events(conversation: str, after: int, rows: Sequence[Row], *, staff: bool) -> str:
    """The `events` frame for these rows, which follow `after` without a gap."""
    seen = [found for row in rows if (found := event(row, staff=staff)) is not None]
    return encode({"t": "events", "c": conversation, "after": after, "seq": rows[-1].seq, "events": seen})


def first_page(rows: Sequence[Row]) -> Sequence[Row]:
    """As many of the rows as one frame should carry; at least one."""
    size = 0
    for count, row in enumerate(rows):
        size += ROW_SIZE + len(row.entry.body.get("text", "")) + (CARD_SIZE if "attach" in row.entry.body else 0)
        if size > PAGE_SIZE and count:
            return rows[:count]
    return rows


def hits(text: str, found: Sequence[Hit]) -> list[dict[str, Any]]:
    """The guard's remarks on this text as clients see them; `better` is the text with that one put right."""
    return [{**{name: getattr(hit, name) for name in Hit.__slots__}, "better": rewrite_one(text, hit)} for hit in found]


def summary(state: Conversation, position: int | None = None) -> dict[str, Any]:
    """A conversation as a line of the agent's list; `position` is its place in the shop's queue, from 1."""
    return {
        "id": state.id,
        "shop": state.shop,
        "channel": state.channel,
        "status": state.status,
        "agent": state.agent,
        "agent_name": state.agent_name,
        "buyer": {"id": state.buyer, "name": state.buyer_name},
        "seq": state.seq,
        "last": {"at": state.last_at, "from": state.last_from, "text": state.last_text} if state.last_from else None,
        "waiting_since": state.waiting_since,
        "unread": state.unread,
        "group": state.group,
        "position": position,
        "tags": state.tags,
        "asked_wait_at": state.asked_wait_at,
        "waived": bool(state.waived),
        "rating": state.rating,
        "offline": bool(state.offline),
        "alarmed_at": state.alarmed_at,
    }


def decode_hello(text: str) -> dict[str, Any]:
    """The first frame of a client; BadInput when it is not a hello."""
    try:
        hello = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise BadInput("收到的内容不是有效的 JSON") from None
    for side, proof in (("agent", "csrf"), ("buyer", "token")):
        if isinstance(hello, dict) and hello == {"t": "hello", "as": side, proof: hello.get(proof)}:
            if isinstance(hello[proof], str):
                return hello
            break
    raise BadInput("第一条消息应当是 hello，请对照 docs/protocol.md")
