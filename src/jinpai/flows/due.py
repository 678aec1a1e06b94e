"""The worker: looks for what is due and has it done; any number of processes may run one."""

import threading
from concurrent.futures import Future
from typing import Any

import structlog

from jinpai.flows.automatic import AUTO_REPLY, automatic_reply
from jinpai.flows.ports import House
from jinpai.flows.send import DELIVER, deliver_due
from jinpai.journal.due import Due, find_ripe

TICK_SECONDS = 0.5
AT_ONCE = 200
_log = structlog.get_logger()


def work_once(house: House) -> int:
    """Do what is due now; returns how many works were looked at.

    Effects inside the house are actions of the writer (effect and end in one transaction); calls outside happen here,
    one after the other, each claimed first.
    """
    with house.database.read() as connection:
        ripe = find_ripe(connection, house.clock.now(), AT_ONCE)
    inside: list[tuple[Due, Future[Any]]] = []
    for work in ripe:
        if work.kind == AUTO_REPLY:
            inside.append((work, house.writer.enqueue(automatic_reply(house, work))))
        elif work.kind == DELIVER:
            deliver_due(house, work)
    for work, future in inside:
        error = future.exception(30)
        if error is not None:
            _log.error("due_failed", due=work.id, kind=work.kind, error=str(error))
    return len(ripe)


class Worker:
    """A thread that keeps working until it is stopped."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="due-worker", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the present round, then end."""
        self._stopping.set()
        self._thread.join(30)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                looked_at = work_once(self._house)
            except Exception as error:
                _log.error("due_round_failed", error=str(error))
                looked_at = 0
            if looked_at < AT_ONCE:
                self._stopping.wait(TICK_SECONDS)
