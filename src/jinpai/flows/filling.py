"""What is known for a reply in this conversation: the values of variables, and the facts conditions ask for.

Only what some record says is filled in or held true; the rest stays open, for the agent to see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.engine import Connection

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.freight import choose_courier, region_of, zone_for
from jinpai.catalog.promotions import Gift, Promotion
from jinpai.copilot.recommending.model import Wishes
from jinpai.customers.store import find_known
from jinpai.desk.model import Conversation
from jinpai.flows.content.shop import ShopContent, known_facts
from jinpai.flows.ordering.promotions import running_now
from jinpai.flows.tracking.way import UNKNOWN, Way, read_way
from jinpai.guard.model import Hit
from jinpai.journal.reader import NEWEST, read_before
from jinpai.kit.clock import SHOP_TIME, local_time
from jinpai.kit.money import yuan
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import Order
from jinpai.orders.store import find_buyer_orders
from jinpai.playbook.model import Facts
from jinpai.playbook.variables import VARIABLES, find_variables
from jinpai.reminders.model import sends_on
from jinpai.stock.model import Available
from jinpai.stock.store import read_available

LOOK_BACK = 100
ORDERS = 5
MEASURED: tuple[Literal["height", "weight"], ...] = ("height", "weight")
"""The facts of a profile that are numbers."""

_STATES: Mapping[str, str] = {"shipped": "dispatched", "closed": ""}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a conversation is about just now: the goods on the newest product card, the buyer's orders, newest first.

    `known` are measures of the buyer's profile (centimetres, kilograms), so that nobody asks for them twice;
    `wishes` what the records say of the goods that suit, where somebody has looked; `stock` what can be sold
    now, `way` that of the newest order.
    """

    buyer_name: str = ""
    agent_name: str = ""
    waited: int = 0
    product: Product | None = None
    sku: Sku | None = None
    orders: tuple[Order, ...] = ()
    running: tuple[tuple[Promotion, date], ...] = ()
    known: Mapping[str, float] = field(default_factory=dict)
    wishes: Wishes = field(default_factory=Wishes)
    stock: Available = field(default_factory=Available)
    way: Way = UNKNOWN


