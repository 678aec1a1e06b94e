"""Writing an order for a buyer: goods by SKU and promotions, freight by its table, the price within limits.

wish ──price_basket──▶ what it costs and where it goes ──place_order──▶ the order, once ──payment_words──▶ a draft

Freight of several goods is that of one parcel by their total weight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.bargaining.actions import use_grant
from jinpai.bargaining.model import Request
from jinpai.bargaining.store import list_shop_grants
from jinpai.catalog.content import Product, Sku
from jinpai.catalog.freight_quotes import Parcel as Weighed
from jinpai.catalog.pricing import Settled, settle
from jinpai.catalog.promotions import Coupon, Promotion
from jinpai.desk.store import when_opened
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import read_scene
from jinpai.flows.ordering.deeds import BASE, Limits, check_price, is_within
from jinpai.flows.ordering.freight import freight_book, read_address, stock_of, weigh
from jinpai.flows.ordering.promotions import left_for
from jinpai.flows.ports import House
from jinpai.flows.stocking.shortage import Shortage, check_enough, find_shortages
from jinpai.journal.writer import Action, Tx
from jinpai.kit.addresses.parsing import Address
from jinpai.kit.clock import local_date
from jinpai.kit.errors import BadInput, Conflict
from jinpai.kit.money import fen_from, yuan
from jinpai.orders.arranging import place
from jinpai.orders.content import COLLECT, FREE
from jinpai.orders.model import Item, Order, Parcel
from jinpai.orders.store import find_buyer_orders, get_order

PLACED = "placed"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a buyer wants: SKU → pieces, to the address as they wrote it; amounts in fen only where agreed by hand.

    With `waits` the order is wanted even where there are too few pieces: it waits for the rest. `buyer` is whose id
    earlier orders are looked up by; without one nothing was had before.
    """

    shop: str
    lines: Mapping[str, int]
    address: str
    courier: str = ""
    goods: int | None = None
    freight: int | None = None
    note: str = ""
    waits: bool = False
    buyer: str = ""


@dataclass(frozen=True, slots=True)
class Priced:
    """What a wish comes to, in fen: `listed` by list price, `usual` under promotions, `goods` as agreed.

    `quoted` is the freight by the table; `unweighed` are goods whose weight nobody wrote down and that are not in it;
    `spent` are promotions of these goods that this buyer has had as often as one may; `short` are goods of which there
    are too few now; `couriers` all go there, the one it leaves with first.
    """

    items: tuple[Item, ...]
    listed: int
    usual: int
    goods: int
    quoted: int
    freight: int
    courier: str
    couriers: tuple[str, ...]
    applied: tuple[str, ...]
    gifts: tuple[str, ...]
    spent: tuple[str, ...]
    unweighed: tuple[str, ...]
    short: tuple[Shortage, ...]
    address: Address

    @property
    def total(self) -> int:
        """What the buyer pays."""
        return self.goods + self.freight


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose order it is: the buyer's id and name."""

    id: str
    name: str


def price_basket(house: House, connection: Connection, wish: Wish) -> Priced:
    """What the wish comes to now; BadInput that says what is missing or does not fit."""
    content = house.content.shop(wish.shop)
    stock = stock_of(content.products)
    unknown = [sku for sku in wish.lines if sku not in stock]
    if unknown:
        raise BadInput(f"店里没有规格“{'、'.join(unknown)}”，请核对编码或从商品里选")
    if not wish.lines:
        raise BadInput("还没有选商品，请至少选一件")
    address = _whole(read_address(wish.address))
    scene = read_scene(connection, house.sealer, content, None, wish.shop, house.clock.now())
    running = [promotion for promotion, _ in scene.running]
    settled, spent = _settle_for(house, connection, content, wish, running, address.region)
    grams, unweighed = weigh(content.products, wish.lines)
    book = freight_book(content.couriers, content.freight, content.shop, (), ships_free=settled.free_shipping)
    quote = book.ask(address, Weighed(grams, goods=settled.goods), wish.courier)
    if quote.best is None:
        raise BadInput(f"{wish.courier or '店里的快递'}送不到{quote.region}，请换一个快递或地址")
    usual, quoted = int(settled.goods * 100), int(quote.best.price * 100)
    if unweighed and quoted and wish.freight is None:
        raise BadInput(f"“{'、'.join(unweighed)}”没有写重量，算不出运费，请手工填运费")
    items = tuple(_item(stock[sku], pieces) for sku, pieces in wish.lines.items())
    return Priced(
        items=items,
        listed=sum((item.price or 0) * item.quantity for item in items),
        usual=usual,
        goods=usual if wish.goods is None else wish.goods,
        quoted=quoted,
        freight=quoted if wish.freight is None else wish.freight,
        courier=quote.best.courier,
        couriers=tuple(offer.courier for offer in (quote.best, *quote.alternatives)),
        applied=tuple(one.title for one in running if one.id in settled.applied),
        gifts=settled.gifts,
        spent=spent,
        unweighed=unweighed,
        short=find_shortages(connection, wish.shop, stock, wish.lines),
        address=address,
    )


def _settle_for(
    house: House, connection: Connection, content: ShopContent, wish: Wish, running: Sequence[Promotion], region: str
) -> tuple[Settled, tuple[str, ...]]:
    """What these goods come to for this buyer, and the titles of what would take part had they not had it before."""
    taken, stock = [one for one in running if not isinstance(one.rule, Coupon)], stock_of(content.products)
    bought = find_buyer_orders(connection, house.sealer, wish.shop, wish.buyer) if wish.buyer else []
    left = left_for(content, taken, bought, local_date(when_opened(connection, wish.shop) or house.clock.now()))
    gone = {one.id for one in taken} - {one.id for one in left}
    missed = gone & {*settle(wish.lines, stock, taken, region).applied} if gone else gone
    return settle(wish.lines, stock, left, region), tuple(one.title for one in taken if one.id in missed)


