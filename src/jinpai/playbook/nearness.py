"""How near replies are to what the buyer said: by the pairs of characters both have, the rarer the weightier. Pure."""

import math
from collections.abc import Sequence
from itertools import pairwise

from jinpai.playbook.lanes import Lane

NEAREST = 60
"""How many replies are near at most."""
LOOKED_AT = 60
"""Characters of what was said that are looked at, the newest."""


def nearest(lanes: Sequence[Lane], count: int, said: str) -> dict[int, float]:
    """The items of these lanes (of `count`) nearest to what was said, with how near each is (0–1)."""
    letters = [letter for letter in said.lower()[-LOOKED_AT:] if letter.isalnum()]
    near: dict[int, float] = {}
    whole = 0.0
    for pair in dict.fromkeys(map("".join, pairwise(letters))):
        having = {item for lane in lanes for item in lane.holding(pair)}
        if having:
            rare = math.log((count + 1) / (len(having) + 1))
            whole += rare
            for item in having:
                near[item] = near.get(item, 0.0) + rare
    if not whole:
        return {}
    best = sorted(near, key=lambda item: (-near[item], item))[:NEAREST]
    return {item: near[item] / whole for item in best}
