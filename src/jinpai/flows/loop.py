"""Rounds of work in a thread of their own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from jinpai.journal.writer import Writer
from jinpai.kit.database import UNREACHABLE

_log = structlog.get_logger()

BUSY_SHARE = 7
"""While others wait for the writer, whoever follows the log rests so many times as long as it worked."""


class Loop:
    """A thread that does one round after the other until it is stopped."""

    def __init__(self, name: str, do_round: Callable[[], float]) -> None:
        """`do_round` returns for how many seconds to rest before the next; it must not raise."""
        self._do_round = do_round
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin the first round."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the present round, then end."""
        self._stopping.set()
        self._thread.join(30)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._stopping.wait(self._do_round())


@contextmanager
def careful(name: str) -> Iterator[None]:
    """A round's work, which the next round begins anew: what it raises is logged by this name and goes no further."""
    try:
        yield
    except UNREACHABLE as error:
        _log.warning(f"{name}_waits", error=type(error).__name__)
    except Exception:
        _log.exception(f"{name}_failed")


def rest_after(started: float, writer: Writer, *, has_more: bool, tick: float) -> float:
    """How long a follower of the log rests after a round begun at `started` (of the steady clock).

    Without a whole batch left to read it waits for one to gather: a round for every message would be in the way of the
    next one.
    """
    if not has_more:
        return tick
    return (time.monotonic() - started) * BUSY_SHARE if writer.depth else 0.0
