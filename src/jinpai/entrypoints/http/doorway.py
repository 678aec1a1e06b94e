"""What every request passes first and every answer last: an id, a size limit, headers, a log line, no stack trace."""

import re
import time
from collections.abc import Mapping
from typing import Any

import anyio
import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jinpai.entrypoints.http.metrics import SECONDS
from jinpai.entrypoints.http.problems import problem, unexpected
from jinpai.entrypoints.http.security import PREFLIGHT, headers_for, is_for_any_site
from jinpai.importing.tables import MAX_UPLOAD
from jinpai.kit.ids import new_id
from jinpai.kit.pictures import MAX_BYTES as MAX_PICTURE
from jinpai.playbook.sheets import MAX_BYTES as MAX_SHEET

MAX_BODY = 1 << 20
"""The largest request body in bytes, unless LARGER_BODIES has the path."""

LARGER_BODIES: Mapping[str, int] = {
    "/api/v1/content/versions": 8 << 20,
    "/api/v1/content/check": 8 << 20,
    "/api/v1/content/import": 8 << 20,
    "/api/v1/widget/files": MAX_PICTURE,
    "/api/v1/imports": MAX_UPLOAD,
    "/api/v1/scripts/mine/import": MAX_SHEET,
    "/api/v1/scripts/team/import": MAX_SHEET,
}
_PICTURES = re.compile(r"/api/v1/conversations/[^/]+/files")

BODY_SECONDS = 30.0
PICTURE_SECONDS = 120.0
"""How long a request body may take to arrive; photographs come over slow phones."""

_log = structlog.get_logger()


class Doorway:
    """Pure ASGI, so that it costs little and streams stay streams."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and see its answer out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = new_id("r")
        scope.setdefault("state", {})["request"] = request
        started = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._complete(message, scope["path"], request)
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request):
            try:
                await self._handle(scope, receive, answer, request)
            except Exception:
                _log.exception("request_failed", method=scope["method"], route=_route(scope))
                if status:
                    raise
                await unexpected(request)(scope, receive, answer)
            finally:
                _account(scope, status, time.perf_counter() - started)

    async def _handle(self, scope: Scope, receive: Receive, send: Send, request: str) -> None:
        path = scope["path"]
        if scope["method"] == "OPTIONS" and is_for_any_site(path):
            await Response(status_code=204, headers=PREFLIGHT)(scope, receive, send)
            return
        if "\0" in path or b"%00" in scope["query_string"]:
            await problem(400, "bad_input", "网址里有空字符，请检查", request)(scope, receive, send)
            return
        body = await _read_body(scope, receive, _limit(path), request)
        if isinstance(body, Response):
            body.headers["connection"] = "close"
            await body(scope, receive, send)
        elif body is not None:
            await self._app(scope, _replay(body, receive), send)

    def _complete(self, message: Message, path: str, request: str) -> None:
        headers = MutableHeaders(scope=message)
        headers["x-request-id"] = request
        for name, value in headers_for(path, secure=self._secure).items():
            headers.setdefault(name, value)


def _limit(path: str) -> int:
    return MAX_PICTURE if _PICTURES.fullmatch(path) else LARGER_BODIES.get(path, MAX_BODY)


async def _read_body(scope: Scope, receive: Receive, limit: int, request: str) -> bytes | Response | None:
    """The whole body, what to answer instead, or None when the caller went away."""
    announced = _header(scope, b"content-length")
    if announced is not None and announced.isdigit() and int(announced) > limit:
        return _too_large(limit, request)
    chunks: list[bytes] = []
    size = 0
    with anyio.move_on_after(PICTURE_SECONDS if limit == MAX_PICTURE else BODY_SECONDS) as timer:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            if size > limit:
                return _too_large(limit, request)
            if not message.get("more_body"):
                break
    if timer.cancelled_caught:
        return problem(408, "timeout", "内容传得太慢，已中断，请检查网络后重试", request)
    return b"".join(chunks)


def _too_large(limit: int, request: str) -> Response:
    return problem(413, "too_large", f"内容太大，最多 {limit >> 20} MiB，请缩小后再试", request)


def _replay(body: bytes, receive: Receive) -> Receive:
    told = False

    async def replay() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _header(scope: Scope, name: bytes) -> bytes | None:
    return next((value for key, value in scope["headers"] if key == name), None)


def _route(scope: Scope) -> str:
    """The route's template, so that neither logs nor metrics hold ids."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", "-"))


def _account(scope: Scope, status: int, seconds: float) -> None:
    route = _route(scope)
    SECONDS.labels(scope["method"], route, str(status)).observe(seconds)
    _log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