def write_order(priced: Priced, wish: Wish, owner: Owner, key: str, now: int) -> Order:
    """The order as it would be stored; the same `key` of the same buyer gives the same id, so that it is written once.

    A courier chosen by hand stands with the order, its parcel has no number yet.
    """
    digest = blake2b(f"{wish.shop}\0{owner.id}\0{key}".encode(), digest_size=16).digest()
    place_ = priced.address
    where = "".join(dict.fromkeys((place_.province, place_.city, place_.district))) + place_.street + place_.detail
    return Order(
        id=f"o_{digest.hex()}",
        shop=wish.shop,
        number=f"JP{local_date(now):%y%m%d}{int.from_bytes(digest[:8]) % 10**8:08}",
        created_at=now,
        changed_at=now,
        buyer=owner.id,
        buyer_name=owner.name,
        total=priced.total,
        freight=priced.freight,
        title="，".join(dict.fromkeys(item.title for item in priced.items)),
        quantity=sum(item.quantity for item in priced.items),
        items=priced.items,
        parcels=(Parcel("", priced.courier),) if wish.courier else (),
        receiver=place_.name,
        phone=place_.phone,
        address=where,
        region=place_.region,
        ordered_at=now,
        buyer_note=wish.note,
        origin="placed",
    )


def place_order(
    house: House,
    connection: Connection,
    wish: Wish,
    order: Order,
    priced: Priced,
    limits: Limits,
    author: str,
    why: dict[str, Any],
) -> Action[Order]:
    """The action that stores it; NotAllowed when the price is beyond what this person may give.

    Conflict when there are too few pieces by then and the wish does not say that it waits, or when it costs something
    else by then. An approval of today that it needs is used up for it, and named in its history. An order already
    written is given back as it is, whatever it would cost now.
    """
    told = {"deed": PLACED, BASE: priced.usual, **why}
    if get_order(connection, house.sealer, order.id) is not None:
        return place(house.sealer, order, author, told)
    if priced.total <= 0:
        raise BadInput("一分钱都不收，买家没法付款，请核对金额")
    usual = replace(order, freight=priced.quoted)
    if not is_within(limits, usual, priced.usual, priced.goods, priced.freight):
        limits = replace(limits, grant=_grant_for(house, connection, order))
        check_price(limits, usual, priced.usual, priced.goods, priced.freight)
    grant = limits.grant

    def act(tx: Tx) -> Order:
        if get_order(tx.connection, house.sealer, order.id) is None:
            _check_as_priced(price_basket(house, tx.connection, wish), priced, wish)
        if grant is None:
            return place(house.sealer, order, author, told)(tx)
        use_grant(tx, grant.id, order.id)
        return place(house.sealer, order, author, {**told, "approval": grant.id})(tx)

    return act


def _check_as_priced(now: Priced, before: Priced, wish: Wish) -> None:
    """Conflict where another order came between that took the pieces, or a price this buyer could have once."""
    if not wish.waits:
        check_enough(now.short)
    if now.usual != before.usual:
        raise Conflict(f"货款刚刚变成 {_money(now.usual)}：这位买家另下了一单，或活动有变化，请核对后再下单")


def payment_words(content: ShopContent, order: Order) -> str:
    """What to tell the buyer of an order that waits to be paid, with the payment link where the shop has a page."""
    rules = content.ordering
    if rules is None:
        raise BadInput("内容里没有下单时说的话，请在 ordering 里补上")
    way = COLLECT if order.freight_collect else f"运费 {_money(order.freight)}" if order.freight else FREE
    values = {
        "商品": "、".join(_line(item) for item in order.items) or order.title,
        "地区": order.region,
        "货款": _money(order.total - order.freight),
        "运费": way,
        "金额": _money(order.total),
        "付款": rules.how_to_pay(order.number),
        "订单编号": order.number,
    }
    text = rules.words.difference if order.origin == "freight" else rules.words.placed
    text = text.replace("{付款}", values.pop("付款"))
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _whole(address: Address) -> Address:
    missing = [name for name, told in (("收货人", address.name), ("电话", address.phone)) if not told]
    if not address.city or not (address.detail or address.street):
        missing.append("市、区和门牌")
    if missing:
        raise BadInput(f"收货信息还差{'、'.join(missing)}，请补全，例如 张三 13800138000 浙江省杭州市西湖区文三路1号")
    return address


def _item(sold: tuple[Product, Sku], pieces: int) -> Item:
    product, sku = sold
    return Item(product.title, sku.name, pieces, fen_from(sku.price), product.id)


def _line(item: Item) -> str:
    return f"{item.title}{f'（{item.sku}）' if item.sku else ''} ×{item.quantity}"


def _money(fen: int) -> str:
    return f"¥{yuan(fen)}"


def _grant_for(house: House, connection: Connection, order: Order) -> Request | None:
    """What a supervisor approved today for this buyer and these goods, not used for another order."""
    for request, buyer in list_shop_grants(connection, order.shop, house.clock.now()):
        pieces = sum(item.quantity for item in order.items if item.product == request.product)
        if buyer == order.buyer and request.order_id in (None, order.id) and pieces >= request.pieces:
            return request
    return None
