"""What buyers ask again and again without a good answer, and what is made of it: over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.copilot.question_views import DecisionView, TopicView, view_of, views_of, views_of_gone
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.flows.knowledge_loop.proposing import Proposal, decision_on, propose, publish, sketch
from jinpai.flows.knowledge_loop.topics import WINDOW, find_topic, read_known
from jinpai.flows.ports import House
from jinpai.kit.errors import NotFound
from jinpai.knowledge.actions import decide, undo
from jinpai.knowledge.model import State
from jinpai.knowledge.store import Decision, find_decision
from jinpai.playbook.scenes import SCENES
from jinpai.staff.model import ELSEWHERE, Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1/copilot/questions", tags=["copilot"])

DAY = 86_400_000
PAGE = 100
"""So many topics at most; what is left comes up as these are dealt with."""

Teacher = Annotated[Actor, needs("copilot.teach")]
ShopId = Annotated[str, Query(min_length=1, max_length=64)]
Shop = Annotated[str, Field(min_length=1, max_length=64)]
Fact = Annotated[int, Field(ge=1, lt=1 << 53)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class TopicList(BaseModel):
    """The topics in this state; `ready` is false while the intents are being learned. `counts` is of all states."""

    items: list[TopicView]
    ready: bool
    days: int
    counts: dict[State, int]


class Choice(BaseModel):
    """Something to choose by its title."""

    id: str
    title: str


class SketchView(BaseModel):
    """A proposal to look over: what was taken out, what speaks against it, and where it may go."""

    kind: Literal["faq", "script"]
    question: str
    answer: str
    product: str
    scene: str
    taken: list[str]
    problems: list[str]
    products: list[Choice]
    scenes: list[Choice]


class AsideForm(Body):
    """Why no answer is to be made of it."""

    shop: Shop
    fact: Fact
    reason: Line


class ProposalForm(Body):
    """The answer for all: to a product's question, or as a script of a scene."""

    shop: Shop
    fact: Fact
    kind: Literal["faq", "script"]
    question: Line
    answer: Annotated[str, StringConstraints(min_length=1, max_length=1_000, strip_whitespace=True)]
    product: Annotated[str, Field(max_length=80)] = ""
    scene: Annotated[str, Field(max_length=80)] = ""


@router.get("")
def read_topics(
    house: HouseDep, actor: Teacher, shop: ShopId, state: Annotated[State, Query()] = "open", anew: bool = False
) -> TopicList:
    """What buyers of the last two weeks asked without a good answer; decided ones as long as they are asked."""
    check_may(actor, "copilot.teach", shop)
    known = read_known(house, shop, anew=anew)
    counts: dict[State, int] = {"open": 0, "aside": 0, "proposed": 0}
    for one in known or ():
        counts[one.state] += 1
    here = [one for one in known or () if one.state == state][:PAGE]
    items = views_of(house, shop, here)
    if state != "open" and known is not None:
        items += views_of_gone(house, shop, state, [one.decision.id for one in known if one.decision is not None])
        counts[state] = len(items)
    return TopicList(items=items, ready=known is not None, days=WINDOW // DAY, counts=counts)


@router.get("/sketch")
def read_sketch(
    house: HouseDep,
    actor: Teacher,
    shop: ShopId,
    fact: Annotated[int, Query(ge=1, lt=1 << 53)],
    kind: Annotated[Literal["faq", "script"] | None, Query()] = None,
) -> SketchView:
    """The best answer made fit for all, to be looked over; nothing is stored."""
    check_may(actor, "copilot.teach", shop)
    found, content = sketch(house, shop, find_topic(house, shop, fact), kind), house.content.shop(shop)
    proposal = found.proposal
    return SketchView(
        **{name: getattr(proposal, name) for name in ("kind", "question", "answer", "product", "scene")},
        taken=list(found.taken),
        problems=list(found.problems),
        products=[Choice(id=one.id, title=one.title) for one in content.products],
        scenes=[Choice(id=id_, title=title) for id_, title in SCENES.items() if id_ != "bargaining.ladder"],
    )


@router.post("/aside")
def put_aside(house: HouseDep, actor: Teacher, body: AsideForm) -> DecisionView:
    """Put a topic aside; it comes back only when it is asked half as often again."""
    check_may(actor, "copilot.teach", body.shop)
    topic = find_topic(house, body.shop, body.fact)
    made = house.writer.run(decide(decision_on(topic, body.shop, actor, "aside", reason=body.reason)))
    return view_of(house, made)


@router.post("/propose")
def propose_answer(house: HouseDep, actor: Teacher, body: ProposalForm) -> DecisionView:
    """Check the answer and store it as a content version that somebody may publish."""
    check_may(actor, "copilot.teach", body.shop)
    topic = find_topic(house, body.shop, body.fact)
    proposal = Proposal(body.kind, body.question, body.answer, body.product, body.scene)
    return view_of(house, propose(house, actor, body.shop, topic, proposal))


@router.post("/decisions/{decision_id}/publish")
def publish_answer(
    house: HouseDep, actor: Annotated[Actor, needs("content.publish")], decision_id: Id, body: Nothing
) -> DecisionView:
    """Put a proposed answer in force, over what is in force now."""
    decision = _find(house, decision_id)
    check_may(actor, "content.publish", decision.shop)
    publish(house, actor, decision)
    house.content.refresh(decision.shop).result()
    return view_of(house, decision)


@router.post("/decisions/{decision_id}/undo")
def undo_decision(house: HouseDep, actor: Teacher, decision_id: Id, body: Nothing) -> DecisionView:
    """Take a decision back, so that the topic is open again; what is in force stays."""
    decision = _find(house, decision_id)
    check_may(actor, "copilot.teach", decision.shop)
    return view_of(house, house.writer.run(undo(decision_id, actor.id)))


def _find(house: House, decision_id: str) -> Decision:
    with house.database.read() as connection:
        known = find_decision(connection, decision_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    return known
