"""Bargaining over HTTP: where the talk stands on the ladder, and asking a supervisor for more."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.engine import Connection

from jinpai.bargaining.content import Attitude
from jinpai.bargaining.ladder import Move
from jinpai.bargaining.ladder_rules import RUNGS, LadderRules
from jinpai.bargaining.model import MAX_WORDS, Kind, Request, State, Verdict
from jinpai.bargaining.store import find_request, list_requests
from jinpai.desk.store import get_conversations
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id, find
from jinpai.entrypoints.http.desk.handing import author
from jinpai.flows.bargaining.approving import Wish, answer, ask
from jinpai.flows.bargaining.reading import Bargain, read_bargain
from jinpai.flows.ordering.freight import read_amount
from jinpai.flows.ports import House
from jinpai.journal.reader import read_rows
from jinpai.kit.errors import NotFound
from jinpai.kit.money import yuan
from jinpai.staff.model import ELSEWHERE, Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["bargaining"])

DAY = 86_400_000
LONGEST = 100
Answerer = Annotated[Actor, needs("conversation.answer")]
Approver = Annotated[Actor, needs("message.approve")]
Money = Annotated[str, Field(max_length=20)]
Words = Annotated[str, StringConstraints(max_length=MAX_WORDS, strip_whitespace=True)]


class GoodsView(BaseModel):
    """What is bargained about; `price` is what one costs as listed, in yuan."""

    product: str
    title: str
    price: str


class MoveView(BaseModel):
    """The next rung (0 = thank who takes the listed price); `amount` in yuan, null while the price is unknown."""

    rung: int
    title: str
    why: str
    asks: str
    amount: str | None
    gift: str
    cheaper: bool


class LineView(BaseModel):
    """A script that may be said as it is."""

    id: str
    title: str
    text: str


class ApprovalView(BaseModel):
    """A request to the supervisors; amounts in yuan, times in ms."""

    id: str
    shop: str
    conversation: str
    buyer: str
    kind: Kind
    state: State
    goods: str
    pieces: int
    price: str
    off: str
    reason: str
    told: int | None
    agent: str
    asked_at: int
    closes_at: int
    granted: str | None
    answered_by: str
    answered_at: int | None
    ends_at: int | None
    words: str


class BargainView(BaseModel):
    """Bargaining in a conversation; `active` is false where nobody talks about the price."""

    active: bool
    attitude: Attitude
    rung: int
    rungs: int
    given: str
    goods: GoodsView | None
    move: MoveView | None
    lines: list[LineView]
    request: ApprovalView | None


class ApprovalList(BaseModel):
    """Requests of the last day, the newest first, at most a hundred."""

    items: list[ApprovalView]
    now: int


class WishForm(Body):
    """So much off (yuan) so many pieces; `told` is the message in which that was promised already."""

    product: Annotated[str, Field(max_length=80)]
    pieces: Annotated[int, Field(ge=1, le=1_000)] = 1
    off: Money
    reason: Annotated[str, StringConstraints(min_length=1, max_length=MAX_WORDS, strip_whitespace=True)]
    told: Annotated[int, Field(ge=1, le=1 << 31)] | None = None


class AnswerForm(Body):
    """The answer: a counter-offer names what may be taken off instead, a refusal says why."""

    verdict: Literal["approved", "countered", "refused"]
    off: Money | None = None
    words: Words = ""


@router.get("/conversations/{conversation_id}/bargain")
def read_bargaining(house: HouseDep, actor: Answerer, conversation_id: Id) -> BargainView:
    """Where the talk about the price stands, and what may be said next."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    found = read_bargain(house, actor, state)
    if found is None:
        return BargainView(
            active=False, attitude="none", rung=0, rungs=RUNGS, given="0.00", goods=None, move=None, lines=[],
            request=None,
        )  # fmt: skip
    with house.database.read() as connection:
        request = None if found.request is None else _views(connection, [found.request])[0]
    return _view(house, state.shop, found, request)


