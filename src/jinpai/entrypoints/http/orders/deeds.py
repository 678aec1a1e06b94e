"""Changing an order by hand over HTTP: remark, price, receiver, closing; each once, with who did it and why."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.orders.views import OrderView, view
from jinpai.flows.ordering.deeds import (
    Limits,
    Word,
    check_price,
    check_word,
    first_goods_price,
    grant_for,
    is_within,
    price_order,
)
from jinpai.flows.ordering.freight import read_address, read_amount
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.orders.actions import change_order
from jinpai.orders.changes import (
    CLOSE_REASONS,
    MAX_REMARK,
    Change,
    close,
    put_price,
    put_receiver,
    put_remark,
    unchanged_since,
)
from jinpai.orders.model import Flag, Order
from jinpai.orders.store import get_order
from jinpai.staff.model import Actor, Role
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1/orders", tags=["orders"])

Writer = Annotated[Actor, needs("order.write")]
Seen = Annotated[int, Field(ge=0, le=1 << 53, description="changed_at of the order as it was looked at")]
Money = Annotated[str, Field(max_length=20)]
LEADERS = (Role.SUPERVISOR, Role.OWNER)


class RemarkForm(Body):
    """The seller's remark and its flag; both empty takes them away."""

    seen: Seen
    remark: str = Field(default="", max_length=MAX_REMARK)
    flag: Flag = ""


class PriceForm(Body):
    """What the goods and the freight shall cost, in yuan; an explicit zero is a zero."""

    seen: Seen
    goods: Money
    freight: Money


class WordForm(Body):
    """The buyer's message by which they agreed."""

    conversation: str = Field(min_length=1, max_length=64)
    seq: int = Field(ge=1, le=1 << 31)


class ReceiverForm(Body):
    """The new address as the buyer wrote it, with name and phone if they changed; `word` is where the buyer said so."""

    seen: Seen
    address: str = Field(min_length=1, max_length=300)
    word: WordForm


class CloseForm(Body):
    """Why the order is closed; `word` is the buyer's own wish or consent."""

    seen: Seen
    reason: str = Field(min_length=1, max_length=40)
    word: WordForm


class ReasonList(BaseModel):
    """The true reasons to choose from."""

    items: list[str]


@router.get("/close-reasons")
def list_close_reasons(actor: Annotated[Actor, needs("order.read")]) -> ReasonList:
    """Why an unpaid order may be closed."""
    return ReasonList(items=list(CLOSE_REASONS))


@router.put("/{order_id}/remark")
def put_order_remark(house: HouseDep, actor: Writer, order_id: Id, body: RemarkForm) -> OrderView:
    """Put the seller's remark and flag in place of the old ones."""
    return _change(house, actor, order_id, unchanged_since(body.seen, put_remark(body.remark, body.flag)))


@router.put("/{order_id}/price")
def put_order_price(house: HouseDep, actor: Writer, order_id: Id, body: PriceForm) -> OrderView:
    """Change what an unpaid order costs: within one's authority (supervisors beyond it), never below the floor."""
    order = find_writable(house, actor, order_id)
    goods, freight = _fen(body.goods), _fen(body.freight)
    content = house.content.shop(order.shop)
    limits = Limits(content.shop, content.authority, actor.login, actor.role in LEADERS)
    with house.database.read() as connection:
        base = first_goods_price(connection, order)
        if not is_within(limits, order, base, goods, freight):
            now = house.clock.now()
            limits = replace(limits, grant=grant_for(connection, house.sealer, content, order, now))

    def checked(current: Order, now: int) -> Order:
        after = put_price(goods, freight)(current, now)
        if after is not current:
            check_price(limits, current, base, goods, freight)
        return after

    change = unchanged_since(body.seen, checked)
    return view(house.writer.run(price_order(house.sealer, order_id, actor.author, change, base, limits)))


@router.put("/{order_id}/receiver")
def put_order_receiver(house: HouseDep, actor: Writer, order_id: Id, body: ReceiverForm) -> OrderView:
    """Send it elsewhere, before dispatch and because the buyer said so in the chat."""
    word = agreed(house, actor, order_id, body.word)
    address = read_address(body.address)
    if not address.city or not (address.detail or address.street):
        raise BadInput("地址不完整，请写到省、市、区和门牌")
    whole = "".join(dict.fromkeys((address.province, address.city, address.district)))
    change = put_receiver(address.name, address.phone, whole + address.street + address.detail, address.region)
    return _change(house, actor, order_id, unchanged_since(body.seen, change), word.as_data())


@router.post("/{order_id}/close")
def close_order(house: HouseDep, actor: Writer, order_id: Id, body: CloseForm) -> OrderView:
    """Close an unpaid order for its true reason, with the buyer's wish or consent kept beside it."""
    word = agreed(house, actor, order_id, body.word)
    return _change(house, actor, order_id, unchanged_since(body.seen, close(body.reason)), word.as_data())


def find_writable(house: House, actor: Actor, order_id: str) -> Order:
    """The order, if this person may change it; NotFound else."""
    with house.database.read() as connection:
        order = get_order(connection, house.sealer, order_id)
    check_may(actor, "order.write", order.shop if order else "")
    assert order is not None
    return order


def agreed(house: House, actor: Actor, order_id: str, form: WordForm) -> Word:
    """The buyer's own message by which they agreed; BadInput when it is none of theirs."""
    order = find_writable(house, actor, order_id)
    word = Word(form.conversation, form.seq)
    with house.database.read() as connection:
        check_word(connection, house.sealer, order, word)
    return word


def _change(
    house: House, actor: Actor, order_id: str, change: Change, why: Mapping[str, Any] | None = None
) -> OrderView:
    find_writable(house, actor, order_id)
    return view(house.writer.run(change_order(house.sealer, order_id, actor.author, change, why)))


def _fen(text: str) -> int:
    return int(read_amount(text) * 100)
