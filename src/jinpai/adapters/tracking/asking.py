"""Couriers asked over HTTP: one JSON call for some parcels, its answer taken as far as it can be trusted."""

from collections.abc import Sequence

import orjson

from jinpai.adapters.posting import Call, Caller, word_of
from jinpai.flows.ports import CourierFailure
from jinpai.orders.model import Parcel
from jinpai.orders.tracking.provider import CourierEndpoint

SECONDS = 10.0
"""So long an answer may take altogether."""

MAX_ANSWER = 1 << 20
"""Bytes of an answer that are read; a longer one is refused whole."""


class HttpCouriers:
    """Asks the endpoints of all shops."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._caller = Caller("couriers")

    def ask(self, endpoint: CourierEndpoint, parcels: Sequence[Parcel]) -> bytes:
        """POST the numbers and couriers, nothing else of the orders; the JSON that comes back."""
        body = {"parcels": [{"number": one.number, "courier": one.courier} for one in parcels]}
        try:
            told = self._caller.post(Call(endpoint.url, body, MAX_ANSWER, endpoint.key, endpoint.reach), self._seconds)
        except Exception as error:
            raise CourierFailure(word_of(error)) from None
        if len(told) > MAX_ANSWER:
            raise CourierFailure("too_large")
        try:
            is_json = isinstance(orjson.loads(told), dict | list)
        except orjson.JSONDecodeError:
            is_json = False
        if not is_json:
            raise CourierFailure("malformed")
        return told
