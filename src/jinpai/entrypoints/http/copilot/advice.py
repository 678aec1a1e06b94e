"""The copilot's advice for a conversation: what the buyer means, what could be said, what to do next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel

from jinpai.catalog.content import Product
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.desk.conversations import find
from jinpai.flows.advising.advice import read_advice
from jinpai.flows.advising.modelling import may_use
from jinpai.flows.advising.phrasing import PURPOSE, phrase
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

if TYPE_CHECKING:
    from jinpai.copilot.suggesting.model import Suggestion

router = APIRouter(prefix="/api/v1", tags=["copilot"])

ConversationId = Annotated[str, Path(min_length=1, max_length=64)]


class IntentView(BaseModel):
    """What the buyer means, how sure that is (0–1), and the words that say so."""

    id: str
    title: str
    confidence: float
    words: str


class CardView(BaseModel):
    """The product whose card goes with a reply, as it is called; `sku` is "" where the buyer has to choose."""

    product: str
    sku: str
    title: str
    detail: str


class SuggestionView(BaseModel):
    """A reply that may be sent as it is; `id` names its source for counting, `source` tells it to people."""

    id: str
    text: str
    source: str
    kind: Literal["fact", "question", "faq", "script", "phrased"]
    confidence: float
    card: CardView | None = None


class ActionView(BaseModel):
    """What a good agent would do now, and why."""

    id: str
    reason: str


class AdviceView(BaseModel):
    """Advice on the buyer's words `about` ("" when none wait); `ready` is false while the intents are being learned.

    `may_phrase` says that a language model may be asked for one more. `id` is named when the buyer is answered, so that
    it is known what came of it; "" where nothing is suggested.
    """

    id: str
    ready: bool
    may_phrase: bool
    about: str
    intents: list[IntentView]
    slots: dict[str, Any]
    feeling: Literal["upset", "worried", "pleased", "calm"]
    urgent: bool
    stage: str
    suggestions: list[SuggestionView]
    actions: list[ActionView]


class PhrasedView(BaseModel):
    """A reply a language model has phrased; null where there is none, whatever the reason."""

    suggestion: SuggestionView | None


@router.get("/conversations/{conversation_id}/advice")
def advise_on(
    house: HouseDep, actor: Annotated[Actor, needs("conversation.answer")], conversation_id: ConversationId
) -> AdviceView:
    """Up to three replies to what the buyer said last, with what they are built on."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    advice = read_advice(house, actor, state)
    understood = advice.understood if advice is not None else None
    products = house.content.shop(state.shop).products
    return AdviceView(
        id=advice.id if advice else "",
        ready=advice is not None,
        may_phrase=advice is not None and bool(advice.suggestions) and may_use(house, state.shop, PURPOSE),
        about=advice.about if advice else "",
        intents=[
            IntentView(id=one.intent.id, title=one.intent.title, confidence=round(one.confidence, 3), words=one.words)
            for one in (understood.meanings if understood else ())
        ],
        slots=dict(advice.slots) if advice else {},
        feeling=understood.mood.feeling if understood else "calm",
        urgent=understood is not None and understood.urgent,
        stage=advice.stage if advice else "",
        suggestions=[_suggestion(one, products) for one in (advice.suggestions if advice else ())],
        actions=[ActionView(id=one.id, reason=one.reason) for one in (advice.actions if advice else ())],
    )


@router.get("/conversations/{conversation_id}/advice/phrased")
def phrase_reply(
    house: HouseDep, actor: Annotated[Actor, needs("conversation.answer")], conversation_id: ConversationId
) -> PhrasedView:
    """One more reply, in the tone of the talk, where a language model is set up and writes nothing but the facts."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    found = phrase(house, actor, state)
    return PhrasedView(
        suggestion=None if found is None else _suggestion(found, house.content.shop(state.shop).products)
    )


def _suggestion(one: "Suggestion", products: Sequence[Product]) -> SuggestionView:
    return SuggestionView(
        id=one.id,
        text=one.text,
        source=one.source,
        kind=one.kind,
        confidence=round(one.confidence, 3),
        card=_card(one.card, products),
    )


def _card(card: tuple[str, str], products: Sequence[Product]) -> CardView | None:
    product = next((one for one in products if one.id == card[0]), None)
    if product is None:
        return None
    sku = next((one for one in product.skus if one.id == card[1]), None)
    return CardView(product=product.id, sku=card[1], title=product.short, detail=sku.name if sku else "")
