"""Connections that go to addresses a call may go to, and to no other: looked at when the name has been resolved."""

import socket
import urllib.request
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any

from jinpai.kit.reach import Reach, may_reach


class Forbidden(OSError):
    """The name stands for an address that may not be called."""


def make_opener(reach: Reach) -> urllib.request.OpenerDirector:
    """Opens URLs within this reach, without following redirects.

    A proxy would resolve the name by itself, out of our sight: only the operator's own endpoint goes through one.
    """
    if reach == "any":
        return urllib.request.build_opener(_NoRedirect)
    return urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}), _Plain(reach), _Sealed(reach))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key goes to the endpoint that was named and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self._reach = reach

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_guarded(HTTPConnection, self._reach), req)


class _Sealed(urllib.request.HTTPSHandler):
    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self._reach = reach

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_guarded(HTTPSConnection, self._reach), req)


def _guarded(kind: type[HTTPConnection], reach: Reach) -> Any:
    """Makes connections of this kind that dial by `_dialler`; the TLS name stays the one that was asked for."""

    def make(host: str, **more: Any) -> HTTPConnection:
        connection = kind(host, **more)
        connection._create_connection = _dialler(reach)  # type: ignore[attr-defined]
        return connection

    return make


def _dialler(reach: Reach) -> Callable[..., socket.socket]:
    def dial(address: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        found = [place[0] for *_, place in socket.getaddrinfo(*address, type=socket.SOCK_STREAM)]
        if not all(may_reach(str(ip), reach) for ip in found):
            raise Forbidden(address[0])
        last: OSError | None = None
        for ip in found:
            try:
                return socket.create_connection((str(ip), address[1]), timeout)
            except OSError as error:
                last = error
        raise last or OSError(address[0])

    return dial
