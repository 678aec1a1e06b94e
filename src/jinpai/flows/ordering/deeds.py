"""What changing an order by hand must keep: the price within authority and above the floor, the buyer's own word."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.bargaining.actions import use_grant
from jinpai.bargaining.model import Request
from jinpai.bargaining.store import list_shop_grants
from jinpai.catalog.content import ShopEntry
from jinpai.desk.model import MESSAGE_IN
from jinpai.desk.store import conversation as conversation_table
from jinpai.flows.content.shop import ShopContent
from jinpai.guard.authority import AuthorityRules, authority_of, floor_of
from jinpai.journal.reader import read_conversation
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, NotAllowed
from jinpai.kit.money import yuan
from jinpai.kit.sealing import Sealer
from jinpai.orders.actions import change_order
from jinpai.orders.changes import Change, goods_price, list_price
from jinpai.orders.model import Order
from jinpai.orders.store import find_buyer_orders, read_history

BASE = "goods_before"
"""In the fact of a price change: what the goods cost before anybody changed it by hand, in fen."""


@dataclass(frozen=True, slots=True)
class Word:
    """The buyer's own message by which they agreed: the conversation and its place there."""

    conversation: str
    seq: int

    def as_data(self) -> Mapping[str, Any]:
        """What the order's history keeps of it."""
        return {"message": {"conversation": self.conversation, "seq": self.seq}}


@dataclass(frozen=True, slots=True)
class Limits:
    """By whose rules a price is changed; a `leader` goes beyond an agent's authority, nobody below the floor.

    With a `grant` an agent goes as far as a supervisor approved, to honour a word even below the floor.
    """

    shop: ShopEntry | None
    rules: AuthorityRules | None
    login: str
    is_leader: bool
    grant: Request | None = None

    @property
    def granted(self) -> int:
        """What a supervisor approved for this order, in fen."""
        return 0 if self.grant is None else self.grant.granted or 0


def first_goods_price(connection: Connection, order: Order) -> int:
    """What these goods cost before anybody changed the price by hand, in fen; goods that went or came count since."""
    told = [(fact.data or {}).get(BASE) for fact in reversed(read_history(connection, order.id))]
    return next((int(price) for price in told if price is not None), goods_price(order))


def check_price(limits: Limits, order: Order, base: int, goods: int, freight: int) -> None:
    """NotAllowed with the reason when this price is more than this person may give; amounts in fen."""
    kind = limits.shop.kind if limits.shop is not None else None
    if kind == "tmall":
        raise NotAllowed("天猫店铺不能手工改价，可以送公开的优惠券或赠品")
    listed = list_price(order) or base
    floor = floor_of(limits.rules, yuan(listed), kind)
    is_kept_word = limits.grant is not None and limits.grant.kind == "honour" and goods >= listed - limits.granted
    if floor is not None and goods < Decimal(floor) * 100 and not is_kept_word:
        raise NotAllowed("这个价格低于店里的底价，不能改；可以换成赠品或优惠券")
    given = base - goods
    if limits.is_leader:
        return
    allowed = authority_of(limits.rules, limits.login, kind)
    if is_kept_word or 0 < given <= limits.granted:
        allowed = allowed.model_copy(update={"reduction": None, "discount": None})
    if allowed.reduction is not None and given > Decimal(allowed.reduction) * 100:
        raise NotAllowed(f"您一单最多可以便宜 {allowed.reduction} 元，再多请先向主管申请，同意后就能改")
    if allowed.discount is not None and given * 100 > base * allowed.discount:
        raise NotAllowed(f"您最多可以便宜 {allowed.discount}%，再多请先向主管申请，同意后就能改")
    if allowed.free_freight is False and freight == 0 < order.freight:
        raise NotAllowed("免运费要主管同意，请主管来改")


def is_within(limits: Limits, order: Order, base: int, goods: int, freight: int) -> bool:
    """Whether `check_price` would let this pass."""
    try:
        check_price(limits, order, base, goods, freight)
    except NotAllowed:
        return False
    return True


def grant_for(connection: Connection, sealer: Sealer, content: ShopContent, order: Order, now: int) -> Request | None:
    """What a supervisor approved today for this buyer and goods of this order, not used for another one."""
    for request, buyer in list_shop_grants(connection, order.shop, now):
        if request.order_id not in (None, order.id) or _pieces(content, order, request.product) < request.pieces:
            continue
        if order.id in {one.id for one in find_buyer_orders(connection, sealer, order.shop, buyer, 500)}:
            return request
    return None


def price_order(sealer: Sealer, order_id: str, author: str, change: Change, base: int, limits: Limits) -> Action[Order]:
    """The action that changes the price; an approval that it needs is used up for this order, and named beside it."""
    grant = limits.grant

    def act(tx: Tx) -> Order:
        if grant is None:
            return change_order(sealer, order_id, author, change, {BASE: base})(tx)
        use_grant(tx, grant.id, order_id)
        return change_order(sealer, order_id, author, change, {BASE: base, "approval": grant.id})(tx)

    return act


def _pieces(content: ShopContent, order: Order, product: str) -> int:
    """How many pieces of this product the order has."""
    count = 0
    for item in order.items:
        named = content.names.find(item.title)
        if item.product == product or (named is not None and named.id == product):
            count += item.quantity
    return count


def check_word(connection: Connection, sealer: Sealer, order: Order, word: Word) -> None:
    """BadInput unless this is a message of the buyer whose order it is."""
    talk = connection.execute(
        sa.select(conversation_table.c.shop, conversation_table.c.buyer).where(
            conversation_table.c.id == word.conversation
        )
    ).one_or_none()
    rows = read_conversation(connection, word.conversation, word.seq - 1, 1) if talk is not None else []
    if talk is None or talk.shop != order.shop or not rows or rows[0].seq != word.seq:
        raise BadInput("没有找到买家同意的那句话，请在聊天里重新选一句")
    if rows[0].entry.kind != MESSAGE_IN:
        raise BadInput("这句话不是买家说的，请选买家同意的那一句")
    mine = find_buyer_orders(connection, sealer, order.shop, talk.buyer, 500)
    if order.id not in {one.id for one in mine}:
        raise BadInput("这句话不是这个订单的买家说的，请核对订单")
