"""Short messages that go nowhere: each is noted in the log, once per key, for shops without a provider."""

import threading

import structlog

from jinpai.flows.ports import ShortMessage

_REMEMBERED = 10_000
_log = structlog.get_logger()


class LogSms:
    """Notes what would have been sent, with the number's end alone."""

    reaches_phones = False

    def __init__(self) -> None:
        self._keys: dict[str, None] = {}
        self._lock = threading.Lock()

    def send(self, message: ShortMessage) -> None:
        """Note it; a key that was just noted is not noted again."""
        with self._lock:
            if message.key in self._keys:
                return
            self._keys[message.key] = None
            if len(self._keys) > _REMEMBERED:
                del self._keys[next(iter(self._keys))]
        _log.info("sms_not_sent", key=message.key, shop=message.shop, to=f"*{message.phone[-4:]}", text=message.text)
