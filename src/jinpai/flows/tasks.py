"""Handing over from a conversation or an order, and the alarm when what was handed over is late.

asked for ──hand_over──▶ task + due row ──ring_late──▶ `task_late` in the log, told to those who lead
                           └──move to done──▶ a draft in the buyer's conversation; sending it goes through the guard
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from jinpai.desk.model import Author, Conversation
from jinpai.flows.ports import House
from jinpai.journal.due import Due, finish, is_open
from jinpai.journal.writer import Action, Tx
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.orders.model import Order
from jinpai.orders.store import find_buyer_orders, get_order
from jinpai.reminders.store import find_talks
from jinpai.staff.model import ELSEWHERE
from jinpai.staff.rights import RIGHTS
from jinpai.staff.store import get_account
from jinpai.tasks.actions import Handing, hand_over, move, ring
from jinpai.tasks.content import RESULT, TaskKind
from jinpai.tasks.dues import due_of
from jinpai.tasks.invoices import Invoice
from jinpai.tasks.model import State, Task

FARTHEST = 90 * 86_400_000
"""The farthest deadline a person may set, in ms from now."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: the kind's id, their words, and who shall do it by when (ms) where they say so."""

    kind: str
    words: str
    owner: str | None = None
    due_at: int | None = None
    invoice: Invoice | None = None


def ask_department(
    house: House, by: Author, shop: str, talk: Conversation | None, order_id: str | None, wish: Wish
) -> Action[Task]:
    """The action that hands it over; BadInput naming what is missing or does not fit."""
    kind = next((one for one in house.content.shop(shop).tasks if one.id == wish.kind), None)
    if kind is None:
        raise BadInput("没有这种交办的事，请重新选一种")
    if kind.about == "order" and order_id is None:
        raise BadInput(f"“{kind.title}”要对着一个订单交办，请选一个订单")
    if (kind.form == "invoice") != (wish.invoice is not None):
        raise BadInput("开发票请写抬头和收票的地方" if wish.invoice is None else "只有开发票才要写抬头，请重新选一种")
    if not wish.words and wish.invoice is None:
        raise BadInput("请写清楚要办什么，对方才好动手")
    with house.database.read() as connection:
        order = None if order_id is None else _order_of(house, connection, shop, talk, order_id)
        if wish.owner is not None:
            _check_owner(connection, shop, wish.owner)
        conversation = talk.id if talk is not None else _talk_of(house, connection, order)
    due_at, note = deadline(house, shop, kind, house.clock.now(), wish.due_at)
    asked = Handing(shop, kind, conversation, order_id, wish.owner, due_at, note, wish.words, wish.invoice)
    return hand_over(house.sealer, asked, by)


def move_on(house: House, known: Task, to: State, by: Author, words: str, *, leads: bool) -> Action[Task]:
    """The action that moves it; handed over again, its time begins anew."""
    kind = next((one for one in house.content.shop(known.shop).tasks if one.id == known.kind), None)
    due = (known.due_at, known.note)
    if to == "open":
        if kind is None:
            raise Conflict("这种事已经不交办了，请换一种重新交办")
        due = deadline(house, known.shop, kind, house.clock.now(), None)
    return move(known.id, to, by, words, RESULT if kind is None else kind.told, due, leads=leads)


def deadline(house: House, shop: str, kind: TaskKind, now: int, wished: int | None) -> tuple[int, str]:
    """By when (ms) what is asked `now` has to be done, and why then; BadInput for a wish in the past or far away."""
    if wished is not None:
        if not now < wished <= now + FARTHEST:
            raise BadInput("截止时间要在现在之后、90 天以内，请重新选")
        return wished, ""
    asked = datetime.fromtimestamp(now / 1000, SHOP_TIME)
    due, note = due_of(kind, asked, house.content.shop(shop).reminding.days_off)
    return int(due.timestamp() * 1000), note


def ring_late(house: House, work: Due) -> Action[None]:
    """The action that rings once for what is late by now."""

    def act(tx: Tx) -> None:
        if is_open(tx.connection, work):
            late = ring(tx, work.subject)
            finish(tx.connection, work, "done" if late else "cancelled", "" if late else "已经有了结果", tx.now)

    return act


def _order_of(house: House, connection: Connection, shop: str, talk: Conversation | None, order_id: str) -> Order:
    order = get_order(connection, house.sealer, order_id)
    if order is None or order.shop != shop:
        raise NotFound(ELSEWHERE)
    if talk is not None:
        mine = find_buyer_orders(connection, house.sealer, shop, talk.buyer, 500)
        if order.id not in {one.id for one in mine}:
            raise BadInput("这个订单不是这位买家的，请核对订单")
    return order


def _talk_of(house: House, connection: Connection, order: Order | None) -> str | None:
    """Where the buyer of this order can be told what came of it."""
    if order is None:
        return None
    return find_talks(connection, house.sealer, order.shop, [order]).get(order.id)


def _check_owner(connection: Connection, shop: str, owner: str) -> None:
    account = get_account(connection, owner)
    if account is None or not account.active or shop not in account.shops or account.role not in RIGHTS["task.write"]:
        raise BadInput("没有找到这位同事，请重新选；不确定交给谁就留空，谁接都行")
