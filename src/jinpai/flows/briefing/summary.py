"""What whoever takes a buyer over should know, from the records alone: who it is, what they want, what was said and
promised, where the price and the order stand, what is still open. Nothing of it is stored.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, Author, Conversation, is_answer
from jinpai.flows.advising.advice import Asked, consider
from jinpai.flows.answering.thinking import reception
from jinpai.flows.bargaining.reading import read_bargain
from jinpai.flows.briefing.handed import Handed, find_handed
from jinpai.flows.briefing.wording import ATTITUDES, ORDERS, REFUNDS, SLOTS, STAGES, Kind
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.flows.profiling.portrait import Portrait, find_orders_of, paint
from jinpai.flows.tracking.way import read_way
from jinpai.guard.model import Hit
from jinpai.journal.model import Row
from jinpai.journal.reader import NEWEST, read_before, read_rows
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.money import yuan
from jinpai.orders.model import Order
from jinpai.promises.store import find_of_talks
from jinpai.staff.model import Actor
from jinpai.tasks.model import RUNNING
from jinpai.tasks.store import find_of_talk

LOOK_BACK = 200
QUOTED = 80
"""So much of somebody's words is repeated, in code points."""
LINES = 3
"""So many of the buyer's last messages tell what they want where none waits."""
MINUTE = 60_000

_PAID = ("paid", "shipped", "delivered", "completed")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know; `seq` is the message that says so, 0 where the records do."""

    kind: Kind
    text: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """How the buyer changed hands, what to know, and what the guard says to further words."""

    handed: Handed
    points: tuple[Point, ...]
    check: Callable[[str], Sequence[Hit]] | None


def read_summary(house: House, actor: Actor, state: Conversation) -> Summary | None:
    """What this agent should know of a buyer who came to them from other hands; None where that is not so."""
    with house.database.read() as connection:
        rows = read_before(connection, state.id, NEWEST, LOOK_BACK)
    handed = find_handed(rows)
    if handed is None:
        return None
    content, here = house.content.shop(state.shop), reception(rows)
    asked = consider(house, actor, state)
    with house.database.read() as connection:
        orders = find_orders_of(connection, house.sealer, state.shop, [state.buyer])
        portrait = paint(house, connection, state.shop, [state.buyer], [state.id], orders)
        way = read_way(connection, orders[:1])
        promised = list(_promised(connection, state))
        tasks = [one for one in find_of_talk(connection, state.id) if one.state in RUNNING]
    points = [Point("who", "；".join(_who(state, portrait, orders)))]
    points += _wants(house, content, asked, here)
    if orders:
        points.append(Point("order", "，".join(filter(None, (_order(orders[0]), way.newest)))))
    points += [*_said(here), *promised, *_price(house, actor, state)]
    points += [Point("open", f"{one.title}，{_moment(one.due_at)}前") for one in tasks]
    points += _open(state, here, orders, house.clock.now())
    return Summary(handed, tuple(points), None if asked is None else asked.check)


def _who(state: Conversation, portrait: Portrait, orders: Sequence[Order]) -> Iterator[str]:
    paid = [one for one in orders if one.state in _PAID]
    yield state.buyer_name
    yield f"付过 {len(paid)} 单，共 {yuan(sum(one.paid for one in paid))} 元" if paid else "还没在店里付过款"
    kept = [f"{one.title} {one.value}" for one in portrait.facts if one.accepted]
    if kept:
        yield "、".join(kept)
    if portrait.types:
        yield "看着像：" + "、".join(one.title for one in portrait.types[:3])


def _wants(house: House, content: ShopContent, asked: Asked | None, here: Sequence[Row]) -> Iterator[Point]:
    """The buyer's words that wait, else their last ones, and what is understood of them."""
    said = [row for row in here if row.entry.kind == MESSAGE_IN and row.entry.body.get("text")]
    last = "；".join(str(row.entry.body["text"]) for row in said[-LINES:])
    advice = None if asked is None else asked.advice
    about = (advice.about if advice is not None else "") or last
    if about:
        yield Point("wants", f"“{short(about)}”", said[-1].seq if said else 0)
    understanding = house.understandings.current(here[-1].entry.shop, content.lessons) if about else None
    if advice is None or understanding is None:
        return
    understood = advice.understood or understanding.understand(about)
    told = ["、".join(one.intent.title for one in understood.meanings)] if understood.meanings else []
    named = advice.slots.get("product")
    product = next((one for one in content.products if one.id == named), None) or content.names.find(about)
    if product is not None:
        sku = next((one.name for one in product.skus if one.id == advice.slots.get("sku")), "")
        told.append(f"在问{product.title}" + (f"（{sku}）" if sku else ""))
    told += [f"{title} {advice.slots[name]}" for name, title in SLOTS.items() if name in advice.slots]
    told += [STAGES[advice.stage]] if advice.stage in STAGES else []
    if told:
        yield Point("wants", "；".join(told))


