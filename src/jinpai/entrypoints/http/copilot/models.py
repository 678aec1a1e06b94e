"""A shop's language model over HTTP: what is set, a try, and the log of calls."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.copilot.llm.calls import Call, Outcome, Sought, Words, list_callers, list_calls
from jinpai.copilot.llm.model import SECONDS, USES, Purpose, Setting, Use
from jinpai.copilot.llm.setting import Wanted, drop_model, set_model
from jinpai.copilot.llm.store import find_setting
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.administration.audit import Moment
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.copilot.teaching import ShopForm, ShopId
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.flows.advising.modelling import Usage, operator_terms, read_terms, read_usage
from jinpai.flows.advising.phrasing import SAMPLE, try_out
from jinpai.flows.ports import House
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["copilot"])

PAGE = 50
Setter = Annotated[Actor, needs("model.set")]
Tokens = Annotated[int, Field(ge=1, le=10_000_000_000)]
Fen = Annotated[int, Field(ge=0, le=1_000_000)]


class ModelForm(Body):
    """What a shop sets; `key` absent keeps the one there is, "" takes it away; null tokens = no bound.

    `limit_ms` is how long an answer may take; prices are fen for a million tokens.
    """

    shop: Annotated[str, Field(min_length=1, max_length=64)]
    is_on: bool
    url: Annotated[str, Field(min_length=1, max_length=300)]
    model: Annotated[str, Field(min_length=1, max_length=120)]
    key: Annotated[str, Field(max_length=400)] | None = None
    is_near: bool
    uses: Annotated[list[Use], Field(max_length=len(USES))]
    daily_tokens: Tokens | None
    monthly_tokens: Tokens | None
    limit_ms: Annotated[int, Field(ge=500, le=15_000)]
    price_read: Fen
    price_written: Fen


class SpentView(BaseModel):
    """How much was used; `cost` in millionths of a yuan."""

    calls: int
    tokens: int
    cost: int


class ModelView(BaseModel):
    """What holds for a shop. `source`: the shop's own setting, the operator's environment, or nobody has named a model.

    The key is never told, only whether there is one. `over` names the bound that is used up, "" where none is.
    """

    source: Literal["own", "operator", "none"]
    is_on: bool
    url: str
    model: str
    has_key: bool
    is_near: bool
    uses: list[str]
    daily_tokens: int | None
    monthly_tokens: int | None
    limit_ms: int
    price_read: int
    price_written: int
    changed_by: str
    changed_at: int | None
    day: SpentView
    month: SpentView
    over: str
    words_days: int


class CallView(BaseModel):
    """One call: `cost` in millionths of a yuan; `sent` and `answer` are null once their days are over."""

    id: str
    at: int
    purpose: str
    model: str
    who: str
    conversation: str
    spent_ms: int
    tokens_in: int
    tokens_out: int
    cost: int
    outcome: str
    why: str
    sent: dict[str, Any] | None
    answer: str | None


class CallerView(BaseModel):
    """Somebody for whom a model was called."""

    id: str
    name: str


class CallPage(BaseModel):
    """A page of calls, the newest first; `people` are all for whom there are any, whatever is looked for."""

    items: list[CallView]
    people: list[CallerView]
    next: str | None


@router.get("/copilot/model")
def read_model(house: HouseDep, actor: Setter, shop: ShopId) -> ModelView:
    """The language model of this shop, without its key, and what was used of its bounds."""
    check_may(actor, "model.set", shop)
    return _model(house, shop)


@router.put("/copilot/model")
def set_shop_model(house: HouseDep, actor: Setter, body: ModelForm) -> ModelView:
    """Set this shop's language model; only an owner may point it into the own network."""
    check_may(actor, "model.set", body.shop)
    with house.database.read() as connection:
        known = find_setting(connection, body.shop)
    if body.is_near and not (known is not None and known.is_near and known.url == body.url):
        check_may(actor, "model.near", body.shop)
    house.writer.run(set_model(house.sealer, Wanted(**body.model_dump()), actor.author))
    return _model(house, body.shop)


