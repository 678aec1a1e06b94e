"""The live answer to each kind of question: a skill reads the records and tells what they say, or nothing."""

from collections.abc import Callable, Mapping

from jinpai.copilot import comparing, goods_skills, order_skills, shop_skills, sizing
from jinpai.copilot.content import Skill
from jinpai.copilot.ground import Facts, Ground
from jinpai.copilot.recommending.choosing import find_wanted, recommended


def _recommended(ground: Ground) -> Facts:
    """Two goods named to choose from side by side, else what there is to recommend."""
    return comparing.compare(ground) if comparing.asks_which(ground) else recommended(ground)


SKILLS: Mapping[Skill, Callable[[Ground], Facts]] = {
    "stock": goods_skills.stock,
    "price": goods_skills.price,
    "size": sizing.size,
    "care": goods_skills.care,
    "picture": goods_skills.picture,
    "exchange": order_skills.exchange,
    "attribute": goods_skills.attribute,
    "promotion": shop_skills.promotion,
    "coupon": shop_skills.coupon,
    "gift": shop_skills.gift,
    "freight": shop_skills.freight,
    "dispatch": shop_skills.dispatch,
    "arrival": shop_skills.arrival,
    "payment_ways": shop_skills.payment_ways,
    "couriers": shop_skills.couriers,
    "invoice": shop_skills.invoice,
    "return_window": shop_skills.return_window,
    "order_state": order_skills.order_state,
    "tracking": order_skills.tracking,
    "remark": order_skills.remark,
    "recommend": _recommended,
    "find": find_wanted,
    "compare": comparing.compare,
    "flaws": goods_skills.flaws,
    "price_trend": shop_skills.price_trend,
}
"""Every skill an intent may name, and what answers it."""
