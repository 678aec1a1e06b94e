"""Topics as they are told over HTTP: how often they were asked, how buyers waited, what was said and decided."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from jinpai.flows.content.shop import ShopContent
from jinpai.flows.knowledge_loop.proposing import is_live
from jinpai.flows.knowledge_loop.topics import Known, words_of
from jinpai.flows.ports import House
from jinpai.knowledge.model import Question, Reaction, State, Topic
from jinpai.knowledge.store import Decision, list_decisions
from jinpai.staff.store import name_authors

SAMPLES = 6
"""So many questions of a topic are shown."""


class AskedView(BaseModel):
    """A buyer's question, where it stands, how long it waited for a person (ms; null: for ever, or not timed)."""

    conversation: str
    seq: int
    at: int
    text: str
    waited: int | None
    unanswered: bool


class AnswerView(BaseModel):
    """The answer that went down best, and what the buyer did then."""

    conversation: str
    seq: int
    text: str
    who: str
    reaction: Reaction


class DecisionView(BaseModel):
    """What somebody decided: when, why, and of a proposal its words and whether they are in force."""

    id: str
    state: State
    who: str
    at: int
    reason: str
    asked: int
    kind: Literal["", "faq", "script"]
    question: str
    answer: str
    version: int | None
    live: bool


class TopicView(BaseModel):
    """Questions that ask the same; `fact` names it, `title` is the most central one. Times in ms.

    `back` says that it was decided and has grown since.
    """

    fact: int
    title: str
    asked: int
    conversations: int
    late: int
    unanswered: int
    by_hand: int
    unsure: bool
    waited: int | None
    longest: int | None
    intent: str
    questions: list[AskedView]
    best: AnswerView | None
    decision: DecisionView | None
    back: bool


def views_of(house: House, shop: str, known: Sequence[Known]) -> list[TopicView]:
    """The topics with their questions, the best answer, and what was decided."""
    content = house.content.shop(shop)
    titles = {intent.id: intent.title for intent in content.lessons.intents}
    with house.database.read() as connection:
        names = name_authors(connection, [f"agent:{one.decision.person}" for one in known if one.decision])
    return [_view(one, titles.get(one.topic.intent, ""), names, content) for one in known]


def _view(known: Known, intent: str, names: dict[str, str], content: ShopContent) -> TopicView:
    topic, decision = known.topic, known.decision
    return TopicView(
        **{name: getattr(topic, name) for name in _SAME},
        fact=topic.centre.fact,
        title=topic.centre.text,
        asked=len(topic.questions),
        intent=intent,
        questions=[_asked(one) for one in topic.questions[:SAMPLES]],
        best=_answer(topic),
        decision=None if decision is None else _decision(decision, names, content),
        back=known.is_back,
    )


def views_of_gone(house: House, shop: str, state: State, shown: Sequence[str]) -> list[TopicView]:
    """Decisions on what is asked no more, or no more without a good answer."""
    with house.database.read() as connection:
        left = [one for one in list_decisions(connection, shop) if one.state == state and one.id not in shown]
        told = words_of(connection, left)
        names = name_authors(connection, [f"agent:{one.person}" for one in left])
    content = house.content.shop(shop)
    return [
        TopicView(
            fact=one.fact, title=told[one.id], asked=0, conversations=0, late=0, unanswered=0, by_hand=0, unsure=False,
            waited=None, longest=None, intent="", questions=[], best=None, back=False,
            decision=_decision(one, names, content),
        )
        for one in left
    ]  # fmt: skip


def _asked(one: Question) -> AskedView:
    told = {name: getattr(one, name) for name in ("conversation", "seq", "at", "text", "waited")}
    return AskedView(**told, unanswered=one.is_unanswered)


def _answer(topic: Topic) -> AnswerView | None:
    best = topic.best
    if best is None or topic.reaction is None:
        return None
    return AnswerView(
        conversation=best.conversation, seq=best.seq, text=best.answer, who=best.who, reaction=topic.reaction
    )


def view_of(house: House, decision: Decision) -> DecisionView:
    """The decision as people read it."""
    with house.database.read() as connection:
        names = name_authors(connection, [f"agent:{decision.person}"])
    return _decision(decision, names, house.content.shop(decision.shop))


def _decision(one: Decision, names: dict[str, str], content: ShopContent) -> DecisionView:
    draft = one.draft
    return DecisionView(
        **{name: getattr(one, name) for name in ("id", "state", "at", "reason", "asked", "version")},
        who=names.get(f"agent:{one.person}", ""),
        kind=draft.get("kind", ""),
        question=draft.get("question", ""),
        answer=draft.get("answer", ""),
        live=bool(draft) and is_live(content, one),
    )


_SAME = ("conversations", "late", "unanswered", "by_hand", "unsure", "waited", "longest")
