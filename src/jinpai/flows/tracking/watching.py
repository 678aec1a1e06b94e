"""Looks after parcels in the background: takes in the news, and now and then sweeps the radar over every shop."""

import structlog

from jinpai.flows.loop import Loop
from jinpai.flows.ports import House
from jinpai.flows.tracking.asking import ask_couriers
from jinpai.flows.tracking.feed import take_news
from jinpai.flows.tracking.radar import sweep
from jinpai.kit.database import UNREACHABLE

TICK_SECONDS = 15.0
SWEEP_ROUNDS = 4
"""The radar is swept every so many rounds."""

_log = structlog.get_logger()


class ParcelWatch(Loop):
    """Keeps looking until it is stopped; any number of processes may run one."""

    def __init__(self, house: House) -> None:
        self._rounds = 0
        super().__init__("parcel-watch", lambda: self._round(house))

    def _round(self, house: House) -> float:
        self._rounds += 1
        try:
            take_news(house)
            ask_couriers(house)
            if self._rounds % SWEEP_ROUNDS == 1:
                for shop in house.content.shops():
                    sweep(house, shop)
        except UNREACHABLE as error:
            _log.warning("parcel_watch_waits", error=type(error).__name__)
        except Exception:
            _log.exception("parcel_watch_failed")
        return TICK_SECONDS
