"""Short messages by an HTTP gateway: one JSON call each, its key as `Idempotency-Key`."""

from http import HTTPStatus
from urllib.error import HTTPError

from jinpai.adapters.posting import Call, Caller
from jinpai.flows.ports import ShortMessage, Unsubscribed

TIMEOUT_SECONDS = 10
MAX_ANSWER = 64 * 1024
"""Bytes of an answer that are read: what it says is not needed, only that it came."""


class GatewaySms:
    """A provider, or the shop's own bridge to one, at a URL the operator names."""

    reaches_phones = True

    def __init__(self, url: str, token: str | None) -> None:
        self._url = url
        self._token = token
        self._caller = Caller("sms")

    def send(self, message: ShortMessage) -> None:
        """POST it; anything but a 2xx answer within ten seconds raises, and the same key is tried again later.

        A redirect is no such answer: the number goes to the endpoint that was named and nowhere else. 410 Gone raises
        Unsubscribed: whoever has the number told the provider that they want no more.
        """
        body = {"key": message.key, "shop": message.shop, "phone": message.phone, "text": message.text}
        named = {"Idempotency-Key": message.key}
        try:
            self._caller.post(Call(self._url, body, MAX_ANSWER, self._token, "any", named), TIMEOUT_SECONDS)
        except HTTPError as error:
            if error.code == HTTPStatus.GONE:
                raise Unsubscribed from error
            raise