def _order(order: Order) -> str:
    goods = "、".join(f"{one.title}×{one.quantity}" for one in order.items[:3]) or order.title
    state = ORDERS[order.state] + REFUNDS.get(order.refund, "")
    return f"尾号 {order.number[-4:]}：{state}；{goods}，{yuan(order.total)} 元"


def _said(here: Sequence[Row]) -> Iterator[Point]:
    """Who answered how often, and how the last answer went."""
    answers = [row for row in here if row.entry.kind == MESSAGE_OUT and _is_ours(row)]
    counts: dict[str, int] = {}
    for row in answers:
        counts[_name(row)] = counts.get(_name(row), 0) + 1
    if answers:
        told = "、".join(f"{name}答了 {count} 句" for name, count in counts.items())
        last = answers[-1]
        yield Point("said", f"{told}；最后一句：“{short(str(last.entry.body.get('text', '')))}”", last.seq)


def _promised(connection: Connection, state: Conversation) -> Iterator[Point]:
    pledges = [one for one in find_of_talks(connection, [state.id]) if one.state == "open"]
    told = {row.id: row for row in read_rows(connection, [one.fact for one in pledges])}
    for one in pledges:
        due = f"，{_moment(one.due_at)}前" if one.due_at is not None else ""
        words = short(str(told[one.fact].entry.body.get("text", "")))
        yield Point("promised", f"“{words}”{due}", one.seq)


def _price(house: House, actor: Actor, state: Conversation) -> Iterator[Point]:
    bargain = read_bargain(house, actor, state)
    if bargain is None:
        return
    told = [ATTITUDES[bargain.attitude]] if bargain.attitude in ATTITUDES else []
    told += [f"已经用到第 {bargain.rung} 步"] if bargain.rung else []
    told += [f"已经让了 {yuan(bargain.given)} 元"] if bargain.given else ["一分钱还没让"]
    if bargain.request is not None and bargain.request.state == "waiting":
        told.append("让价申请在等主管")
    yield Point("price", "，".join(told))


def _open(state: Conversation, here: Sequence[Row], orders: Sequence[Order], now: int) -> Iterator[Point]:
    if state.waiting_since is not None:
        minutes = (now - state.waiting_since) // MINUTE
        yield Point("open", f"买家在等回复，等了 {minutes} 分钟" if minutes else "买家在等回复，刚刚说的")
    if state.alarmed_at is not None:
        yield Point("open", "买家不满，先安抚再办事")
    unpaid = [one for one in orders if one.state == "unpaid"]
    if unpaid:
        yield Point("open", f"{len(unpaid)} 笔订单还没付款")


def short(text: str) -> str:
    """The words on one line, cut where they go on too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTED else flat[:QUOTED] + "…"


def _is_ours(row: Row) -> bool:
    return row.entry.author.startswith("agent:") or is_answer(row.entry.data)


def _name(row: Row) -> str:
    is_person = Author.read(row.entry.author).role == "agent"
    return str(row.entry.body.get("name") or "客服") if is_person else "智能客服"


def _moment(at: int) -> str:
    moment = datetime.fromtimestamp(at / 1000, SHOP_TIME)
    return f"{moment.month} 月 {moment.day} 日 {moment:%H:%M}"
