"""The delay radar: finds orders and parcels in trouble, hands them over once, and lays a draft for the buyer.

    orders + tracks ──sweep──▶ Finding ──raise_alert──▶ parcel_alert + hand-over + `offered` draft   (one transaction)
    paid, sent, told again ──sweep──▶ settled by facts

Exactly one hand-over and one draft per order and kind: the order is locked, the world looked at again, and the alert is
stored beside what it opened.
"""

from dataclasses import replace

import structlog
from sqlalchemy.engine import Connection

from jinpai.desk.handing import entry_of, get_state
from jinpai.desk.model import OFFERED, Author, Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.dispatch.queue import rhythm_of
from jinpai.flows.ports import House
from jinpai.flows.tasks import deadline
from jinpai.flows.tracking.drafting import draft_for
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Action, Tx
from jinpai.kit.bulk import insert_many
from jinpai.kit.errors import Conflict, NotFound
from jinpai.orders.alerts.content import AlertRule, Kind
from jinpai.orders.alerts.model import DAY, Calendar, Finding, find_trouble, least_wait
from jinpai.orders.alerts.store import (
    ALARMED,
    FACTS,
    SETTLED,
    Alert,
    add_alert,
    find_alerts,
    find_open,
    find_watched,
    find_watched_of,
    last_heard,
    put_alert,
)
from jinpai.orders.model import Order
from jinpai.orders.store import get_order, lock_order, order_fact
from jinpai.orders.tracking.model import TRACKED
from jinpai.orders.tracking.store import find_tracks
from jinpai.reminders.model import day_off
from jinpai.reminders.store import find_talks
from jinpai.staff.model import ELSEWHERE
from jinpai.tasks.actions import Handing, hand_over

RADAR = Author("system", "radar", "物流雷达")
MOST = 2_000
"""So many orders of a shop are looked at in one sweep, the newest."""

_log = structlog.get_logger()


def calendar_of(content: ShopContent) -> Calendar:
    """On which days this shop sends nothing, and which are holidays; years nobody entered have none."""
    years = content.reminding.days_off
    return Calendar(rhythm_of(content).rests, lambda day: bool(day_off(years, day)))


def sweep(house: House, shop: str) -> int:
    """Raise what is in trouble now and settle what is not any more; how many alerts came or went."""
    content, now = house.content.shop(shop), house.clock.now()
    rules = [rule for rule in content.radar if rule.enabled]
    if not rules:
        return 0
    since = now - max(rule.within for rule in rules) * DAY
    late, silent = (now - least_wait(rules, *kinds) for kinds in (("late",), ("untraced", "silent")))
    with house.database.read() as connection:
        watched = find_watched(connection, shop, since, late, silent, MOST)
        found = find_trouble(rules, calendar_of(content), watched, last_heard(connection, shop), now)
        known = find_alerts(connection, {one.order for one in found})
        open_ = find_open(connection, (shop,), MOST)
    fresh = [one for one in found if _is_news(known.get((one.order, one.kind)))]
    there = {(one.order, one.kind) for one in found}
    over = [one for one in open_ if (one.order_id, one.kind) not in there]
    return sum(_done(house, raise_alert(house, one)) for one in fresh) + sum(
        _done(house, _settle_by_facts(house, one)) for one in over
    )


def raise_alert(house: House, finding: Finding) -> Action[bool]:
    """The action that keeps what was found, hands it over and lays the draft; False where it is none any more."""
    with house.database.read() as connection:
        order = get_order(connection, house.sealer, finding.order)
        shop = order.shop if order is not None else ""
        talk = _talk(house, connection, order)
        tracks = find_tracks(connection, shop, [finding.number] if finding.number else [])
    rules = house.content.shop(shop).radar if order is not None else ()
    rule = next((one for one in rules if one.alert == finding.kind and one.enabled), None)
    if order is None or rule is None:
        return lambda tx: False
    words = draft_for(house, rule, order, finding.number, tracks.get(finding.number), talk)
    handing = _handing(house, rule, order, finding, talk)

    def act(tx: Tx) -> bool:
        locked = lock_order(tx.connection, house.sealer, finding.order)
        known = find_alerts(tx.connection, [finding.order]).get((finding.order, finding.kind))
        if locked is None or not _is_news(known) or not _still(house, tx, finding):
            return False
        if known is not None:
            put_alert(tx.connection, replace(known, state="open", settled_at=None, settled_by="", since=finding.since))
        else:
            task = None if handing is None else hand_over(house.sealer, handing, RADAR)(tx).id
            draft = _offer(tx, talk, words, finding)
            connection, chat = tx.connection, talk.id if talk is not None else None
            offered = None if draft is None else draft.seq
            new = Alert(finding.order, finding.kind, shop, finding.number, finding.since, tx.now)
            add_alert(connection, replace(new, task=task, conversation=chat, offered=offered))
        _note(tx, shop, finding.order, ALARMED, RADAR, [None, finding.kind])
        return True

    return act