def read_scene(
    connection: Connection,
    sealer: Sealer,
    content: ShopContent,
    state: Conversation | None,
    shop: str,
    now: int,
    before: int = NEWEST,
) -> Scene:
    """The scene of this conversation, by its cards with a seq < `before`; without one what holds for the whole shop."""
    running = tuple(running_now(connection, content, shop, now))
    stock = read_available(connection, shop)
    if state is None:
        return Scene(running=running, stock=stock)
    cards = [
        card
        for row in read_before(connection, state.id, before, LOOK_BACK)
        if (card := row.entry.body.get("attach")) and card["kind"] == "product"
    ]
    product, sku = _goods(content.products, cards[-1]) if cards else (None, None)
    orders = tuple(find_buyer_orders(connection, sealer, shop, state.buyer, ORDERS))
    waited = max(1, (now - state.waiting_since) // 60_000) if state.waiting_since else 0
    facts = find_known(connection, state.buyer)
    known: dict[str, float] = {name: float(facts[name].split()[0]) for name in MEASURED if name in facts}
    way = read_way(connection, orders)
    return Scene(state.buyer_name, "", waited, product, sku, orders, running, known, way=way, stock=stock)


def facts_of(content: ShopContent, scene: Scene, now: int) -> Facts:
    """What conditions may build on in this scene."""
    facts = known_facts(content)
    moment = datetime.fromtimestamp(now / 1000, SHOP_TIME)
    if content.shop is not None:
        service = content.shop.service
        works = sends_on(content.reminding.days_off, moment.date(), weekends=service.dispatch_weekend)
        names = facts.couriers | {courier.name for courier in content.couriers}
        facts = replace(facts, couriers=names, before_cutoff=works and local_time(now) < service.dispatch_cutoff)
    order = scene.orders[0] if scene.orders else None
    return replace(
        facts,
        promotion_running=bool(scene.running),
        promotion_ends_today=any(last == moment.date() for _, last in scene.running),
        stock=None if scene.sku is None else scene.stock.of(scene.sku),
        order_state=None if order is None else _STATES.get(order.state, order.state) or None,
        refund_open=None if order is None else order.refund == "open",
        has_trace=None if order is None else scene.way.track is not None,
        body_sizes=scene.product is None or _is_of_bodies(scene.product),
        troubles=scene.way.troubles,
        free_shipping=None if order is None else order.freight == 0,
        returning_buyer=True if any(one.state == "completed" for one in scene.orders) else None,
    )


def _is_of_bodies(product: Product) -> bool:
    return product.size_table is not None and product.size_table.is_of_bodies


def values_of(content: ShopContent, scene: Scene) -> dict[str, str]:
    """Variable → its value, of those that have one."""
    order = scene.orders[0] if scene.orders else None
    values = {
        "买家": scene.buyer_name,
        "客服": scene.agent_name,
        "等待": f"{scene.waited} 分钟" if scene.waited else "",
        **_of_shop(content, scene),
        **({} if scene.product is None else _of_goods(content, scene, scene.product, scene.sku)),
        **_of_way(content, order),
        **({} if order is None else _of_order(order)),
        "最新物流": scene.way.newest,
    }
    return {name: value for name, value in values.items() if value}


def open_variables(text: str) -> tuple[Hit, ...]:
    """A remark for every known variable that still stands in the text: such a text must not be sent."""
    hits = []
    for name in find_variables(text):
        if name in VARIABLES:
            written = f"{{{name}}}"
            start = text.index(written)
            why = f"「{name}」还没有填，请补上再发"
            hits.append(Hit("variable", "variable", "block", start, start + len(written), written, why))
    return tuple(hits)


def _of_shop(content: ShopContent, scene: Scene) -> dict[str, str]:
    if content.shop is None:
        return {}
    service = content.shop.service
    values = {
        "店铺": content.shop.name,
        "截单时间": service.dispatch_cutoff,
        "营业时间": f"{service.hours.open}–{service.hours.close}",
        "快递": service.couriers[0] if service.couriers else "",
        "可选快递": "、".join(service.couriers),
    }
    told = [(one, last) for one, last in scene.running if one.rule.kind not in ("free_shipping", "gift")]
    if told:
        values |= {"活动": told[0][0].title, "活动结束": f"{told[0][1].month} 月 {told[0][1].day} 日"}
    gifts = [one.rule.gift for one, _ in scene.running if isinstance(one.rule, Gift)]
    return {**values, "赠品": gifts[0] if gifts else ""}


def _of_goods(content: ShopContent, scene: Scene, product: Product, sku: Sku | None) -> dict[str, str]:
    others = [
        other
        for other in content.products
        if other.id != product.id
        and other.category == product.category
        and any(scene.stock.of(one) > 0 for one in other.skus)
    ]
    prices = sorted({one.price for one in ([sku] if sku else product.skus)}, key=float)
    return {
        "商品": product.short,
        "规格": sku.name if sku else "",
        "价格": f"{prices[0]} 元" if len(prices) == 1 else f"{prices[0]} 元起",
        "库存": str(scene.stock.of(sku)) if sku and scene.stock.of(sku) > 0 else "",
        "卖点": product.selling_points[0] if product.selling_points else "",
        "保养": product.care.clean if product.care else "",
        "替代商品": next((other.short for other in others), ""),
        "实惠商品": next((other.short for other in others if _least(other, scene) < float(prices[0])), ""),
    }


def _least(product: Product, scene: Scene) -> float:
    """The lowest listed price of what is in stock of these goods, in yuan."""
    return min(float(sku.price) for sku in product.skus if scene.stock.of(sku) > 0)


def _of_way(content: ShopContent, order: Order | None) -> dict[str, str]:
    """How goods reach this buyer: by the region of the newest order."""
    region = region_of(order.region or order.address) if order is not None else None
    courier = choose_courier(content.couriers, region) if region else None
    zone = zone_for(courier, region) if courier and region else None
    if courier is None or zone is None:
        return {}
    least, most = zone.arrives.least, zone.arrives.most
    return {"快递": courier.name, "预计送达": f"发出后 {least}–{most} 天" if least < most else f"发出后 {most} 天左右"}


def _of_order(order: Order) -> dict[str, str]:
    moment = None if order.ordered_at is None else datetime.fromtimestamp(order.ordered_at / 1000, SHOP_TIME)
    numbers = [parcel.number for parcel in order.parcels if parcel.number]
    return {
        "订单号": order.number,
        "应付": yuan(order.total - order.paid) if order.state == "unpaid" else "",
        "下单时间": f"{moment.month} 月 {moment.day} 日 {moment:%H:%M}" if moment else "",
        "地址": f"{order.region}…" if order.region else "",
        "运单号": numbers[-1] if numbers else "",
    }


def _goods(products: Sequence[Product], card: Mapping[str, Any]) -> tuple[Product | None, Sku | None]:
    product = next((one for one in products if one.id == card.get("product")), None)
    if product is None:
        return None, None
    if len(product.skus) == 1:
        return product, product.skus[0]
    return product, next((sku for sku in product.skus if sku.id == card.get("sku")), None)
