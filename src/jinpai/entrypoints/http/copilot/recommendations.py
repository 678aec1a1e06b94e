"""Recommendations for a buyer over HTTP: the goods with the reason, that the buyer wants none, what came of them."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from jinpai.copilot.recommending.model import Source
from jinpai.copilot.recommending.outcome import Given, refuse
from jinpai.desk.model import Author
from jinpai.entrypoints.http.access import HouseDep
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.copilot.advice import ConversationId
from jinpai.entrypoints.http.copilot.teaching import Answering, ShopId, Teacher
from jinpai.entrypoints.http.desk.conversations import Nothing, find
from jinpai.flows.advising.feedback import DAY
from jinpai.flows.advising.recommending import Offered, read_outcomes, read_recommendations
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["copilot"])

RecommendationId = Annotated[str, Path(min_length=1, max_length=64)]


class RecommendationView(BaseModel):
    """A product to recommend: `text` may be sent as it is, `why` names the record, `reason` is the same as data.

    `price` is what one costs now in yuan (the lowest, with `is_from`, where variants differ), `list_price` what
    the page has; `sku` is "" while the buyer has to choose.
    """

    id: str
    product: str
    short: str
    title: str
    sku: str
    sku_name: str
    price: str
    list_price: str
    is_from: bool
    main_push: bool
    source: Source
    text: str
    why: str
    reason: dict[str, str | int | float]


class RecommendationList(BaseModel):
    """Up to three, best first; empty where the records give no reason for any."""

    items: list[RecommendationView]


class RefusalForm(Body):
    """Whether the buyer does not want it; false takes that back."""

    refused: bool


class RefusalView(BaseModel):
    """The recommendation as it is kept now."""

    id: str
    product: str
    refused: bool


class OutcomeView(BaseModel):
    """What came of one kind of reason; `bought` within two weeks, counted among all shown."""

    source: Source
    shown: int
    taken: int
    ignored: int
    refused: int
    bought: int


class OutcomeList(BaseModel):
    """What came of the recommendations of a shop, those shown most first."""

    items: list[OutcomeView]


@router.post("/conversations/{conversation_id}/recommendations")
def recommend_goods(
    house: HouseDep, actor: Answering, conversation_id: ConversationId, body: Nothing
) -> RecommendationList:
    """Up to three goods for this buyer, each with its reason; it is noted that they were shown."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    return RecommendationList(items=[_view(one) for one in read_recommendations(house, actor, state)])


@router.post("/conversations/{conversation_id}/recommendations/{recommendation_id}/refusal")
def note_refusal(
    house: HouseDep,
    actor: Answering,
    conversation_id: ConversationId,
    recommendation_id: RecommendationId,
    body: RefusalForm,
) -> RefusalView:
    """Note that the buyer does not want this product, so that nobody recommends it to them again; or take that back."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    by = Author("agent", actor.id, actor.name)
    kept: Given = house.writer.run(refuse(state, recommendation_id, by, refused=body.refused))
    return RefusalView(id=kept.id, product=kept.product, refused=kept.outcome == "refused")


@router.get("/copilot/recommendations")
def read_what_came(
    house: HouseDep, actor: Teacher, shop: ShopId, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> OutcomeList:
    """What came of each kind of recommendation in the last days."""
    check_may(actor, "copilot.teach", shop)
    found = read_outcomes(house, shop, house.clock.now() - days * DAY)
    return OutcomeList(
        items=[
            OutcomeView.model_validate({name: getattr(one, name) for name in OutcomeView.model_fields}) for one in found
        ]
    )


def _view(one: Offered) -> RecommendationView:
    found = one.recommendation
    prices = sorted(Decimal(sku.price) for sku in found.skus)
    return RecommendationView(
        id=one.id,
        product=found.product.id,
        short=found.product.short,
        title=found.product.title,
        sku=found.sku.id if found.sku else "",
        sku_name=found.sku.name if found.sku else "",
        price=f"{found.price:.2f}",
        list_price=f"{prices[0]:.2f}",
        is_from=prices[0] != prices[-1],
        main_push=found.product.main_push,
        source=found.source,
        text=one.told.text,
        why=one.told.source,
        reason=dict(found.evidence),
    )
