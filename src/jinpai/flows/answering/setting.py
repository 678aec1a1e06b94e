"""What a shop has set the copilot to, at one moment."""

from datetime import datetime
from typing import TYPE_CHECKING

from jinpai.copilot.modes.modes import Mode, may_answer, mode_at
from jinpai.flows.content.shop import ShopContent
from jinpai.kit.clock import SHOP_TIME

if TYPE_CHECKING:
    from jinpai.copilot.hearing.understanding import Understood


def mode_now(content: ShopContent, now: int) -> Mode:
    """The shop's mode at this time (ms); suggestions for people where nothing is set."""
    return "suggest" if content.modes is None else mode_at(content.modes, _moment(now))


def answers_now(content: ShopContent, now: int) -> bool:
    """Whether the copilot may answer anything by itself at this time (ms)."""
    return content.modes is not None and may_answer(content.modes, _moment(now))


def is_off(content: ShopContent, understood: "Understood | None", now: int) -> bool:
    """Whether the copilot is to suggest nothing for what was understood."""
    from jinpai.copilot.modes.deciding import mode_for

    if content.modes is None:
        return False
    return mode_for(content.modes, mode_now(content, now), understood.meanings if understood else ()) == "off"


def _moment(now: int) -> datetime:
    return datetime.fromtimestamp(now / 1000, SHOP_TIME)
