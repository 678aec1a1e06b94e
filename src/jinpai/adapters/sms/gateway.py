"""Short messages by an HTTP gateway: one JSON call each, its key as `Idempotency-Key`."""

import urllib.error
import urllib.request
from http import HTTPStatus

import orjson

from jinpai.flows.ports import ShortMessage, Unsubscribed

TIMEOUT_SECONDS = 10


class GatewaySms:
    """A provider, or the shop's own bridge to one, at a URL the operator names."""

    reaches_phones = True

    def __init__(self, url: str, token: str | None) -> None:
        self._url = url
        self._token = token

    def send(self, message: ShortMessage) -> None:
        """POST it; anything but a 2xx answer within ten seconds raises, and the same key is tried again later.

        410 Gone raises Unsubscribed: whoever has the number told the provider that they want no more.
        """
        body = {"key": message.key, "shop": message.shop, "phone": message.phone, "text": message.text}
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.key}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self._url, orjson.dumps(body), headers, method="POST")  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
                pass
        except urllib.error.HTTPError as error:
            if error.code == HTTPStatus.GONE:
                raise Unsubscribed from error
            raise
