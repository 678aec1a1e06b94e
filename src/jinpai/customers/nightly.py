"""The work that looks through what is kept of people, every night in which there is something with an end."""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from jinpai.journal.due import Due, schedule
from jinpai.kit.clock import SHOP_TIME

RETAIN: Final = "retain"
"""The kind of work that lets go what was kept long enough."""
AT = time(3, 40)


def retain(connection: Connection, shop: str, now: int) -> None:
    """Have what this shop keeps looked through next night: called where something with an end is written."""
    day = datetime.fromtimestamp(now / 1000, SHOP_TIME).date() + timedelta(days=1)
    at = round(datetime.combine(day, AT, SHOP_TIME).timestamp() * 1000)
    schedule(connection, [Due(shop, RETAIN, shop, f"{RETAIN}:{shop}:{day}", at)], now)
