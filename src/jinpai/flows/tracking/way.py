"""What is known of the way of a buyer's newest order: where its last parcel stands, and what the radar found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from jinpai.kit.clock import SHOP_TIME
from jinpai.orders.alerts.store import find_alerts
from jinpai.orders.model import Order
from jinpai.orders.tracking.model import Track
from jinpai.orders.tracking.store import find_tracks


@dataclass(frozen=True, slots=True)
class Way:
    """Where the last parcel stands (None: nothing was told), and the kinds of trouble that are open."""

    track: Track | None = None
    troubles: frozenset[str] = frozenset()

    @property
    def newest(self) -> str:
        """The newest that was told, in one line: `11 月 22 日 10:30 快件已到达杭州`; empty without any."""
        if self.track is None:
            return ""
        at = datetime.fromtimestamp(self.track.last_at / 1000, SHOP_TIME)
        return f"{at.month} 月 {at.day} 日 {at:%H:%M} {self.track.text}".strip()


UNKNOWN = Way()


def read_way(connection: Connection, orders: Sequence[Order]) -> Way:
    """The way of the first of these orders, which is the newest."""
    if not orders:
        return UNKNOWN
    order = orders[0]
    numbers = [parcel.number for parcel in order.parcels if parcel.number][-1:]
    track = next(iter(find_tracks(connection, order.shop, numbers).values()), None)
    alerts = find_alerts(connection, [order.id]).values()
    return Way(track, frozenset(one.kind for one in alerts if one.state == "open"))
