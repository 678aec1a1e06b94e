"""Which automatic text suits the moment a buyer comes: by who is at the desk, and by the hour."""

from collections.abc import Sequence

from jinpai.catalog.content import Hours
from jinpai.desk.model import Conversation
from jinpai.desk.routing import is_on_duty
from jinpai.desk.seats import Present, list_present
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.journal.writer import Tx
from jinpai.kit.clock import local_time
from jinpai.kit.errors import Refusal
from jinpai.playbook.content import AutoReply


def suited(tx: Tx, content: ShopContent, state: Conversation, otherwise: AutoReply) -> tuple[AutoReply, Present | None]:
    """The text for a first message, and the agent who serves it; `otherwise` where the shop has none for the moment."""
    colleagues = list_present(tx.connection, [state.shop], tx.now)
    agent = next((present for present in colleagues if present.account == state.agent), None)
    for trigger in triggers(colleagues, agent, is_open_at(content, tx.now)):
        for reply in content.auto_replies:
            if reply.trigger == trigger and reply.enabled:
                return reply, agent
    return otherwise, agent


def triggers(colleagues: Sequence[Present], agent: Present | None, is_open: bool) -> tuple[str, ...]:
    """The triggers that fit, the best first."""
    if not any(map(is_on_duty, colleagues)):
        return ("off",) if is_open else ("off_hours", "off")
    return () if agent is None else (agent.status,)


def is_open_at(content: ShopContent, now: int) -> bool:
    """Whether it is within the shop's hours; a shop that names none never closes."""
    return content.shop is None or is_within(content.shop.service.hours, local_time(now))


def closed_until(house: House, shop: str) -> str | None:
    """When the shop opens (`08:30`), None while it is open; open while its content cannot be read."""
    try:
        content = house.content.shop(shop)
    except Refusal:
        return None
    closed = content.shop is not None and not is_open_at(content, house.clock.now())
    return content.shop.service.hours.open if closed and content.shop is not None else None


def is_within(hours: Hours, time: str) -> bool:
    """Whether this time of day (`08:30`) is within these hours."""
    return hours.open <= time < hours.close


def values_of(content: ShopContent, state: Conversation, agent: Present | None, now: int) -> dict[str, str]:
    """The values of an automatic text's variables."""
    waited = max(1, (now - (state.waiting_since or now)) // 60_000)
    values = {"买家": state.buyer_name, "等待": f"{waited} 分钟", "客服": agent.name if agent is not None else ""}
    if content.shop is not None:
        hours = content.shop.service.hours
        values |= {"店铺": content.shop.name, "营业时间": f"{hours.open}–{hours.close}"}
    return values
