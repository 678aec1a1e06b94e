"""Bait in what a buyer writes: found when it arrives, kept with the message, told to staff with the safe answer."""

from collections.abc import Sequence
from typing import Any

import structlog

from jinpai.flows.guarding.situation import situation
from jinpai.flows.ports import House
from jinpai.guard.model import Said

_log = structlog.get_logger()


def find_bait(house: House, shop: str, text: str, before: Sequence[Said]) -> tuple[dict[str, Any], ...]:
    """What is bait in this message of the buyer, each trap once: rule, trap, first place, why, and the safe answer.

    A buyer's message is kept whatever happens here: what cannot be judged has no bait.
    """
    try:
        content = house.content.shop(shop)
        hits = content.guard.bait(text, situation(content, before, house.clock.now()))
        found = {content.guard.trap_of(hit): hit for hit in reversed(hits)}
        return tuple(
            {
                "rule": hit.rule,
                "trap": trap,
                "start": hit.start,
                "end": hit.end,
                "why": hit.why,
                "answer": hit.rewrite,
            }
            for trap, hit in found.items()
        )
    except Exception:
        _log.exception("bait_unjudged", shop=shop)
        return ()
