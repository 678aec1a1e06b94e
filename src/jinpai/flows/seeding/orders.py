"""A pack's orders as rows to record: prices, freight and parcels follow from the shop's own products and couriers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.freight import Courier, choose_courier, quote, region_of, zone_for
from jinpai.catalog.promotions import FreeShipping, Promotion, is_running
from jinpai.desk.seeds import BuyerSeed
from jinpai.flows.content.sections import BUYERS, COURIERS, PRODUCTS, PROMOTIONS, SHOPS
from jinpai.kit.clock import local_date
from jinpai.orders.model import Item, OrderRow, Parcel
from jinpai.orders.seeds import Course, OrderSeed, course
from jinpai.packs.model import Pack

CUTOFF = "14:00"
"""Where the shop does not say until when it dispatches the same day."""

USUAL_DAYS = (2, 4)
CLOSE_REASONS = {
    "unpaid": "超过一天没有付款，自动关闭",
    "cancelled": "买家不想要了，协商取消",
    "returned": "退货退款，已完成",
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What orders refer to; `ids` are the buyers' ids in the database by those in the content."""

    skus: Mapping[str, tuple[Product, Sku]]
    buyers: Mapping[str, BuyerSeed]
    couriers: tuple[Courier, ...]
    promotions: tuple[Promotion, ...]
    cutoff: str
    ids: Mapping[str, str]

    @classmethod
    def read(cls, pack: Pack, ids: Mapping[str, str]) -> "Ledger":
        """The ledger of this pack."""
        skus = {sku.id: (product, sku) for product in pack.entries(PRODUCTS) for sku in product.skus}
        cutoff = next((shop.service.dispatch_cutoff for shop in pack.entries(SHOPS)), CUTOFF)
        buyers = {buyer.id: buyer for buyer in pack.entries(BUYERS)}
        return cls(skus, buyers, pack.entries(COURIERS), pack.entries(PROMOTIONS), cutoff, ids)


def order_row(seed: OrderSeed, ledger: Ledger, now: int) -> tuple[OrderRow, Course]:
    """The order as it stands `now` (ms), and its course; what it refers to is there, `content check` sees to that."""
    buyer = ledger.buyers[seed.buyer]
    region = region_of(buyer.address) or ""
    carrier = carrier_of(seed, ledger.couriers, region)
    zone = None if carrier is None else zone_for(carrier, region)
    far = USUAL_DAYS if zone is None else (zone.arrives.least, zone.arrives.most)
    went = course(seed, now, ledger.cutoff, far)
    goods = goods_of(seed, ledger.skus)
    freight = _freight(seed, ledger, region, carrier, goods, now)
    total = _fen(goods - Decimal(seed.discount) + freight)
    paid = 0 if went.paid_at is None else total
    row = OrderRow(
        number=seed.number,
        buyer=ledger.ids.get(seed.buyer),
        buyer_name=buyer.name,
        state=went.state,
        refund=went.refund,
        total=total,
        paid=paid,
        freight=_fen(freight),
        refunded=paid if went.refund == "done" else 0,
        title=_title(seed, ledger.skus),
        quantity=sum(seed.items.values()),
        items=tuple(_item(ledger.skus[id_], pieces) for id_, pieces in seed.items.items()),
        parcels=_parcels(seed, went, carrier),
        receiver=buyer.recipient,
        phone=buyer.phone,
        address=buyer.address,
        region=region,
        ordered_at=went.ordered_at,
        paid_at=went.paid_at,
        shipped_at=went.shipped_at,
        completed_at=went.completed_at,
        remark=seed.remark,
        flag=seed.flag,
        buyer_note=seed.message,
        close_reason=(seed.reason or CLOSE_REASONS.get(seed.ending)) if went.state == "closed" else None,
    )
    return row, went


def goods_of(seed: OrderSeed, skus: Mapping[str, tuple[Product, Sku]]) -> Decimal:
    """What the goods cost together at list prices, in yuan."""
    return sum((Decimal(skus[id_][1].price) * pieces for id_, pieces in seed.items.items()), Decimal(0))


def carrier_of(seed: OrderSeed, couriers: tuple[Courier, ...], region: str) -> Courier | None:
    """The courier the order names, else the first that goes to this region."""
    named = next((courier for courier in couriers if courier.id == seed.courier), None)
    return named or choose_courier(couriers, region)


def _freight(
    seed: OrderSeed, ledger: Ledger, region: str, carrier: Courier | None, goods: Decimal, now: int
) -> Decimal:
    """Nothing where free shipping ran that day, else the courier's price for the parcel."""
    day, today = local_date(seed.placed.before(now)), local_date(now)
    for promotion in ledger.promotions:
        rule = promotion.rule
        if not isinstance(rule, FreeShipping) or not is_running(promotion, today, day):
            continue
        if goods - Decimal(seed.discount) >= Decimal(rule.threshold) and region not in rule.except_regions:
            return Decimal(0)
    grams = sum((ledger.skus[id_][0].parcel_grams or 0) * pieces for id_, pieces in seed.items.items())
    return (None if carrier is None else quote(carrier, region, grams)) or Decimal(0)


def _item(sold: tuple[Product, Sku], pieces: int) -> Item:
    product, sku = sold
    return Item(product.title, sku.name, pieces, _fen(Decimal(sku.price)), product.id)


def _title(seed: OrderSeed, skus: Mapping[str, tuple[Product, Sku]]) -> str:
    return "、".join(dict.fromkeys(skus[id_][0].short for id_ in seed.items))


def _parcels(seed: OrderSeed, went: Course, carrier: Courier | None) -> tuple[Parcel, ...]:
    if went.shipped_at is None or carrier is None:
        return ()
    return (Parcel(f"7880000{seed.pick('parcel', 100_000, 999_999)}{seed.number[-2:]}", carrier.name),)


def _fen(yuan: Decimal) -> int:
    return int(yuan * 100)
