"""What a reminder says: the script that fits the reason, filled with the order's facts and cleared by the guard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from jinpai.desk.model import Author, Draft
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import Scene, facts_of, values_of
from jinpai.flows.ports import House
from jinpai.flows.reminding.planning import moment
from jinpai.flows.send import clear
from jinpai.guard.model import Cleared, Said
from jinpai.orders.model import Order
from jinpai.playbook.content import Script
from jinpai.playbook.model import Facts
from jinpai.playbook.predicates import UnpaidReason, holds
from jinpai.playbook.variables import fill
from jinpai.reminders.content import Means
from jinpai.reminders.model import tell
from jinpai.reminders.store import Reminder

SCENES: dict[Means, str] = {"message": "reminder.messenger", "sms": "reminder.sms", "phone": "reminder.phone"}
CALLER = "客服"
"""The variable a caller fills with their own name."""

GOODS_LENGTH = 20

_KEPT = 256
_HELD: dict[tuple[int, str, Facts], tuple[tuple[Script, ...], tuple[Script, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is to be said: by what means, for which reason (and whether that has been taken care of), by whom.

    `said` are the messages before, `now` is in ms.
    """

    means: Means
    reason: UnpaidReason
    settled: bool
    author: Author
    said: Sequence[Said]
    now: int


def word(house: House, row: Reminder, order: Order, occasion: Occasion) -> Cleared | str:
    """The cleared words, their script as source; what is in the way where no script can be said.

    A call's outline names no caller yet.
    """
    means, author = occasion.means, occasion.author
    content = house.content.shop(order.shop)
    values = _values(content, row, order)
    why = "没有合适的催付话术，请在话术里补上"
    for script in fitting(content, order, occasion):
        text, missing = fill(script.text, values if means != "phone" else values | {CALLER: "店里客服"})
        if missing:
            why = f"话术“{script.title}”缺少{'、'.join(missing)}"
            continue
        if means == "message" and author.role == "assistant" and content.reminding.plan is not None:
            text = "\n".join(filter(None, (text, content.reminding.plan.explains)))
        talk = row.conversation or order.id
        channel = "widget" if means == "message" else means
        draft = Draft(order.shop, talk, author, text, f"remind-{row.id}", channel=channel, source=script.id)
        verdict = clear(house, draft, occasion.said if means == "message" else ())
        if isinstance(verdict, Cleared):
            return verdict
        why = f"话术“{script.title}”没有通过检查，请修改"
    return why


def outline(house: House, row: Reminder, order: Order, script: str) -> str:
    """The outline of a call with `{客服}` still open, for whoever will make it; empty when the script is gone."""
    content = house.content.shop(order.shop)
    found = next((one for one in content.scripts if one.id == script), None)
    return "" if found is None else fill(found.text, _values(content, row, order))[0]


def fitting(content: ShopContent, order: Order, occasion: Occasion) -> list[Script]:
    """The scripts of these means that hold, those for the reason first; among equals orders take turns."""
    found = _holding(content.scripts, SCENES[occasion.means], _facts(content, order, occasion))
    turn = crc32(order.id.encode())
    return sorted(found, key=lambda one: (one.when.unpaid_reason is None, crc32(f"{turn}{one.id}".encode())))


def _holding(scripts: tuple[Script, ...], scene: str, facts: Facts) -> tuple[Script, ...]:
    """The scripts of a scene that hold; orders that come together share their facts, so the answer is kept."""
    known = _HELD.get((id(scripts), scene, facts))
    if known is None or known[0] is not scripts:
        if len(_HELD) >= _KEPT:
            _HELD.clear()
        found = tuple(one for one in scripts if one.scene == scene and holds(one.when, facts))
        known = _HELD[id(scripts), scene, facts] = (scripts, found)
    return known[1]


def _facts(content: ShopContent, order: Order, occasion: Occasion) -> Facts:
    facts = facts_of(content, Scene(orders=(order,)), occasion.now)
    corrected = True if occasion.reason == "freight_not_corrected" and occasion.settled else None
    return replace(facts, unpaid_reason=occasion.reason, freight_corrected=corrected)


def _values(content: ShopContent, row: Reminder, order: Order) -> dict[str, str]:
    """The order's variables: shop, goods, when it was ordered, when it closes, what is to be paid."""
    titles = [item.title for item in order.items] or [order.title]
    goods = titles[0] if titles[0] else "商品"
    short = next((one.short for one in content.products if one.title == goods), goods)
    short = short if len(short) <= GOODS_LENGTH else f"{short[: GOODS_LENGTH - 1]}…"
    values = values_of(content, Scene(buyer_name=_called(row), orders=(order,)))
    values |= {"商品": short if len(titles) < 2 else f"{short}等 {len(titles)} 件商品"}
    shop = values.get("店铺") or "本店"
    return values | {"店铺": shop, "关闭时间": tell(moment(row.closes_at)), "下单时间": tell(moment(order.listed_at))}


def _called(row: Reminder) -> str:
    return row.buyer_name or "亲爱的顾客"
