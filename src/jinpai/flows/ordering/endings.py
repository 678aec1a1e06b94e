"""After how long the shop's trades end by themselves, from its content."""

from jinpai.flows.content.shop import ShopContent
from jinpai.orders.endings import TimeOuts


def time_outs(content: ShopContent) -> TimeOuts:
    """The shop's own times; the usual ones for what its content does not say."""
    usual, rules, plan = TimeOuts(), content.ordering, content.reminding.plan
    return TimeOuts(
        usual.close_hours if plan is None else plan.close_hours,
        usual.complete_days if rules is None else rules.complete_days,
        usual.surface_days if rules is None else rules.surface_days,
    )
