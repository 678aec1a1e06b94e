"""Which intents are taken for which, and examples put where they belong: over HTTP."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from jinpai.entrypoints.http.access import HouseDep
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.copilot.teaching import Answering, CorrectionView, ShopId, Teacher, author_of, views_of
from jinpai.flows.learning.confusions import Confusion, Instance, read_confusions
from jinpai.flows.learning.correcting import put_example
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["copilot"])

PAIRS, INSTANCES = 200, 60
"""So many are told at most, those that matter most."""


class InstanceView(BaseModel):
    """A text that is taken for another intent; `correction` is "" where it is an example, not a buyer's words.

    `still` says that the other examples would mishear it today, `sure` (0–1) how sure they are.
    """

    text: str
    correction: str
    conversation: str
    seq: int
    still: bool
    sure: float


class IntentSide(BaseModel):
    """One side of a confusion; a side without id is "nothing was understood"."""

    id: str
    title: str
    definition: str


class ConfusionView(BaseModel):
    """What means `meant` is taken for `heard`: so many `examples`, and so many `corrections` by people."""

    meant: IntentSide
    heard: IntentSide
    examples: int
    corrections: int
    items: list[InstanceView]


class ConfusionList(BaseModel):
    """What is taken for what, what matters most first; of `examples` so many are heard `right` without being learned.

    `ready` is false while the intents are learned for the first time, `current` while what changed last is learned.
    """

    ready: bool
    current: bool
    examples: int
    right: int
    items: list[ConfusionView]


class LearningState(BaseModel):
    """`ready`: the intents of this shop are understood; `current`: what changed last is among them."""

    ready: bool
    current: bool


class ExampleForm(Body):
    """This text is an example of the intent `meant`, whatever it was before."""

    shop: Annotated[str, Field(min_length=1, max_length=64)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
    meant: Annotated[str, Field(min_length=1, max_length=80)]


@router.get("/copilot/learning")
def read_learning(house: HouseDep, actor: Answering, shop: ShopId) -> LearningState:
    """Whether the intents of this shop are still being learned."""
    check_may(actor, "conversation.answer", shop)
    state = house.understandings.state(shop, house.content.shop(shop).lessons)
    return LearningState(ready=state != "learning", current=state == "current")


@router.get("/copilot/confusions")
def read_taken(house: HouseDep, actor: Teacher, shop: ShopId) -> ConfusionList:
    """Which intents of this shop are taken for which, by corrections and by examples left out of learning."""
    check_may(actor, "copilot.teach", shop)
    found = read_confusions(house, shop)
    if found is None:
        return ConfusionList(ready=False, current=False, examples=0, right=0, items=[])
    sides = {
        one.id: IntentSide(id=one.id, title=one.title, definition=one.definition)
        for one in house.content.shop(shop).lessons.intents
    }
    items = [_confusion(one, sides) for one in found.items[:PAIRS]]
    return ConfusionList(ready=True, current=found.is_current, examples=found.examples, right=found.right, items=items)


@router.post("/copilot/examples")
def put_right_example(house: HouseDep, actor: Teacher, body: ExampleForm) -> CorrectionView:
    """Say which intent a text is an example of: one of content is moved, another is added; learning begins."""
    check_may(actor, "copilot.teach", body.shop)
    made = put_example(house, body.shop, author_of(actor), body.text, body.meant)
    with house.database.read() as connection:
        return views_of(house, connection, [made])[0]


def _confusion(one: Confusion, sides: dict[str, IntentSide]) -> ConfusionView:
    return ConfusionView(
        meant=_side(one.meant, sides),
        heard=_side(one.heard, sides),
        examples=len(one.instances) - one.corrections,
        corrections=one.corrections,
        items=[_instance(instance) for instance in one.instances[:INSTANCES]],
    )


def _side(id_: str, sides: dict[str, IntentSide]) -> IntentSide:
    return sides.get(id_) or IntentSide(id=id_, title=id_, definition="")


def _instance(one: Instance) -> InstanceView:
    said = one.correction
    return InstanceView(
        text=one.text,
        correction=said.id if said else "",
        conversation=said.conversation if said else "",
        seq=said.seq if said else 0,
        still=one.is_still,
        sure=round(one.sure, 3),
    )
