"""One JSON call to an endpoint somebody has set: within its reach, its time as a whole and its length."""

import socket
import ssl
import urllib.request
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError, URLError

import orjson

from jinpai.adapters.reaching import Forbidden, Line, make_opener
from jinpai.kit.reach import Reach

AT_ONCE = 4
"""So many calls of one caller run beside each other; a further one waits, within its time."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent where, with which key and further headers.

    Of the answer at most so many bytes are read, and one more to show that there were more.
    """

    url: str
    body: object
    most: int
    key: str | None = field(default=None, repr=False)
    reach: Reach = "public"
    headers: Mapping[str, str] = field(default_factory=dict)


class Caller:
    """Makes calls, each in a thread of its own."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix=name)

    def post(self, call: Call, seconds: float) -> bytes:
        """The answer; raises what went wrong, for which `word_of` has a word, and TimeoutError when it is late.

        A late call is hung up on: who sends head or body drop by drop keeps no thread.
        """
        line = Line()
        waiting: Future[bytes] = self._pool.submit(_post, call, line, seconds)
        try:
            return waiting.result(seconds)
        except TimeoutError:
            waiting.cancel()
            line.hang_up()
            raise


def word_of(error: Exception) -> str:
    """What went wrong with a call, in a word."""
    if isinstance(error, HTTPError):
        return f"http_{error.code}"
    reason = error.reason if isinstance(error, URLError) else error
    kinds = {
        TimeoutError: "slow", Forbidden: "forbidden", socket.gaierror: "unknown_host",
        ConnectionRefusedError: "refused", ssl.SSLError: "tls", HTTPException: "malformed",
    }  # fmt: skip
    return next((word for kind, word in kinds.items() if isinstance(reason, kind)), type(reason).__name__)


def _post(call: Call, line: Line, seconds: float) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json", **call.headers}
    if call.key:
        headers["Authorization"] = f"Bearer {call.key}"
    request = urllib.request.Request(call.url, orjson.dumps(call.body), headers, method="POST")  # noqa: S310
    with closing(line), make_opener(call.reach, line).open(request, timeout=seconds) as answer:
        told: bytes = answer.read(call.most + 1)
        return told
