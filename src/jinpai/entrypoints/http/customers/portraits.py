"""What the desk sees of a buyer: types as guesses with their reasons, facts to accept, needs served."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from jinpai.customers.actions import ELSEWHERE, Judgement, Verdict, judge
from jinpai.customers.model import Axis, FactKind, NeedKind
from jinpai.customers.store import Judged, find_name, find_person, find_talks, get_customer
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.desk.conversations import find as find_conversation
from jinpai.flows.caring.stopping import write_customer as write
from jinpai.flows.ports import House
from jinpai.flows.profiling.portrait import (
    Evidence,
    FactCard,
    NeedCard,
    TypeCard,
    find_orders_of,
    find_wish,
    paint,
)
from jinpai.flows.profiling.words import name_judged, profiling_of
from jinpai.kit.errors import BadInput, NotFound
from jinpai.staff.model import Actor
from jinpai.staff.rights import Permission, check_may

router = APIRouter(prefix="/api/v1", tags=["customers"])

Reader = Annotated[Actor, needs("customer.read")]
Writer = Annotated[Actor, needs("customer.write")]


class EvidenceView(BaseModel):
    """What it is built on: words, and the message they are from (null where the look of the talk says it)."""

    text: str
    conversation: str | None
    seq: int | None


class TypeView(BaseModel):
    """A type of the buyer, and how one speaks with such a buyer; `confidence` 0–1, 1 where a person said so."""

    axis: Axis
    type: str
    title: str
    about: str
    advice: str
    confidence: float
    accepted: bool
    evidence: list[EvidenceView]


class FactView(BaseModel):
    """Something of the profile; proposed until it is accepted."""

    kind: FactKind
    title: str
    value: str
    accepted: bool
    evidence: EvidenceView | None


class NeedView(BaseModel):
    """A need beside the goods; `evidence` are the words that served it in this reception, null: not yet."""

    kind: NeedKind
    title: str
    hint: str
    evidence: EvidenceView | None


class StruckView(BaseModel):
    """What a person said is not so; `title` in words."""

    kind: str
    value: str
    title: str


class PortraitView(BaseModel):
    """What the talks and people tell of a buyer; `quiet` wants no reminders, `orders` counts those known.

    `quiet_at` (ms) is since when, where that is known, `quiet_from` the message that asks for it.
    """

    buyer: str
    name: str
    quiet: bool
    quiet_at: int | None
    quiet_from: EvidenceView | None
    note: str
    orders: int
    types: list[TypeView]
    facts: list[FactView]
    needs: list[NeedView]
    struck: list[StruckView]


class JudgementBody(Body):
    """A person's word on a fact or a type; `conversation` and `seq` name the message that says so."""

    kind: Axis | FactKind
    value: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
    verdict: Verdict
    conversation: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    seq: Annotated[int, Field(ge=1, le=1 << 31)] | None = None


class CustomerBody(Body):
    """What people write about a customer; what is left out stays. `conversation` and `seq` name what asks for quiet."""

    quiet: bool | None = None
    conversation: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    seq: Annotated[int, Field(ge=1, le=1 << 31)] | None = None
    note: Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)] | None = None


class CustomerWords(BaseModel):
    """What is written about a customer."""

    quiet: bool
    note: str


@router.get("/conversations/{conversation_id}/portrait")
def read_portrait(house: HouseDep, actor: Reader, conversation_id: Id) -> PortraitView:
    """What this conversation tells of its buyer, with what people decided before."""
    talk = find_conversation(house, actor, conversation_id)
    return portrait_of(house, talk.buyer, talk.shop, talk.buyer_name, first=conversation_id)