@router.post("/conversations/{conversation_id}/approvals")
def ask_for_approval(house: HouseDep, actor: Answerer, conversation_id: Id, body: WishForm) -> ApprovalView:
    """Ask the supervisors for more than I may give; they have three minutes."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    wish = Wish(body.product, body.pieces, _fen(body.off), body.reason, told=body.told)
    asked = house.writer.run(ask(house, author(actor), state, wish))
    with house.database.read() as connection:
        return _views(connection, [asked])[0]


@router.get("/approvals")
def read_approvals(
    house: HouseDep, actor: Approver, shop: Annotated[str | None, Query(max_length=64)] = None
) -> ApprovalList:
    """What agents asked for in my shops since yesterday."""
    if shop is not None:
        check_may(actor, "message.approve", shop)
    now = house.clock.now()
    with house.database.read() as connection:
        shops = (shop,) if shop is not None else actor.shops
        return ApprovalList(items=_views(connection, list_requests(connection, shops, now - DAY, LONGEST)), now=now)


@router.post("/approvals/{request_id}/answer")
def answer_request(house: HouseDep, actor: Approver, request_id: Id, body: AnswerForm) -> ApprovalView:
    """Say yes, offer less, or refuse; the first answer within the three minutes counts."""
    with house.database.read() as connection:
        known = find_request(connection, request_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    check_may(actor, "message.approve", known.shop)
    verdict: Verdict = body.verdict
    off = None if body.off is None else _fen(body.off)
    answered = house.writer.run(answer(house, actor, known, verdict, off, body.words))
    with house.database.read() as connection:
        return _views(connection, [answered])[0]


def _view(house: House, shop: str, found: Bargain, request: ApprovalView | None) -> BargainView:
    rules, goods = house.content.shop(shop).ladder, found.goods
    return BargainView(
        active=True,
        attitude=found.attitude,
        rung=found.rung,
        rungs=RUNGS,
        given=yuan(found.given),
        goods=None if goods is None else GoodsView(product=goods.product, title=goods.title, price=yuan(goods.price)),
        move=None if found.move is None else _move(rules, found.move),
        lines=[LineView(id=line.id, title=line.title, text=line.text) for line in found.lines],
        request=request,
    )


def _move(rules: LadderRules | None, move: Move) -> MoveView:
    return MoveView(
        rung=move.rung,
        title=rules.rungs[move.rung - 1].title if rules is not None and move.rung else "",
        why=move.why,
        asks=move.asks,
        amount=None if move.amount is None else yuan(move.amount),
        gift=move.gift,
        cheaper=move.cheaper,
    )


def _views(connection: Connection, found: Sequence[Request]) -> list[ApprovalView]:
    rows = {
        row.id: row for row in read_rows(connection, [id_ for one in found for id_ in (one.fact, one.answer) if id_])
    }
    names = name_authors(connection, {f"agent:{id_}" for one in found for id_ in (one.agent, one.answered_by) if id_})
    talks = get_conversations(connection, [one.conversation for one in found])
    return [
        ApprovalView(
            **{name: getattr(one, name) for name in _SAME},
            buyer=talks[one.conversation].buyer_name,
            goods=one.title,
            price=yuan(one.price),
            off=yuan(one.off),
            granted=None if one.granted is None else yuan(one.granted),
            agent=names.get(f"agent:{one.agent}", ""),
            answered_by=names.get(f"agent:{one.answered_by}", ""),
            reason=rows[one.fact].entry.body.get("text", ""),
            words=rows[one.answer].entry.body.get("text", "") if one.answer else "",
        )
        for one in found
    ]


def _fen(text: str) -> int:
    return int(read_amount(text) * 100)


_SAME = (
    "id", "shop", "conversation", "kind", "state", "pieces", "told", "asked_at", "closes_at", "answered_at", "ends_at",
)  # fmt: skip
