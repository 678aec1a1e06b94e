"""Looks after parcels in the background: takes in the news, and now and then sweeps the radar over every shop."""

from jinpai.flows.loop import Loop, careful
from jinpai.flows.ports import House
from jinpai.flows.tracking.asking import ask_couriers
from jinpai.flows.tracking.feed import take_news
from jinpai.flows.tracking.radar import sweep

TICK_SECONDS = 15.0
SWEEP_ROUNDS = 4
"""The radar is swept every so many rounds."""


class ParcelWatch(Loop):
    """Keeps looking until it is stopped; any number of processes may run one."""

    def __init__(self, house: House) -> None:
        self._rounds = 0
        super().__init__("parcel-watch", lambda: self._round(house))

    def _round(self, house: House) -> float:
        self._rounds += 1
        with careful("parcel_watch"):
            take_news(house)
            ask_couriers(house)
            if self._rounds % SWEEP_ROUNDS == 1:
                for shop in house.content.shops():
                    sweep(house, shop)
        return TICK_SECONDS
