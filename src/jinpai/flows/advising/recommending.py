"""Recommendations for a buyer at the desk: the goods, the reason in a sentence past the guard, and what came of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jinpai.copilot.recommending.choosing import MOST, fact_of, recommend
from jinpai.copilot.recommending.model import Recommendation
from jinpai.copilot.recommending.outcome import (
    Given,
    Outcome,
    find_given,
    give,
    given_id,
    list_given,
    outcomes,
)
from jinpai.copilot.skills.answers import Told, tell
from jinpai.desk.model import Conversation
from jinpai.flows.advising.advice import Survey, survey
from jinpai.flows.advising.suggesting import STOPPING, look_around
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.learning.habits import products_of, titles_of
from jinpai.flows.ports import House
from jinpai.kit.clock import SHOP_TIME
from jinpai.orders.baskets import read_bought
from jinpai.staff.model import Actor

WAYS = 4
"""So many ways of saying it are tried before a recommendation is left out."""
SPARE = 3
"""So many more are looked for as may fall to the guard."""
LISTED = 5_000
"""So many recommendations are looked at for what came of them, the newest."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A recommendation with its sentence; `id` names it for what comes of it."""

    id: str
    recommendation: Recommendation
    told: Told


def read_recommendations(house: House, actor: Actor, state: Conversation) -> list[Offered]:
    """What to recommend to the buyer of this conversation now, at most three; what is shown is remembered."""
    content, now = house.content.shop(state.shop), house.clock.now()
    around = survey(house, actor, state)
    ground = look_around(content, around.scene, around.talk, now)
    day = datetime.fromtimestamp(now / 1000, SHOP_TIME).date().isoformat()
    found: list[Offered] = []
    for one in recommend(ground, around.liked, MOST + SPARE):
        told = _say(content, around, one)
        if told is not None and len(found) < MOST:
            found.append(Offered(given_id(state.id, one.product.id, one.wording, day), one, told))
    _remember(house, actor, state, found, now)
    return found


def read_outcomes(house: House, shop: str, since: int) -> list[Outcome]:
    """What came of this shop's recommendations since then (ms), by kind of reason."""
    content = house.content.shop(shop)
    titles = titles_of(content.products)
    bought: dict[str, list[tuple[int, str]]] = defaultdict(list)
    with house.database.read() as connection:
        given = list_given(connection, shop, since, LISTED)
        buyers = sorted({one.buyer for one in given})
        for start in range(0, len(buyers), 500):
            for at, order in read_bought(connection, shop, buyers[start : start + 500], since):
                bought[order.buyer] += [(at, product) for product in products_of(order.items, titles)]
    return outcomes(given, bought, house.clock.now())


def _say(content: ShopContent, around: Survey, one: Recommendation) -> Told | None:
    """The first way of saying it that was not said here and that the guard has nothing against."""
    said = {spoken.text for spoken in around.talk if not spoken.is_buyer}
    for turn in range(WAYS):
        told = tell(fact_of(one), content.answers, len(around.talk) + turn)
        if told is None or told.text in said:
            continue
        if not any(hit.severity in STOPPING for hit in content.guard.check(told.text, around.judge(told.text))):
            return told
    return None


def _remember(house: House, actor: Actor, state: Conversation, found: Sequence[Offered], now: int) -> None:
    """Note what is shown for the first time; nobody waits until that is on disk."""
    with house.database.read() as connection:
        known = find_given(connection, [one.id for one in found])
    new = [_given(actor, state, one, now) for one in found if one.id not in known]
    if new:
        house.writer.enqueue(give(new))


def _given(actor: Actor, state: Conversation, one: Offered, now: int) -> Given:
    found = one.recommendation
    return Given(
        one.id,
        state.shop,
        state.id,
        state.buyer,
        actor.id,
        found.product.id,
        found.sku.id if found.sku else "",
        found.source,
        found.wording,
        now,
    )
