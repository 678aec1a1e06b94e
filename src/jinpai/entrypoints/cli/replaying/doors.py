"""The HTTP front doors as a browser uses them: sign in, open a chat window, read the history back."""

import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from jinpai.entrypoints.cli.replaying.talks import Account
from jinpai.kit.errors import BadInput

PATIENCE = 20
"""How often one knocks at a door that says too many or not now."""

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Badge:
    """A signed-in agent: the cookie that travels with the upgrade, and the token of the hello."""

    login: str
    cookie: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Window:
    """A chat window that was opened."""

    conversation: str
    token: str


class Doors:
    """One server's HTTP side; every method blocks."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise BadInput("--url 应为 http://主机:端口")
        self._root = f"{parts.scheme}://{parts.netloc}"
        self.socket_url = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}/ws"

    def sign_in(self, account: Account) -> Badge:
        """Sign in; BadInput when the server does not know the account."""
        cookies = HTTPCookieProcessor()
        body = {"login": account.login, "password": account.password}
        answer = self._call(build_opener(ProxyHandler({}), cookies), "/api/v1/session", body, {})
        jar = "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies.cookiejar)
        return Badge(account.login, jar, answer["csrf"])

    def open_window(self, channel: str) -> Window:
        """Open a chat window as a new visitor.

        Each visitor has an address of its own, told the way a reverse proxy on this machine would; a server that does
        not trust this machine ignores that and throttles, and the door is knocked at again when it says.
        """
        headers = {"X-Forwarded-For": f"198.18.{random.randrange(256)}.{random.randrange(256)}"}  # noqa: S311
        answer = self._call(_plain(), "/api/v1/widget/session", {"channel": channel}, headers)
        return Window(answer["conversation"], answer["token"])

    def read_as_agent(self, badge: Badge, conversation: str) -> list[dict[str, Any]]:
        """The whole conversation as staff may see it, oldest first."""
        return self._pages(f"/api/v1/conversations/{conversation}/events", {"Cookie": badge.cookie})

    def read_as_buyer(self, window: Window) -> list[dict[str, Any]]:
        """The whole conversation as the buyer may see it, oldest first."""
        return self._pages("/api/v1/widget/events", {"Authorization": f"Bearer {window.token}"})

    def _pages(self, path: str, headers: Mapping[str, str]) -> list[dict[str, Any]]:
        pages: list[list[dict[str, Any]]] = []
        older = ""
        while not pages or older:
            page = self._call(_plain(), f"{path}?limit={_PAGE}{older}", None, headers)
            pages.append(page["events"])
            older = f"&before={page['first']}" if page["first"] else ""
        return [event for page in reversed(pages) for event in page]

    def _call(self, opener: OpenerDirector, path: str, body: Any, headers: Mapping[str, str]) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._root + path, data, {"Content-Type": "application/json", **headers})  # noqa: S310
        for _ in range(PATIENCE):
            try:
                with opener.open(request, timeout=30) as answer:
                    return json.load(answer)
            except HTTPError as error:
                time.sleep(_wait(error))
            except (URLError, OSError) as error:
                raise BadInput(f"连不上 {self._root}：{getattr(error, 'reason', error)}") from None
        raise BadInput(f"{self._root} 一直在限制访问，请稍后再试")


def _plain() -> OpenerDirector:
    return build_opener(ProxyHandler({}))


def _wait(error: HTTPError) -> float:
    """How long to wait before knocking again, in seconds; BadInput when that would not help."""
    if error.code in (429, 503):
        return float(error.headers.get("Retry-After") or 1)
    try:
        told = json.load(error)["detail"]
    except (ValueError, KeyError, TypeError):
        told = error.reason
    raise BadInput(f"服务器拒绝了 {urlsplit(error.url or '').path}（{error.code}）：{told}")