@router.delete("/copilot/model")
def drop_shop_model(house: HouseDep, actor: Setter, shop: ShopId) -> ModelView:
    """Let the shop's own setting go; what the operator has set holds again."""
    check_may(actor, "model.set", shop)
    house.writer.run(drop_model(shop, actor.author))
    return _model(house, shop)


@router.post("/copilot/model/try")
def try_model(house: HouseDep, actor: Setter, body: ShopForm) -> CallView:
    """Send the model a sample without anybody's words, and tell what came of it."""
    check_may(actor, "model.set", body.shop)
    call, text = try_out(house, actor, body.shop)
    return _call(call, Words(SAMPLE, text), actor.name)


@router.get("/copilot/model/calls")
def read_model_calls(
    house: HouseDep,
    actor: Setter,
    shop: ShopId,
    outcome: Annotated[Outcome | None, Query()] = None,
    purpose: Annotated[Purpose | None, Query()] = None,
    person: Annotated[str | None, Query(max_length=64)] = None,
    conversation: Annotated[str | None, Query(max_length=64)] = None,
    since: Moment = None,
    until: Moment = None,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> CallPage:
    """The calls of this shop's model, fifty a page."""
    check_may(actor, "model.set", shop)
    with house.database.read() as connection:
        sought = Sought(shop, outcome, since, until, purpose, person, conversation)
        found = list_calls(connection, house.sealer, sought, read_cursor(cursor), PAGE)
        callers = list_callers(connection, shop)
        names = name_authors(connection, {f"agent:{one}" for one in callers})
    people = [CallerView(id=one, name=names.get(f"agent:{one}", "")) for one in callers]
    items = [_call(call, words, names.get(f"agent:{call.person}", "")) for call, words in found]
    last = found[-1][0] if len(found) == PAGE else None
    return CallPage(items=items, people=people, next=write_cursor(last.at, last.id) if last else None)


def _model(house: House, shop: str) -> ModelView:
    with house.database.read() as connection:
        own = find_setting(connection, shop)
        terms = read_terms(house, shop)
        usage = read_usage(connection, shop, terms, house.clock.now())
        names = name_authors(connection, {own.changed_by}) if own is not None else {}
    days = house.content.shop(shop).retention.model_words_days
    used: dict[str, Any] = _usage(usage) | {"words_days": days}
    if own is not None:
        return ModelView(source="own", **_own(own), changed_by=names.get(own.changed_by, ""), **used)
    operator = operator_terms(house)
    read, written = (round(price * 100) for price in operator.price) if operator is not None else (0, 0)
    return ModelView(
        source="none" if operator is None else "operator",
        is_on=operator is not None,
        url=operator.endpoint.url if operator is not None else "",
        model=operator.endpoint.model if operator is not None else "",
        has_key=operator is not None and operator.endpoint.key is not None,
        is_near=False,
        uses=list(USES),
        daily_tokens=house.settings.llm_daily_tokens,
        monthly_tokens=None,
        limit_ms=round(SECONDS * 1000),
        price_read=read,
        price_written=written,
        changed_by="",
        changed_at=None,
        **used,
    )


_SAME = (
    "is_on", "url", "model", "is_near", "daily_tokens", "monthly_tokens", "limit_ms", "price_read", "price_written",
    "changed_at",
)  # fmt: skip


def _own(own: Setting) -> dict[str, Any]:
    return {name: getattr(own, name) for name in _SAME} | {"has_key": own.key is not None, "uses": list(own.uses)}


def _usage(usage: Usage) -> dict[str, Any]:
    day, month = (SpentView(calls=one.calls, tokens=one.tokens, cost=one.cost) for one in (usage.day, usage.month))
    return {"day": day, "month": month, "over": usage.is_over}


def _call(call: Call, words: Words | None, who: str) -> CallView:
    same = {name: getattr(call, name) for name in CallView.model_fields if name not in ("who", "sent", "answer")}
    sent, answer = (None, None) if words is None else (dict(words.sent), words.answer)
    return CallView(**same, who=who, sent=sent, answer=answer)
