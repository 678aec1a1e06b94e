"""An outside messenger that lives in this process: for trying connectors and for tests of the way out.

It behaves as a good messenger does: it recognises a repeated key, and it can be told to fail before or after accepting.
"""

import threading
from collections.abc import Iterator
from typing import Literal

from jinpai.flows.ports import Outgoing


class SimulatorChannel:
    """Keeps what arrived, in order, once per key."""

    reads_log = False

    def __init__(self) -> None:
        self._arrived: dict[str, Outgoing] = {}
        self._lock = threading.Lock()
        self._failures: list[Literal["before", "after"]] = []
        self.calls = 0

    def deliver(self, outgoing: Outgoing) -> None:
        """Accept an `Outgoing`; a key that is known is accepted without effect."""
        with self._lock:
            self.calls += 1
            failure = self._failures.pop(0) if self._failures else None
            if failure == "before":
                raise ConnectionError("对方渠道没有响应")
            self._arrived.setdefault(outgoing.key, outgoing)
            if failure == "after":
                raise TimeoutError("对方渠道接收后没有答复")

    def fail_next(self, *failures: Literal["before", "after"]) -> None:
        """Let the next calls fail before or after accepting."""
        self._failures.extend(failures)

    def arrived(self) -> Iterator[Outgoing]:
        """What buyers of this messenger have received."""
        return iter(list(self._arrived.values()))
