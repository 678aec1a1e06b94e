"""The live answer to each kind of question: a skill reads the records and tells what they say, or nothing."""

from collections.abc import Callable, Mapping

from jinpai.copilot.content import Skill
from jinpai.copilot.recommending.choosing import find_wanted, recommended
from jinpai.copilot.skills import attributes, comparing, goods, orders, promotions, shop, sizing
from jinpai.copilot.skills.ground import Facts, Ground


def _recommended(ground: Ground) -> Facts:
    """Two goods named to choose from side by side, else what there is to recommend."""
    return comparing.compare(ground) if comparing.asks_which(ground) else recommended(ground)


SKILLS: Mapping[Skill, Callable[[Ground], Facts]] = {
    "stock": goods.stock,
    "price": goods.price,
    "size": sizing.size,
    "care": goods.care,
    "picture": goods.picture,
    "exchange": orders.exchange,
    "attribute": attributes.attribute,
    "promotion": promotions.promotion,
    "coupon": promotions.coupon,
    "gift": promotions.gift,
    "freight": shop.freight,
    "dispatch": shop.dispatch,
    "arrival": shop.arrival,
    "payment_ways": shop.payment_ways,
    "couriers": shop.couriers,
    "invoice": shop.invoice,
    "return_window": shop.return_window,
    "order_state": orders.order_state,
    "tracking": orders.tracking,
    "remark": orders.remark,
    "recommend": _recommended,
    "find": find_wanted,
    "compare": comparing.compare,
    "flaws": goods.flaws,
    "price_trend": promotions.price_trend,
}
"""Every skill an intent may name, and what answers it."""
