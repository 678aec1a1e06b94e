"""The socket `/ws`: hello, then frames in and frames out until one side ends it."""

import asyncio
import hmac
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from jinpai.desk.model import MAX_TEXT, Author, Conversation
from jinpai.desk.store import get_conversations
from jinpai.desk.visits import find_buyer
from jinpai.entrypoints.http.access import cookie_name
from jinpai.entrypoints.ws import frames
from jinpai.entrypoints.ws.handler import Handler
from jinpai.entrypoints.ws.hub import Hub
from jinpai.entrypoints.ws.session import BAD_FRAME, NOT_SIGNED_IN, RESTART, Ending, Session
from jinpai.entrypoints.ws.watch import watch
from jinpai.flows.ports import House
from jinpai.kit.database import UNREACHABLE
from jinpai.kit.errors import BadInput, NotSignedIn, Refusal
from jinpai.staff.actions import find_session
from jinpai.staff.model import Actor, BuyerParty

HELLO_SECONDS = 10
FAREWELL_SECONDS = 15
"""How long a socket that ends may take to read what it is still told; one that reads nothing is closed by TCP."""

MAX_FRAME = 64 * 1024
_log = structlog.get_logger()

Welcome = tuple[Session, dict[str, Any], Conversation | None]
"""The socket's session, its first frame, and for a buyer how the conversation stands."""


async def serve(socket: WebSocket, house: House, hub: Hub) -> None:
    """Serve one socket from its upgrade to its end."""
    await socket.accept()
    try:
        session, welcome, state = await asyncio.wait_for(_welcome(socket, house), HELLO_SECONDS)
    except (Refusal, TimeoutError, *UNREACHABLE) as error:
        await _bye(socket, _why_not(error))
        return
    except WebSocketDisconnect:
        return
    hub.sessions.add(session)
    try:
        await watch(house, [session])
        session.push(frames.encode(welcome))
        if hub.floor is not None and isinstance(session.party, BuyerParty):
            hub.floor.greet(session, session.party, state)
        await _converse(socket, Handler(house, hub, session), session)
    finally:
        hub.leave(session)


def _why_not(error: Exception) -> Ending:
    if isinstance(error, UNREACHABLE):
        _log.error("hello_failed", error=type(error).__name__)
        return Ending(RESTART, "restart", "暂时连不上，马上自动重连")
    if isinstance(error, Refusal) and not isinstance(error, NotSignedIn):
        return Ending(BAD_FRAME, "bad_frame", error.message)
    message = error.message if isinstance(error, Refusal) else "没有等到 hello，请重新连接"
    return Ending(NOT_SIGNED_IN, "not_signed_in", message)


async def _converse(socket: WebSocket, handler: Handler, session: Session) -> None:
    listening = asyncio.ensure_future(_listen(socket, handler, session))
    telling = asyncio.ensure_future(session.drain(socket.send_text))
    try:
        await asyncio.wait((listening, telling, session.ended), return_when=asyncio.FIRST_COMPLETED)
        _check_listener(listening, session)
        if session.ended.done():
            listening.cancel()
            await asyncio.wait_for(telling, FAREWELL_SECONDS)
            await socket.close(session.ended.result().code)
    except TimeoutError:
        _log.info("socket_abandoned")
    except (RuntimeError, WebSocketDisconnect):
        _log.debug("socket_gone")
    finally:
        listening.cancel()
        telling.cancel()
        await asyncio.gather(listening, telling, return_exceptions=True)


def _check_listener(listener: asyncio.Future[Any], session: Session) -> None:
    """A listener that broke, rather than ended, is our fault: tell the client to come back."""
    if listener.done() and not listener.cancelled():
        error = listener.exception()
        if error is not None and not isinstance(error, WebSocketDisconnect):
            _log.error("socket_failed", exc_info=None if isinstance(error, UNREACHABLE) else error)
            session.end(Ending(RESTART, "restart", "连接出了点问题，马上自动重连"))


async def _listen(socket: WebSocket, handler: Handler, session: Session) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        try:
            if text is None or len(text) > MAX_FRAME:
                raise BadInput("只接受不超过 64 KiB 的文本内容")
            frame = frames.decode(text)
        except BadInput as error:
            session.end(Ending(BAD_FRAME, "bad_frame", error.message))
            return
        await handler.handle(frame)


async def _welcome(socket: WebSocket, house: House) -> Welcome:
    text = await socket.receive_text()
    hello = frames.decode_hello(text)
    common = {"t": "welcome", "as": hello["as"], "at": house.clock.now(), "limits": {"text": MAX_TEXT}}
    if hello["as"] == "buyer":
        return await _welcome_buyer(house, hello["token"], common)
    _check_origin(socket)
    actor = await asyncio.to_thread(
        _find_actor, house, socket.cookies.get(cookie_name(house.settings), ""), hello["csrf"]
    )
    me = {"id": actor.id, "name": actor.name, "role": actor.role.value, "shops": list(actor.shops)}
    return Session(actor, Author("agent", actor.id, actor.name)), {**common, "me": me}, None


async def _welcome_buyer(house: House, token: str, common: dict[str, Any]) -> Welcome:
    def read() -> Any:
        with house.database.read() as connection:
            visitor = find_buyer(connection, token)
            return visitor, get_conversations(connection, [visitor.conversation]).get(visitor.conversation)

    visitor, state = await asyncio.to_thread(read)
    party = BuyerParty(visitor.id, visitor.conversation, visitor.shop)
    me = {"id": visitor.id, "name": visitor.name}
    shop = {"id": visitor.shop, "name": visitor.shop_name}
    welcome = {**common, "me": me, "c": visitor.conversation, "shop": shop}
    return Session(party, Author("buyer", visitor.id, visitor.name)), welcome, state


def _find_actor(house: House, cookie: str, csrf: str) -> Actor:
    with house.database.read() as connection:
        actor, _ = find_session(connection, cookie, house.clock.now())
    if not hmac.compare_digest(actor.csrf.encode(), csrf.encode()):
        raise NotSignedIn("页面已过期，请刷新后重新登录")
    return actor


def _check_origin(socket: WebSocket) -> None:
    origin = socket.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != socket.headers.get("host"):
        raise NotSignedIn("这个网页不能使用客服的登录，请从接待台登录")


async def _bye(socket: WebSocket, ending: Ending) -> None:
    try:
        bye = {"t": "bye", "code": ending.name, "message": ending.message}
        await socket.send_text(frames.encode(bye))
        await socket.close(ending.code)
    except (RuntimeError, WebSocketDisconnect):
        _log.debug("socket_gone")


def restart(hub: Hub) -> None:
    """Ask every client to come back at once, to another process or to this one's successor."""
    for session in list(hub.sessions):
        session.end(Ending(RESTART, "restart", "服务正在重启，马上自动重连"))
