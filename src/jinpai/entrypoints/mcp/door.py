"""The house as a signed-in colleague sees it: every call goes over HTTP, so rights, limits and records are the same."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar
from typing import Any, TypeAlias

from jinpai.kit.errors import BadInput, NotSignedIn, Unavailable

SECONDS = 20.0
"""How long the server may take to answer."""
MAX_ANSWER = 4_000_000
"""Bytes of an answer that are read."""

Query: TypeAlias = Mapping[str, str | int | None]
Ask: TypeAlias = Callable[[str, str, Mapping[str, Any] | None], Any]
"""Method, path with its query, body → what the server told; a Refusal with its sentence where it refused."""


class Door:
    """Signs in with a colleague's own name and password, and again when the session has ended."""

    def __init__(self, server: str, login: str, password: str) -> None:
        if urllib.parse.urlsplit(server).scheme not in ("http", "https"):
            raise BadInput(f"服务地址要以 http:// 或 https:// 开头，收到的是 {server}")
        self._server = server.rstrip("/")
        self._who = {"login": login, "password": password}
        self._csrf = ""
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def __call__(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """What the server told; Unavailable when it is not there."""
        if not self._csrf:
            self._sign_in()
        try:
            return self._send(method, path, body)
        except NotSignedIn:
            self._sign_in()
            return self._send(method, path, body)

    def _sign_in(self) -> None:
        self._csrf = ""
        self._csrf = str(self._send("POST", "/api/v1/session", self._who)["csrf"])

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self._csrf:
            headers["X-CSRF-Token"] = self._csrf
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._server + path, data, headers, method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                return json.loads(answer.read(MAX_ANSWER) or b"null")
        except urllib.error.HTTPError as error:
            raise _refusal(error.code, error.read(MAX_ANSWER)) from None
        except (OSError, ValueError):
            raise Unavailable(f"连不上 {self._server}，请检查服务是否在运行") from None


def _refusal(status: int, told: bytes) -> BadInput | NotSignedIn:
    try:
        problem = json.loads(told)
        sentence = str(problem.get("detail") or problem.get("title") or "")
    except (ValueError, AttributeError):
        sentence = ""
    kind = NotSignedIn if status == NotSignedIn.status else BadInput
    return kind(sentence or f"服务没有答应（{status}）")


def path_of(*parts: str, **query: str | int | None) -> str:
    """A path of the API with its parts and its query quoted; what is None or empty is left out."""
    path = "/".join(urllib.parse.quote(part, safe="") for part in parts)
    asked = urllib.parse.urlencode({name: value for name, value in query.items() if value not in (None, "")})
    return f"/api/v1/{path}" + (f"?{asked}" if asked else "")
