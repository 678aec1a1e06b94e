"""Connections that go to addresses a call may go to, and to no other: looked at when the name has been resolved."""

import socket
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any

from jinpai.kit.reach import Reach, may_reach

Dial = Callable[..., socket.socket]
"""Address, timeout and source → a connected socket."""


class Forbidden(OSError):
    """The name stands for an address that may not be called."""


class Line:
    """The connection of one call, for who wants to hang up on it."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._is_over = False

    def connected(self, to: socket.socket) -> None:
        """Keep a second handle of the socket: the first may become a part of a sealed one."""
        self._socket = to.dup()
        if self._is_over:
            self.hang_up()

    def hang_up(self) -> None:
        """End the call from this side, now or as soon as it is connected; whoever reads from it reads its end."""
        self._is_over = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the handle back."""
        if self._socket is not None:
            self._socket.close()


def make_opener(reach: Reach, line: Line) -> urllib.request.OpenerDirector:
    """Opens URLs within this reach on this line, without following redirects.

    A proxy would resolve the name by itself, out of our sight: only the operator's own endpoint goes through one.
    """
    handlers = [_NoRedirect(), _Plain(reach, line), _Sealed(reach, line)]
    direct = [] if reach == "any" else [urllib.request.ProxyHandler({})]
    return urllib.request.build_opener(*handlers, *direct)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key goes to the endpoint that was named and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, reach: Reach, line: Line) -> None:
        super().__init__()
        self._dial = _dialler(reach, line)

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_dialling(HTTPConnection, self._dial), req)


class _Sealed(urllib.request.HTTPSHandler):
    def __init__(self, reach: Reach, line: Line) -> None:
        super().__init__()
        self._dial = _dialler(reach, line)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_dialling(HTTPSConnection, self._dial), req)


def _dialling(kind: type[HTTPConnection], dial: Dial) -> Any:
    """Makes connections of this kind that dial so; the TLS name stays the one that was asked for."""

    def make(host: str, **more: Any) -> HTTPConnection:
        connection = kind(host, **more)
        connection._create_connection = dial  # type: ignore[attr-defined]
        return connection

    return make


def _dialler(reach: Reach, line: Line) -> Dial:
    def dial(address: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        found = [place[0] for *_, place in socket.getaddrinfo(*address, type=socket.SOCK_STREAM)]
        if not all(may_reach(str(ip), reach) for ip in found):
            raise Forbidden(address[0])
        last: OSError | None = None
        for ip in found:
            try:
                connected = socket.create_connection((str(ip), address[1]), timeout)
            except OSError as error:
                last = error
            else:
                line.connected(connected)
                return connected
        raise last or OSError(address[0])

    return dial
