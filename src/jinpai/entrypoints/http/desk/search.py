"""Searching the shop's memory: messages, buyers, orders and scripts, each person in their own shops."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.desk.model import Author
from jinpai.desk.search.buyers import find_buyers
from jinpai.desk.search.messages import Found, find_messages
from jinpai.desk.search.model import Sought, split_query
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.flows.searching.asking import FoundScript, find_scripts, list_choices
from jinpai.journal.reader import NEWEST
from jinpai.kit.errors import BadInput
from jinpai.kit.money import yuan
from jinpai.orders.model import Order, Search, State
from jinpai.orders.searching import find_orders
from jinpai.playbook.replies import Owner
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may, may

router = APIRouter(prefix="/api/v1/search", tags=["search"])

PAGE = 20
FEW = 5
"""How many buyers, orders and scripts stand beside the messages; asked for alone there are more."""

MANY = 50
DAY = 86_400_000

Reader = Annotated[Actor, needs("conversation.read")]
Text = Annotated[str | None, Field(min_length=1, max_length=64)]
Time = Annotated[int | None, Field(ge=0, le=4_000_000_000_000)]
Kind = Literal["messages", "buyers", "orders", "scripts"]


class Question(BaseModel):
    """What to find; `from` and `to` in ms, `to` not included; `agent` is who said it, `rule` what the guard noticed."""

    q: str = Field("", max_length=100)
    kind: Literal["all"] | Kind = "all"
    shop: Text = None
    since: Time = Field(None, alias="from")
    until: Time = Field(None, alias="to")
    agent: Text = None
    channel: Text = None
    tag: Text = None
    rule: Text = None
    cursor: str | None = Field(None, max_length=18)

    def asks(self, kind: Kind) -> bool:
        """Whether this kind is wanted; later pages are of messages alone."""
        return self.kind == kind or (self.kind == "all" and (self.cursor is None or kind == "messages"))

    def is_definite(self, words: Sequence[str]) -> bool:
        """Whether there is anything to go by."""
        return bool(words) or any((self.since, self.until, self.agent, self.channel, self.tag, self.rule))


class MessageHitView(BaseModel):
    """A message that was found; `ranges` are code points of `text`, which may be cut (…) at both ends."""

    conversation: str
    seq: int
    at: int
    kind: str
    role: str
    author: str
    text: str
    ranges: list[tuple[int, int]]
    buyer: str
    shop: str
    channel: str
    agent_name: str | None


class BuyerHitView(BaseModel):
    """A buyer with their conversation that moved last."""

    id: str
    name: str
    shop: str
    conversation: str
    channel: str
    status: str
    last_at: int
    last_text: str


class OrderHitView(BaseModel):
    """An order; `total` in yuan."""

    id: str
    shop: str
    number: str
    buyer_name: str
    state: State
    title: str
    total: str
    ordered_at: int | None


class ScriptHitView(BaseModel):
    """A script: published by the shop, the team's, or one's own; `code` "" where it has none."""

    id: str
    shop: str
    owner: Owner
    code: str
    title: str
    text: str


class SearchResults(BaseModel):
    """What was found, by kind; `next` asks for older messages, null when there are none."""

    words: list[str]
    messages: list[MessageHitView]
    next: str | None
    buyers: list[BuyerHitView]
    orders: list[OrderHitView]
    scripts: list[ScriptHitView]


class ChoiceView(BaseModel):
    """Something to filter by."""

    id: str
    name: str


class ChoicesView(BaseModel):
    """What can be filtered by."""

    agents: list[ChoiceView]
    channels: list[ChoiceView]
    tags: list[str]


@router.get("")
def search(house: HouseDep, actor: Reader, question: Annotated[Question, Query()]) -> SearchResults:
    """What holds every word of `q` in my shops, newest messages first.

    With a filter but without words: all messages it fits. A page may be short and still have a next one.
    """
    shops, words = _shops(actor, question.shop), split_query(question.q)
    if question.q.strip() and not words:
        raise BadInput("搜索的内容里没有文字或数字，请换个词再搜")
    sought = _sought(house.clock.now(), shops, words, question)
    few = FEW if question.kind == "all" else MANY
    results = SearchResults(words=list(words), messages=[], next=None, buyers=[], orders=[], scripts=[])
    with house.database.read() as connection:
        if question.asks("messages") and question.is_definite(words):
            page = find_messages(connection, sought, _before(question.cursor), PAGE)
            results.messages = [_message(found) for found in page.items]
            results.next = None if page.next is None else str(page.next)
        if question.asks("buyers"):
            found = find_buyers(connection, house.sealer, words, shops, few, channel_id=question.channel)
            results.buyers = [BuyerHitView.model_validate(buyer, from_attributes=True) for buyer in found]
        if question.asks("orders") and words and may(actor, "order.read"):
            orders = find_orders(connection, house.sealer, shops, Search(question.q), limit=few)
            results.orders = [_order(order) for order in orders]
    if question.asks("scripts"):
        results.scripts = [_script(one) for one in find_scripts(house, words, shops, actor.id, few)]
    return results


@router.get("/choices")
def read_choices(house: HouseDep, actor: Reader, shop: Text = None) -> ChoicesView:
    """The agents, channels and tags of my shops."""
    return ChoicesView.model_validate(list_choices(house.database, _shops(actor, shop)), from_attributes=True)


def _shops(actor: Actor, shop: str | None) -> tuple[str, ...]:
    if shop is None:
        return actor.shops
    check_may(actor, "conversation.read", shop)
    return (shop,)


def _sought(now: int, shops: tuple[str, ...], words: tuple[str, ...], question: Question) -> Sought:
    until = now + DAY if question.until is None and question.since is not None else question.until
    return Sought(
        words,
        shops,
        since=question.since,
        until=until,
        author=None if question.agent is None else Author("agent", question.agent).key(),
        channel=question.channel,
        rule=question.rule,
        tag=question.tag,
    )


def _before(cursor: str | None) -> int:
    if cursor is None:
        return NEWEST
    if not cursor.isdecimal() or not cursor.isascii():
        raise BadInput("翻页参数 cursor 不对，请使用上一页给出的 next")
    return int(cursor)


def _message(found: Found) -> MessageHitView:
    row, state = found.row, found.conversation
    return MessageHitView(
        conversation=state.id,
        seq=row.seq,
        at=row.at,
        kind=row.entry.kind,
        role=Author.read(row.entry.author).role,
        author=row.entry.body.get("name", ""),
        text=found.snippet.text,
        ranges=list(found.snippet.ranges),
        buyer=state.buyer_name,
        shop=state.shop,
        channel=state.channel,
        agent_name=state.agent_name,
    )


def _order(order: Order) -> OrderHitView:
    return OrderHitView(
        id=order.id,
        shop=order.shop,
        number=order.number,
        buyer_name=order.buyer_name,
        state=order.state,
        title=order.title,
        total=yuan(order.total),
        ordered_at=order.ordered_at,
    )


def _script(found: FoundScript) -> ScriptHitView:
    reply = found.reply
    return ScriptHitView(
        id=reply.id, shop=found.shop, owner=reply.owner, code=reply.code, title=reply.title, text=reply.text
    )
