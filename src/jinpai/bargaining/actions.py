"""What can be done with a request for approval; each action is one transaction of the writer.

Two supervisors at once: the writer takes one after the other, the second is told what the first has said. An answer
after the three minutes is refused, whether or not the fallback has run yet.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from jinpai.bargaining.ladder_rules import ApprovalLimit
from jinpai.bargaining.model import ANSWERED, ASKED, LAPSED, TOPIC, Goods, Kind, Request, Verdict
from jinpai.bargaining.store import add_request, find_request, list_of_talk, put_request
from jinpai.desk.handing import entry_of, get_state
from jinpai.desk.model import Author
from jinpai.journal.writer import Tx
from jinpai.kit.clock import local_date, midnight
from jinpai.kit.errors import BadInput, Conflict, NotAllowed, NotFound
from jinpai.kit.ids import new_id
from jinpai.kit.money import fen_from, yuan
from jinpai.staff.store import name_authors

T = TypeVar("T")
Act = Callable[[Tx], T]

_WORDS = {"approved": "同意", "countered": "还了价", "refused": "没有同意"}


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for: so many fen off these goods, why, and for an honoured word the message that told it."""

    kind: Kind
    goods: Goods
    off: int
    reason: str
    told: int | None = None


def ask_approval(conversation_id: str, by: Author, asking: Asking, seconds: int) -> Act[Request]:
    """Ask the supervisors, who have so many seconds; Conflict while another request of this conversation waits.

    The same request again is the same request.
    """

    def act(tx: Tx) -> Request:
        state = get_state(tx, conversation_id)
        for known in list_of_talk(tx.connection, conversation_id, tx.now - seconds * 1000):
            if known.state == "waiting" and tx.now < known.closes_at:
                if (known.agent, known.product, known.off) == (by.id, asking.goods.product, asking.off):
                    return known
                raise Conflict("这个会话已经有一个申请在等主管答复，请等它有结果再提")
        closes_at, goods = tx.now + seconds * 1000, asking.goods
        id_ = new_id("b")
        data: dict[str, Any] = {"request": id_, "asks": asking.kind, "goods": goods.title, "pieces": goods.pieces}
        data |= {"price": yuan(goods.price), "off": yuan(asking.off), "closes_at": closes_at}
        if asking.told is not None:
            data["told"] = asking.told
        receipt = tx.append(entry_of(state, ASKED, by, data, asking.reason))
        connection = tx.connection
        new = Request(
            id=id_, shop=state.shop, conversation=state.id, kind=asking.kind, product=goods.product, title=goods.title,
            pieces=goods.pieces, price=goods.price, off=asking.off, told=asking.told, agent=by.id, asked_at=tx.now,
            closes_at=closes_at, fact=receipt.id, state="waiting", granted=None, answered_by="", answered_at=None,
            ends_at=None, answer=None, order_id=None,
        )  # fmt: skip
        add_request(connection, new)
        _tell(tx, new)
        return new

    return act


def answer_approval(
    id_: str, by: Author, verdict: Verdict, off: int | None, words: str, limit: ApprovalLimit | None
) -> Act[Request]:
    """Approve, make a counter-offer of `off` fen, or refuse with words; `limit` is how far this person may go.

    Conflict when a colleague has answered or the time is over, NotAllowed beyond the limit or for one's own request.
    """

    def act(tx: Tx) -> Request:
        known = find_request(tx.connection, id_)
        if known is None:
            raise NotFound("没有找到这个申请")
        _check_open(tx, known)
        if known.agent == by.id:
            raise NotAllowed("不能批自己的申请，请另一位主管来批")
        granted = _granted(known, verdict, off, words)
        if granted is not None:
            _check_limit(known, granted, limit)
        ends_at = None if granted is None else end_of_day(tx.now)
        data: dict[str, Any] = {"request": known.id, "verdict": verdict, "asks": known.kind, "goods": known.title}
        if granted is not None:
            data |= {"off": yuan(granted), "ends_at": ends_at}
        if known.told is not None:
            data["told"] = known.told
        receipt = tx.append(entry_of(get_state(tx, known.conversation), ANSWERED, by, data, words))
        connection = tx.connection
        answered = replace(
            known, state=verdict, granted=granted, answered_by=by.id, answered_at=tx.now, ends_at=ends_at,
            answer=receipt.id,
        )  # fmt: skip
        put_request(connection, answered)
        _tell(tx, answered)
        return answered

    return act


def lapse(tx: Tx, id_: str, note: str) -> Request | None:
    """Note that nobody answered in time; None when somebody has."""
    known = find_request(tx.connection, id_)
    if known is None or known.state != "waiting":
        return None
    state = get_state(tx, known.conversation)
    receipt = tx.append(entry_of(state, LAPSED, Author("system"), {"request": known.id}, note))
    connection = tx.connection
    expired = replace(known, state="expired", answered_at=tx.now, answer=receipt.id)
    put_request(connection, expired)
    _tell(tx, expired)
    return expired


def use_grant(tx: Tx, id_: str, order_id: str) -> None:
    """Note for which order an approval is used; NotAllowed when that was another one."""
    known = find_request(tx.connection, id_)
    if known is None or not known.holds(tx.now):
        raise NotAllowed("主管批的价已经过了今天，请重新申请")
    if known.order_id not in (None, order_id):
        raise NotAllowed("主管批的这个价已经用在另一个订单上了，请重新申请")
    put_request(tx.connection, replace(known, order_id=order_id))


def end_of_day(now: int) -> int:
    """The shop's midnight after this moment, in ms."""
    return midnight(local_date(now) + timedelta(days=1))


def _check_open(tx: Tx, known: Request) -> None:
    if known.state in _WORDS:
        name = "一位同事" if not known.answered_by else _name_of(tx, known.answered_by)
        raise Conflict(f"{name}已经答复了这个申请（{_WORDS[known.state]}），以那个答复为准")
    if known.state == "expired" or tx.now >= known.closes_at:
        raise Conflict("三分钟已经过了，客服已经按委婉谢绝来回复；仍想让价的话，请悄悄提醒客服重新申请")


def _granted(known: Request, verdict: Verdict, off: int | None, words: str) -> int | None:
    if verdict == "refused":
        if not words:
            raise BadInput("不同意请写一句理由，客服好转告买家")
        return None
    if verdict == "approved":
        return known.off
    if off is None or not 0 < off < known.off:
        raise BadInput(f"还价要比申请的 {yuan(known.off)} 元少、比 0 多，请重新填")
    return off


def _check_limit(known: Request, granted: int, limit: ApprovalLimit | None) -> None:
    if limit is None:
        return
    if limit.reduction is not None and granted > fen_from(limit.reduction):
        raise NotAllowed(f"您一单最多可以批 {limit.reduction} 元，再多请店主来批")
    if limit.discount is not None and granted * 100 > known.price * limit.discount:
        raise NotAllowed(f"您最多可以批到便宜 {limit.discount}%，再多请店主来批")


def _name_of(tx: Tx, account: str) -> str:
    return name_authors(tx.connection, {f"agent:{account}"}).get(f"agent:{account}", "一位同事")


def _tell(tx: Tx, request: Request) -> None:
    told = {"shop": request.shop, "c": request.conversation, "id": request.id, "state": request.state}
    tx.tell(TOPIC, {**told, "agent": request.agent})