def settle_alert(house: House, order_id: str, kind: Kind, by: Author, why: str) -> Action[Alert]:
    """The action by which a person puts it aside; a second click changes nothing."""

    def act(tx: Tx) -> Alert:
        lock_order(tx.connection, house.sealer, order_id)
        known = _find(tx.connection, order_id, kind)
        if known.state == "settled":
            return known
        settled = replace(known, state="settled", settled_at=tx.now, settled_by=by.key(), why=why)
        put_alert(tx.connection, settled)
        _note(tx, known.shop, order_id, SETTLED, by, [kind, None])
        return settled

    return act


def lay_again(house: House, order_id: str, kind: Kind, by: Author) -> Action[Alert]:
    """The action that lays the draft for the buyer before the agent anew; Conflict with what is in the way."""
    with house.database.read() as connection:
        known = _find(connection, order_id, kind)
        order = get_order(connection, house.sealer, order_id)
        talk = _talk(house, connection, order)
        track = find_tracks(connection, known.shop, [known.number]).get(known.number)
    if talk is None or order is None:
        raise Conflict("这位买家还没有会话，没有办法在这里告诉他；可以按订单上的电话联系")
    rule = next((one for one in house.content.shop(known.shop).radar if one.alert == kind), None)
    words = draft_for(house, rule, order, known.number, track, talk) if rule is not None else ""
    if not words:
        raise Conflict("没有能直接用的草稿，请打开会话自己写给买家")

    def act(tx: Tx) -> Alert:
        lock_order(tx.connection, house.sealer, order_id)
        draft = _offer(tx, talk, words, Finding(order_id, kind, known.number, known.since), by)
        current = _find(tx.connection, order_id, kind)
        changed = replace(current, conversation=talk.id, offered=None if draft is None else draft.seq)
        put_alert(tx.connection, changed)
        return changed

    return act


def _settle_by_facts(house: House, known: Alert) -> Action[bool]:
    """The action that ends an alert of which the order says itself that it is over."""

    def act(tx: Tx) -> bool:
        lock_order(tx.connection, house.sealer, known.order_id)
        current = _find(tx.connection, known.order_id, known.kind)
        finding = Finding(known.order_id, known.kind, known.number, known.since)
        if current.state != "open" or _still(house, tx, finding):
            return False
        put_alert(tx.connection, replace(current, state="settled", settled_at=tx.now, settled_by=FACTS))
        tx.tell(TRACKED, {"shop": known.shop})
        return True

    return act


def _still(house: House, tx: Tx, finding: Finding) -> bool:
    """Whether it holds inside this transaction, too."""
    watched = find_watched_of(tx.connection, [finding.order])
    shop = _shop(tx.connection, house, finding.order)
    content, heard = house.content.shop(shop), last_heard(tx.connection, shop)
    found = find_trouble(content.radar, calendar_of(content), watched, heard, tx.now)
    return any(one.kind == finding.kind for one in found)


def _shop(connection: Connection, house: House, order_id: str) -> str:
    order = get_order(connection, house.sealer, order_id)
    return order.shop if order is not None else ""


def _is_news(known: Alert | None) -> bool:
    """Whether there is none yet, or one that was over by itself: what a person put aside stays aside."""
    return known is None or (known.state == "settled" and known.settled_by == FACTS)


def _handing(
    house: House, rule: AlertRule, order: Order, finding: Finding, talk: Conversation | None
) -> Handing | None:
    kind = next((one for one in house.content.shop(order.shop).tasks if one.id == rule.task), None)
    if kind is None:
        return None
    due_at, note = deadline(house, order.shop, kind, house.clock.now(), None)
    words = f"{rule.words}（运单 {finding.number}）" if finding.number else rule.words
    return Handing(order.shop, kind, talk.id if talk else None, order.id, None, due_at, note, words)


def _talk(house: House, connection: Connection, order: Order | None) -> Conversation | None:
    """Where the buyer of this order can be told."""
    if order is None:
        return None
    found = find_talks(connection, house.sealer, order.shop, [order]).get(order.id)
    return get_conversations(connection, [found]).get(found) if found else None


def _offer(tx: Tx, talk: Conversation | None, words: str, finding: Finding, by: Author = RADAR) -> Receipt | None:
    if talk is None or not words:
        return None
    data = {"why": "radar", "order": finding.order, "trouble": finding.kind}
    return tx.append(entry_of(get_state(tx, talk.id), OFFERED, by, data, words))


def _find(connection: Connection, order_id: str, kind: Kind) -> Alert:
    known = find_alerts(connection, [order_id]).get((order_id, kind))
    if known is None:
        raise NotFound(ELSEWHERE)
    return known


def _note(tx: Tx, shop: str, order_id: str, fact: str, by: Author, change: list[Kind | None]) -> None:
    data = {"order": order_id, "changes": {"trouble": change}}
    receipt = tx.append(Entry(fact, by.key(), shop, data=data))
    insert_many(tx.connection, order_fact, ("order_id", "fact"), [(order_id, receipt.id)])
    tx.tell(TRACKED, {"shop": shop})


def _done(house: House, action: Action[bool]) -> bool:
    """Whether it took effect; one that fails holds up none of the others."""
    try:
        return house.writer.run(action)
    except Exception:
        _log.exception("radar_failed")
        return False
