"""What the buyer is told of trouble with their parcel before they ask: a draft for the agent, past the guard."""

import re
from dataclasses import replace
from datetime import datetime

from jinpai.desk.model import Author, Conversation, Draft, is_past
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.guarding.situation import said
from jinpai.flows.guarding.surroundings import Surroundings, learn
from jinpai.flows.ports import House
from jinpai.flows.send import clear
from jinpai.guard.model import Cleared
from jinpai.journal.reader import NEWEST, read_before
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.ids import new_secret
from jinpai.orders.alerts.content import AlertRule
from jinpai.orders.model import Order
from jinpai.orders.tracking.model import Track
from jinpai.playbook.variables import fill

PLAIN = "疑难件"
"""What a courier's record of a stuck parcel is called where its own words cannot be passed on."""

_CLAUSE = re.compile(r"[，,。；;！!]")
LOOK_BACK = 40
"""How many of the newest rows of the log the guard hears."""


def draft_for(
    house: House, rule: AlertRule, order: Order, number: str, track: Track | None, state: Conversation | None
) -> str:
    """The words for the buyer in this conversation; empty where there is nobody to write to, no script whose variables
    are all known, or the guard has anything to say about it.

    Of a courier's words that do not pass, their first clause is tried, then the plainest.
    """
    if rule.script is None or state is None or is_past(state.id):
        return ""
    content = house.content.shop(order.shop)
    script = next((one for one in content.scripts if one.id == rule.script), None)
    if script is None:
        return ""
    told = track.text if track is not None else ""
    for words in dict.fromkeys((told, _CLAUSE.split(told)[0], PLAIN)):
        text, missing = fill(script.text, _values(content, order, number, track and replace(track, text=words), state))
        if not missing and _passes(house, order.shop, state, text):
            return text
    return ""


def _values(
    content: ShopContent, order: Order, number: str, track: Track | None, state: Conversation
) -> dict[str, str]:
    parcel = next((one for one in order.parcels if one.number == number), None)
    at = datetime.fromtimestamp(track.last_at / 1000, SHOP_TIME) if track is not None else None
    return {
        "买家": state.buyer_name,
        "店铺": content.shop.name if content.shop is not None else "",
        "商品": order.title,
        "订单号": order.number,
        "快递": parcel.courier if parcel is not None else "",
        "运单号": number,
        "最新物流": f"{at.month} 月 {at.day} 日 {at:%H:%M} {track.text}".strip() if at and track is not None else "",
    }


def _passes(house: House, shop: str, state: Conversation, text: str) -> bool:
    """Whether the guard lets an agent say this here, without a word."""
    with house.database.read() as connection:
        rows = read_before(connection, state.id, NEWEST, LOOK_BACK)
    around = Surroundings(shop, state.id, {shop: 0})
    around.hear(rows)
    learn(house, around, text)
    by = Author("agent", state.agent or "radar", "")
    draft = Draft(shop, state.id, by, text, new_secret(), state.channel)
    verdict = clear(house, draft, said(rows), lambda content, words, now: around.look(content, words, "", now))
    return isinstance(verdict, Cleared)
