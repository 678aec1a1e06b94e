"""What came of advice, and what the copilot is taught: over HTTP."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.engine import Connection

from jinpai.copilot.actions import undo
from jinpai.copilot.store import Correction, find_correction, list_corrections
from jinpai.desk.model import Author
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.entrypoints.http.desk.conversations import find as find_conversation
from jinpai.flows.advising.feedback import DAY, read_sources
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.learning.correcting import learn_anew, put_right
from jinpai.flows.learning.lessons import read_words
from jinpai.flows.ports import House
from jinpai.kit.errors import NotFound
from jinpai.staff.model import ELSEWHERE, Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["copilot"])

PAGE = 50
Answering = Annotated[Actor, needs("conversation.answer")]
Teacher = Annotated[Actor, needs("copilot.teach")]
ShopId = Annotated[str, Query(min_length=1, max_length=64)]
IntentId = Annotated[str, StringConstraints(max_length=80)]


class SourceView(BaseModel):
    """A source of suggestions: how often it was shown, and how the answers made use of it."""

    source: str
    kind: str
    title: str
    shown: int
    sent: int
    edited: int
    ignored: int


class FeedbackView(BaseModel):
    """What came of the suggestions of a shop, those shown most first."""

    items: list[SourceView]


class IntentChoice(BaseModel):
    """An intent to choose: what it is called, which larger matter it belongs to, what tells it from others."""

    id: str
    title: str
    branch: str
    definition: str


class IntentList(BaseModel):
    """What this shop's copilot can understand."""

    items: list[IntentChoice]


class CorrectionForm(Body):
    """These words of the buyer were taken for `heard` ("" = for nothing) and meant `meant`."""

    words: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
    heard: IntentId = ""
    meant: Annotated[str, Field(min_length=1, max_length=80)]


class CorrectionView(BaseModel):
    """An intent put right; `words` is empty once erased, `learned` says whether the next learning takes it in."""

    id: str
    shop: str
    conversation: str
    seq: int
    words: str
    heard: str
    heard_title: str
    meant: str
    meant_title: str
    who: str
    at: int
    undone_by: str
    undone_at: int | None
    learned: bool


class CorrectionPage(BaseModel):
    """A page of corrections, the newest first."""

    items: list[CorrectionView]
    next: str | None


class Learning(BaseModel):
    """How many corrections are taken in."""

    corrections: int


class ShopForm(Body):
    """Which shop."""

    shop: Annotated[str, Field(min_length=1, max_length=64)]


@router.get("/copilot/feedback")
def read_feedback(
    house: HouseDep, actor: Teacher, shop: ShopId, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> FeedbackView:
    """What came of each source of suggestions in the last days."""
    check_may(actor, "copilot.teach", shop)
    content = house.content.shop(shop)
    with house.database.read() as connection:
        sources = read_sources(connection, content, shop, house.clock.now() - days * DAY)
    return FeedbackView(
        items=[
            SourceView(title=one.title, **{name: getattr(one.tally, name) for name in one.tally.__slots__})
            for one in sources
        ]
    )


@router.get("/copilot/intents")
def read_intents(house: HouseDep, actor: Answering, shop: ShopId) -> IntentList:
    """Every intent of this shop."""
    check_may(actor, "conversation.answer", shop)
    intents = house.content.shop(shop).lessons.intents
    return IntentList(
        items=[
            IntentChoice(id=one.id, title=one.title, branch=one.branch, definition=one.definition) for one in intents
        ]
    )


@router.post("/conversations/{conversation_id}/corrections")
def correct_intent(house: HouseDep, actor: Answering, conversation_id: Id, body: CorrectionForm) -> CorrectionView:
    """Say what the buyer really meant by these words."""
    state = find_conversation(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    made = put_right(house, state, author_of(actor), body.words.strip(), body.heard, body.meant)
    with house.database.read() as connection:
        return views_of(house, connection, [made])[0]


@router.get("/copilot/corrections")
def read_corrections(
    house: HouseDep,
    actor: Teacher,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> CorrectionPage:
    """What was put right in my shops, fifty a page."""
    if shop is not None:
        check_may(actor, "copilot.teach", shop)
    with house.database.read() as connection:
        found = list_corrections(connection, (shop,) if shop is not None else actor.shops, read_cursor(cursor), PAGE)
        items = views_of(house, connection, found)
    last = found[-1] if len(found) == PAGE else None
    return CorrectionPage(items=items, next=write_cursor(last.at, last.id) if last else None)


@router.post("/copilot/corrections/{correction_id}/undo")
def undo_correction(house: HouseDep, actor: Answering, correction_id: Id, body: Nothing) -> CorrectionView:
    """Take a correction back, so that it is learned from no more; the log keeps who did."""
    with house.database.read() as connection:
        known = find_correction(connection, correction_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    check_may(actor, "conversation.answer", known.shop)
    house.writer.run(undo(correction_id, author_of(actor)))
    with house.database.read() as connection:
        now = find_correction(connection, correction_id)
        return views_of(house, connection, [now] if now else [])[0]


@router.post("/copilot/learn")
def learn_now(house: HouseDep, actor: Teacher, body: ShopForm) -> Learning:
    """Begin to learn what was put right since the copilot last learned."""
    check_may(actor, "copilot.teach", body.shop)
    return Learning(corrections=learn_anew(house, body.shop))


def author_of(actor: Actor) -> Author:
    """Who did it, for the log."""
    return Author("agent", actor.id, actor.name)


def views_of(house: House, connection: Connection, found: Sequence[Correction]) -> list[CorrectionView]:
    """These corrections as people read them."""
    words = read_words(connection, list(found))
    people = {f"agent:{id_}" for one in found for id_ in (one.person, one.undone_by) if id_}
    names = name_authors(connection, people)
    contents = {shop: house.content.shop(shop) for shop in {one.shop for one in found}}
    return [_view(one, words[one.id], names, contents[one.shop]) for one in found]


def _view(one: Correction, words: str, names: dict[str, str], content: ShopContent) -> CorrectionView:
    titles = {intent.id: intent.title for intent in content.lessons.intents}
    return CorrectionView(
        **{name: getattr(one, name) for name in _SAME},
        words=words,
        heard_title=titles.get(one.heard, one.heard),
        meant_title=titles.get(one.meant, one.meant),
        who=names.get(f"agent:{one.person}", ""),
        undone_by=names.get(f"agent:{one.undone_by}", "") if one.undone_by else "",
        learned=one.undone_at is None and bool(words) and one.meant in titles,
    )


_SAME = ("id", "shop", "conversation", "seq", "heard", "meant", "at", "undone_at")
