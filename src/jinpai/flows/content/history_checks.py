"""What the past in a pack must keep: everything it names is there, it is past, and agents speak as the guard allows."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.freight import Courier, region_of, zone_for
from jinpai.desk.seeds import BuyerSeed, Talk, offsets
from jinpai.flows.content.sections import BUYERS, COURIERS, ORDERS, PRODUCTS, SHOPS, STAFF, TALKS
from jinpai.flows.guarding.situation import LOOK_BACK
from jinpai.flows.seeding.orders import carrier_of, goods_of
from jinpai.guard.engine import Guard
from jinpai.guard.model import Said, Situation, verdict_of
from jinpai.orders.seeds import OrderSeed
from jinpai.packs.model import Pack, Problem

NEVER = ("block", "confirm")
"""What agents cannot have sent; a warning they may have confirmed."""

DAY_SECONDS = 86_400


def check_history(pack: Pack, guard: Guard) -> list[Problem]:
    """Everything wrong with the buyers, talks and orders of a pack; none where it has no past."""
    buyers = {buyer.id: buyer for buyer in pack.entries(BUYERS)}
    names = tuple(shop.name for shop in pack.entries(SHOPS))
    problems = [pack.problem(BUYERS, id_, message) for id_, message in check_buyers(list(buyers.values()))]
    staff = {person.id for person in pack.entries(STAFF)}
    for talk in pack.entries(TALKS):
        found = [*_check_people(talk, set(buyers), staff), *_check_past(talk), *_check_words(talk, guard, names)]
        problems += [pack.problem(TALKS, talk.id, message) for message in found]
    skus = {sku.id: (product, sku) for product in pack.entries(PRODUCTS) for sku in product.skus}
    for order in pack.entries(ORDERS):
        found = list(_check_order(order, buyers, skus, pack.entries(COURIERS)))
        problems += [pack.problem(ORDERS, order.id, message) for message in found]
    return problems


def check_buyers(buyers: list[BuyerSeed]) -> Iterator[tuple[str, str]]:
    """(buyer id, sentence) for addresses without a province and phones used twice."""
    owner: dict[str, str] = {}
    for buyer in buyers:
        if region_of(buyer.address) is None:
            yield buyer.id, "地址要从省份写起，例如 浙江省杭州市…"
        other = owner.setdefault(buyer.phone, buyer.id)
        if other != buyer.id:
            yield buyer.id, f"电话和“{other}”的一样，请换一个"


def _check_people(talk: Talk, buyers: set[str], staff: set[str]) -> Iterator[str]:
    if talk.buyer not in buyers:
        yield f"没有买家“{talk.buyer}”，请检查 buyer"
    named = {talk.agent, *(line.to for line in talk.lines), *(line.by for line in talk.lines)} - {None}
    for person in sorted(str(name) for name in named if name not in staff):
        yield f"没有员工“{person}”，请检查 agent、to 和 by"


def _check_past(talk: Talk) -> Iterator[str]:
    """The last line of a talk that began days ago must lie before the day the shop is set up."""
    if talk.starts is None or talk.starts.days is None or talk.starts.at is None:
        return
    hour, minute = map(int, talk.starts.at.split(":"))
    if hour * 3600 + minute * 60 + offsets(talk)[-1] >= talk.starts.days * DAY_SECONDS:
        yield "说到最后已经超过开店那天了，请把 starts 的 days 写大一些，或把 after 写小一些"


def _check_words(talk: Talk, guard: Guard, names: tuple[str, ...]) -> Iterator[str]:
    before: list[Said] = []
    for line in talk.lines:
        if line.voice not in ("buyer", "agent", "auto"):
            continue
        if line.voice != "buyer":
            hits = guard.check(line.text, Situation(tuple(before[-LOOK_BACK:]), {"names": names}))
            if verdict_of(hits) in NEVER or (line.voice == "auto" and verdict_of(hits) == "warn"):
                worst = next(hit for hit in hits if hit.severity not in ("hint", "pass"))
                yield f"“{line.text[:20]}…”会被规则 {worst.rule} 拦下（{worst.why}），请换个说法"
        before.append(Said("assistant" if line.voice == "auto" else line.voice, line.text))


def _check_order(
    order: OrderSeed,
    buyers: Mapping[str, BuyerSeed],
    skus: Mapping[str, tuple[Product, Sku]],
    couriers: tuple[Courier, ...],
) -> Iterator[str]:
    unknown = [id_ for id_ in order.items if id_ not in skus]
    if unknown:
        yield f"没有规格“{'、'.join(unknown)}”，请检查 items"
    elif Decimal(order.discount) > goods_of(order, skus):
        yield "优惠 discount 比货款还多，请改小"
    if order.courier is not None and order.courier not in {courier.id for courier in couriers}:
        yield f"没有快递“{order.courier}”，请检查 courier"
    buyer = buyers.get(order.buyer)
    if buyer is None:
        yield f"没有买家“{order.buyer}”，请检查 buyer"
        return
    region = region_of(buyer.address) or ""
    carrier = carrier_of(order, couriers, region)
    if couriers and (carrier is None or zone_for(carrier, region) is None):
        yield f"快递不到{region}，请换一家能到的"
