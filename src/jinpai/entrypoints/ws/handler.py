"""What each frame of a client does, one after the other, so that order is kept.

Sending decodes, guards and submits without awaiting; only where a rule asks for what the database alone knows, it is
read first.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, TypeVar

import structlog

from jinpai.desk.actions import mark_read
from jinpai.desk.attach import Attachment
from jinpai.desk.model import Draft
from jinpai.desk.store import get_conversations, get_read_marks
from jinpai.entrypoints.ws import frames
from jinpai.entrypoints.ws.hub import Follow, Hub
from jinpai.entrypoints.ws.session import MAX_FOLLOWS, Session
from jinpai.flows.attaching import attach
from jinpai.flows.guarding.bait import find_bait
from jinpai.flows.guarding.surroundings import learn, looker
from jinpai.flows.ports import House
from jinpai.flows.receive import Incoming, check_advice, check_reason, check_source, receive
from jinpai.flows.send import better, clear, opinion, say
from jinpai.guard.model import Cleared, NeedsApproval, Refused, verdict_of
from jinpai.journal.model import Receipt
from jinpai.journal.writer import Action
from jinpai.kit.errors import BadInput, Conflict, NotFound, Refusal, TooMany, Unavailable
from jinpai.kit.ids import new_id
from jinpai.staff.model import Actor
from jinpai.staff.rights import Permission, check_may, may

KEPT = 10_000
"""How far behind a client may be and still get every event it missed."""

FRESH = 200
"""How many events a full reload starts with."""

TYPING_SECONDS = 3.0
RATES = {"agent": (200.0, 1_000.0), "buyer": (5.0, 60.0)}
"""Side → messages a second in the long run, and at once."""

FRAME_RIGHTS: dict[str, tuple[Permission, Permission | None]] = {
    "sub": ("conversation.read", "chat.read"),
    "unsub": ("conversation.read", "chat.read"),
    "read": ("conversation.read", "chat.read"),
    "inbox": ("conversation.read", None),
    "send": ("conversation.answer", "chat.write"),
    "typing": ("conversation.answer", "chat.write"),
    "check": ("conversation.answer", None),
}
"""Frame → the right it needs from staff, and from a buyer (None: not for buyers)."""

T = TypeVar("T")
_log = structlog.get_logger()


class Handler:
    """Answers the frames of one socket."""

    def __init__(self, house: House, hub: Hub, session: Session) -> None:
        self._house = house
        self._hub = hub
        self._session = session

    async def handle(self, frame: dict[str, Any]) -> None:
        """Do what the frame asks; a refusal becomes a `refused` frame with a request id."""
        if self._hub.is_parting:
            return
        try:
            self._check_right(frame)
            kind = frame["t"]
            if self._hub.floor is not None:
                self._hub.floor.act(self._session, kind)
            if kind == "send":
                await self._send(frame)
            else:
                await self._OTHERS[kind](self, frame)
        except Refusal as refusal:
            self._refuse(frame, refusal)
        except Exception:
            _log.exception("frame_failed", frame=frame["t"])
            self._refuse(frame, Unavailable("出错了，没有保存，请稍后重试；一直这样请把请求编号告诉管理员"))

    def _check_right(self, frame: dict[str, Any]) -> None:
        staff, buyer = FRAME_RIGHTS[frame["t"]]
        right = staff if self._session.is_staff else buyer
        if right is None:
            raise NotFound("没有找到这个功能")
        follow = self._hub.follows.get(frame.get("c", ""))
        check_may(self._session.party, right, follow.shop if follow else None, None)

    def _followed(self, frame: dict[str, Any]) -> Follow:
        conversation = frame["c"]
        if conversation not in self._session.told:
            raise NotFound("请先打开这个会话（sub），再进行操作")
        return self._hub.follows[conversation]

    async def _send(self, frame: dict[str, Any]) -> None:
        session = self._session
        follow = self._followed(frame)
        if not session.may_send(time.monotonic(), *RATES[session.side]):
            raise TooMany("消息发得太快了，请稍等几秒再发")
        if session.is_staff:
            draft = self._draft(frame, follow)
            look = looker(follow.around, session.party, frame.get("attach"))
            before = follow.around.recent
            answer = await self._asked(follow, draft.text, lambda: clear(self._house, draft, before, look))
            if not isinstance(answer, Cleared):
                words = better(self._house, draft.shop, answer.draft.text, answer.hits, before, look)
                session.push(frames.encode(_guard_refusal(frame["id"], answer, words)))
                return
            action = say(answer)
        else:
            action = receive(self._incoming(frame, follow))
        self._submit(frame, action)

    async def _asked(self, follow: Follow, text: str, ask: Callable[[], T]) -> T:
        """What the guard answers, asked again where something had to be read first."""
        answer = ask()
        if follow.around.lacks:
            await asyncio.to_thread(learn, self._house, follow.around, text)
            answer = ask()
        return answer

    def _draft(self, frame: dict[str, Any], follow: Follow) -> Draft:
        party = self._session.party
        return Draft(
            follow.shop,
            follow.conversation,
            self._session.author,
            frame["text"],
            frame["id"],
            source=check_source(frame.get("source", "")),
            confirmed=frame.get("confirm", False),
            reason=check_reason(frame.get("reason", "")),
            advice=check_advice(frame.get("advice")),
            may_approve=may(party, "message.approve", follow.shop),
            attach=self._attachment(frame, follow),
        )

    def _incoming(self, frame: dict[str, Any], follow: Follow) -> Incoming:
        attachment = self._attachment(frame, follow)
        author, text = self._session.author, frame["text"]
        bait = find_bait(self._house, follow.shop, text, follow.around.recent)
        return Incoming(follow.shop, follow.conversation, author, text, frame["id"], attachment, bait=bait)

    def _attachment(self, frame: dict[str, Any], follow: Follow) -> Attachment | None:
        asked = frame.get("attach")
        if asked is None:
            return None
        return attach(self._house, follow.shop, follow.conversation, self._session.author, asked)

    def _submit(self, frame: dict[str, Any], action: Action[Receipt]) -> None:
        def done(receipt: Receipt | None, error: Exception | None) -> None:
            if receipt is None:
                self._refuse(frame, error if isinstance(error, Refusal) else Unavailable("没有保存成功，请稍后重试"))
            elif receipt.conflict:
                self._refuse(frame, Conflict("这个消息编号已经用于另一段内容，请换一个新的编号再发"))
            else:
                ack = {"t": "ack", "id": frame["id"], "c": frame["c"], "seq": receipt.seq, "at": receipt.at}
                self._session.push(frames.encode({**ack, "again": True} if receipt.again else ack))

        self._house.writer.submit(action, done)

    def _refuse(self, frame: dict[str, Any], refusal: Refusal) -> None:
        request = new_id("r")
        _log.info("frame_refused", request=request, frame=frame["t"], code=refusal.code)
        told = {"t": "refused", "id": frame.get("id", ""), "code": refusal.code, "message": refusal.message}
        if "c" in frame:
            told["c"] = frame["c"]
        self._session.push(frames.encode({**told, "request": request}))

    async def _sub(self, frame: dict[str, Any]) -> None:
        session, conversation, after = self._session, frame["c"], frame["after"]
        if after < 0:
            raise BadInput("after 不能是负数")
        if len(session.told) >= MAX_FOLLOWS and conversation not in session.told:
            raise TooMany(f"一个连接最多同时打开 {MAX_FOLLOWS} 个会话，请先关掉一些")
        shop, head, marks = await asyncio.to_thread(self._find, conversation)
        right: Permission = "conversation.read" if session.is_staff else "chat.read"
        check_may(session.party, right, shop, conversation)
        follow = await self._hub.open_follow(conversation, shop)
        head = max(head, follow.seq)
        if after > head or head - after > KEPT:
            why = "unknown_seq" if after > head else "too_far_behind"
            after = max(0, head - FRESH)
            session.push(frames.encode({"t": "reset", "c": conversation, "seq": after, "why": why}))
        session.told[conversation] = after
        follow.sessions.add(session)
        if after >= follow.seq:
            frame = {"t": "events", "c": conversation, "after": after, "seq": after, "events": []}
            session.push(frames.encode(frame))
        for side, seq in marks.items():
            session.push(frames.encode({"t": "read", "c": conversation, "who": side, "seq": seq}))
        await self._hub.catch_up(session, follow)

    def _find(self, conversation: str) -> tuple[str, int, dict[str, int]]:
        with self._house.database.read() as connection:
            state = get_conversations(connection, [conversation]).get(conversation)
            if state is None:
                raise NotFound("没有找到；可能已经不在了，或者不归您的店铺管")
            return state.shop, state.seq, get_read_marks(connection, conversation)

    async def _unsub(self, frame: dict[str, Any]) -> None:
        self._hub.unfollow(self._session, frame["c"])

    async def _read(self, frame: dict[str, Any]) -> None:
        follow = self._followed(frame)
        side, seq = self._session.side, min(frame["seq"], follow.seq)
        if seq > 0:
            self._house.writer.submit(lambda tx: mark_read(tx, follow.conversation, side, seq), _ignore)

    async def _typing(self, frame: dict[str, Any]) -> None:
        follow, session = self._followed(frame), self._session
        now = time.monotonic()
        if now - session.typed_at >= TYPING_SECONDS:
            session.typed_at = now
            payload = {"c": follow.conversation, "who": session.side}
            self._house.writer.submit(lambda tx: tx.tell("typing", payload), _ignore)

    async def _check(self, frame: dict[str, Any]) -> None:
        follow = self._followed(frame)
        house, shop, text, before = self._house, follow.shop, frame["text"], follow.around.recent
        look = looker(follow.around, self._session.party)
        hits = await self._asked(follow, text, lambda: opinion(house, shop, text, before, look))
        told = {"t": "checked", "id": frame["id"], "verdict": verdict_of(hits), "hits": frames.hits(text, hits)}
        words = better(house, shop, text, hits, before, look)
        self._session.push(frames.encode({**told, "better": words}))

    async def _inbox(self, frame: dict[str, Any]) -> None:
        party = self._session.party
        if isinstance(party, Actor):
            self._hub.lists.open(self._session, party)
            if self._hub.floor is not None:
                self._hub.floor.come(self._session, party)

    _OTHERS: ClassVar[dict[str, Callable[["Handler", dict[str, Any]], Awaitable[None]]]] = {
        "sub": _sub,
        "unsub": _unsub,
        "read": _read,
        "typing": _typing,
        "check": _check,
        "inbox": _inbox,
    }


def _ignore(value: Any, error: Exception | None) -> None:
    """Read marks and typing ask for no answer."""


def _guard_refusal(client_id: str, answer: NeedsApproval | Refused, words: str) -> dict[str, Any]:
    if isinstance(answer, Refused):
        verdict, message = "block", answer.message
    elif answer.verdict == "warn":
        verdict, message = "warn", "这样说可能不太合适，看看建议，或者再按一次发送"
    else:
        verdict, message = "confirm", "这句话需要主管同意才能发出"
    hits = frames.hits(answer.draft.text, answer.hits)
    told = {"t": "refused", "id": client_id, "code": "guard", "verdict": verdict, "message": message, "hits": hits}
    return {**told, "better": words, "request": new_id("r")}
