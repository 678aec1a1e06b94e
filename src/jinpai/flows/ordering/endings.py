"""Trades that end by themselves: after how long by the shop's content, and the watch that ends them."""

from jinpai.flows.content.shop import ShopContent
from jinpai.flows.loop import Loop, careful
from jinpai.flows.ports import House
from jinpai.orders.actions import change_order
from jinpai.orders.endings import TimeOuts, end_in_time, overdue_since
from jinpai.orders.store import find_overdue

TICK_SECONDS = 60.0
AT_ONCE = 50
"""So many orders end one behind the other; messages wait no longer than that."""

DEED = "ended"
"""In the history of an order that nobody ended but time."""


def time_outs(content: ShopContent) -> TimeOuts:
    """The shop's own times; the usual ones for what its content does not say."""
    usual, rules, plan = TimeOuts(), content.ordering, content.reminding.plan
    return TimeOuts(
        usual.close_hours if plan is None else plan.close_hours,
        usual.complete_days if rules is None else rules.complete_days,
        usual.surface_days if rules is None else rules.surface_days,
    )


def end_trades(house: House, shop: str) -> int:
    """Close what was not paid in time and complete what left long ago; how many orders came to their end.

    Each in a transaction of its own that looks again: a payment told in the last second wins.
    """
    outs = time_outs(house.content.shop(shop))
    with house.database.read() as connection:
        overdue = find_overdue(connection, shop, *overdue_since(outs, house.clock.now()))
    change, ended = end_in_time(outs), 0
    for start in range(0, len(overdue), AT_ONCE):
        ids = overdue[start : start + AT_ONCE]
        deeds = [change_order(house.sealer, id_, "system:", change, {"deed": DEED}) for id_ in ids]
        asked = [house.writer.enqueue(deed) for deed in deeds]
        ended += sum(future.result(30).state in ("closed", "completed") for future in asked)
    return ended


class TradeWatch(Loop):
    """Ends trades in time until it is stopped; any number of processes may run one."""

    def __init__(self, house: House) -> None:
        super().__init__("trade-watch", lambda: _round(house))


def _round(house: House) -> float:
    with careful("trade_watch"):
        for shop in house.content.shops():
            end_trades(house, shop)
    return TICK_SECONDS
