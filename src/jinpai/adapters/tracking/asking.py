"""Couriers asked over HTTP: one JSON call for some parcels, its answer taken as far as it can be trusted."""

import socket
import ssl
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError

import orjson

from jinpai.adapters.reaching import Forbidden, make_opener
from jinpai.flows.ports import CourierFailure
from jinpai.kit.reach import Reach
from jinpai.orders.model import Parcel
from jinpai.orders.tracking.provider import CourierEndpoint

SECONDS = 10.0
"""So long an answer may take altogether; who sends it drop by drop keeps nobody."""

MAX_ANSWER = 1 << 20
"""Bytes of an answer that are read; a longer one is refused whole."""

PIECE = 16_384
AT_ONCE = 4


class HttpCouriers:
    """Asks the endpoints of all shops."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="couriers")

    def ask(self, endpoint: CourierEndpoint, parcels: Sequence[Parcel]) -> bytes:
        """POST the numbers and couriers, nothing else of the orders; the JSON that comes back."""
        waiting: Future[bytes] = self._pool.submit(self._post, endpoint, parcels)
        try:
            told = waiting.result(self._seconds + 1)
        except Exception as error:
            waiting.cancel()
            raise CourierFailure(_why(error)) from None
        if len(told) > MAX_ANSWER:
            raise CourierFailure("too_large")
        try:
            is_json = isinstance(orjson.loads(told), dict | list)
        except orjson.JSONDecodeError:
            is_json = False
        if not is_json:
            raise CourierFailure("malformed")
        return told

    def _post(self, endpoint: CourierEndpoint, parcels: Sequence[Parcel]) -> bytes:
        body = {"parcels": [{"number": one.number, "courier": one.courier} for one in parcels]}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        request = urllib.request.Request(endpoint.url, orjson.dumps(body), headers, method="POST")  # noqa: S310
        until = time.monotonic() + self._seconds
        with _opener(endpoint.reach).open(request, timeout=self._seconds) as answer:
            return _read_until(answer, until)


@lru_cache
def _opener(reach: Reach) -> urllib.request.OpenerDirector:
    return make_opener(reach)


def _read_until(answer: HTTPResponse, until: float) -> bytes:
    told = bytearray()
    while len(told) <= MAX_ANSWER and (piece := answer.read1(PIECE)):
        told += piece
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(told)


def _why(error: Exception) -> str:
    """What went wrong, in a word."""
    if isinstance(error, HTTPError):
        return f"http_{error.code}"
    reason = error.reason if isinstance(error, URLError) else error
    kinds = {
        TimeoutError: "slow", Forbidden: "forbidden", socket.gaierror: "unknown_host",
        ConnectionRefusedError: "refused", ssl.SSLError: "tls", HTTPException: "malformed",
    }  # fmt: skip
    return next((word for kind, word in kinds.items() if isinstance(reason, kind)), type(reason).__name__)
