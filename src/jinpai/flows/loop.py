"""Rounds of work in a thread of their own."""

import threading
from collections.abc import Callable


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