@router.post("/customers/{buyer_id}/facts")
def judge_fact(house: HouseDep, actor: Writer, buyer_id: Id, body: JudgementBody) -> PortraitView:
    """Accept a proposed fact or a type, strike it out, or leave it open again."""
    shop, name = find_buyer(house, actor, buyer_id, "customer.write")
    _message(house, actor, shop, body.conversation, body.seq)
    judgement = Judgement(body.kind, body.value, body.verdict, body.conversation, body.seq)
    house.writer.run(judge(buyer_id, judgement, actor.author))
    return portrait_of(house, buyer_id, shop, name, first=body.conversation)


@router.put("/customers/{buyer_id}")
def write_customer(house: HouseDep, actor: Writer, buyer_id: Id, body: CustomerBody) -> CustomerWords:
    """Write the shop's note on a customer, or that they want no reminders."""
    shop, _ = find_buyer(house, actor, buyer_id, "customer.write")
    message = _message(house, actor, shop, body.conversation, body.seq)
    changes = body.model_dump(exclude_none=True, include={"quiet", "note"})
    known = house.writer.run(write(buyer_id, changes, actor.author, message))
    return CustomerWords(quiet=known.quiet, note=known.note)


def _message(
    house: House, actor: Actor, shop: str, conversation: str | None, seq: int | None
) -> tuple[str, int] | None:
    """The message that is named as evidence, of this shop."""
    if conversation is None or seq is None:
        if conversation is not None or seq is not None:
            raise BadInput("conversation 和 seq 要一起写，说明是哪一句话")
        return None
    if find_conversation(house, actor, conversation).shop != shop:
        raise NotFound(ELSEWHERE)
    return conversation, seq


def find_buyer(house: House, actor: Actor, buyer_id: str, permission: Permission) -> tuple[str, str]:
    """The shop and name of a buyer of my shops; NotFound else."""
    with house.database.read() as connection:
        known = find_name(connection, buyer_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    check_may(actor, permission, known[0])
    return known


def portrait_of(house: House, buyer: str, shop: str, name: str, first: str | None = None) -> PortraitView:
    """The portrait of the person this buyer is, by their talks, `first` before the others."""
    with house.database.read() as connection:
        person = find_person(connection, buyer)
        talks = find_talks(connection, person)
        orders = find_orders_of(connection, house.sealer, shop, person)
        talks = sorted(talks, key=lambda talk: talk != first)
        found = paint(house, connection, shop, person, talks, orders)
        known = get_customer(connection, person[0])
        asked = find_wish(connection, known)
    return PortraitView(
        buyer=buyer,
        name=name,
        quiet=known is not None and known.quiet,
        quiet_at=known.quiet_at if known is not None else None,
        quiet_from=None if asked is None else _evidence(asked),
        note=known.note if known is not None else "",
        orders=len(orders),
        types=[_type(one) for one in found.types],
        facts=[_fact(one) for one in found.facts],
        needs=[_need(one) for one in found.needs],
        struck=_struck(house, shop, found.struck),
    )


def _type(one: TypeCard) -> TypeView:
    return TypeView(
        axis=one.axis,
        type=one.type,
        title=one.title,
        about=one.about,
        advice=one.advice,
        confidence=one.confidence,
        accepted=one.accepted,
        evidence=[_evidence(reason) for reason in one.evidence],
    )


def _fact(one: FactCard) -> FactView:
    evidence = None if one.evidence is None else _evidence(one.evidence)
    return FactView(kind=one.kind, title=one.title, value=one.value, accepted=one.accepted, evidence=evidence)


def _need(one: NeedCard) -> NeedView:
    evidence = None if one.evidence is None else _evidence(one.evidence)
    return NeedView(kind=one.kind, title=one.title, hint=one.hint, evidence=evidence)


def _evidence(one: Evidence) -> EvidenceView:
    return EvidenceView(text=one.text, conversation=one.conversation, seq=one.seq)


def _struck(house: House, shop: str, struck: Sequence[Judged]) -> list[StruckView]:
    words = profiling_of(house.content.shop(shop))
    return [StruckView(kind=one.kind, value=one.value, title=name_judged(words, one.kind, one.value)) for one in struck]
