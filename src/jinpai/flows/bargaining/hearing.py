"""How the buyer's words bargain, by what the shop's examples teach."""

from collections.abc import Callable, Sequence

from jinpai.bargaining.attitudes import find_attitude
from jinpai.bargaining.content import Attitude
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.learning.attitudes import attitudes_of
from jinpai.flows.ports import House

SURE = 0.7
"""The desk speaks of bargaining only when it is that sure: a wrong card costs more than a missing one."""

Hear = Callable[[Sequence[str]], Attitude]
"""What some messages of a buyer, the oldest first, say together: the last one that bargains decides."""


def ear_of(house: House, content: ShopContent) -> Hear:
    """What hears attitudes in this shop; the first time it may take a second or two to learn."""
    learned = attitudes_of(content, house.settings.home)

    def hear(texts: Sequence[str]) -> Attitude:
        found = (find_attitude(learned, text, SURE) for text in reversed(texts) if text)
        return next((attitude for attitude in found if attitude != "none"), "none")

    return hear
