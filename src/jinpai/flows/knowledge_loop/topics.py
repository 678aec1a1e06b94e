"""What a shop's buyers ask again and again without a good answer: gathered from the log, with what was decided."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from jinpai.copilot.feelings.moods import Moods
from jinpai.desk.model import COMPANION, MESSAGE_IN, MESSAGE_OUT, Conversation
from jinpai.desk.store import list_conversations
from jinpai.journal.reader import read_newest, read_rows
from jinpai.kit.errors import NotFound
from jinpai.knowledge.model import Anchor, Question, Reading, State, Topic, is_back
from jinpai.knowledge.store import Decision, list_decisions
from jinpai.knowledge.talks import read_questions
from jinpai.staff.model import ELSEWHERE

if TYPE_CHECKING:
    from jinpai.copilot.hearing.understanding import Understanding
    from jinpai.flows.ports import House

WINDOW = 14 * 86_400_000
"""Milliseconds that are looked back on."""
FRESH = 300_000
"""For so long (ms) a process shows what it gathered last."""
MOST = 5_000
"""So many questions are looked at, the newest."""
TALKS, AT_ONCE, ROWS = 2_000, 100, 400
"""Conversations looked at, read at a time, and rows of each, the newest."""


@dataclass(frozen=True, slots=True)
class Known:
    """A topic with what was decided about it, if anything holds."""

    topic: Topic
    decision: Decision | None = None
    is_back: bool = False

    @property
    def state(self) -> State:
        """Where it is shown: what has grown since it was decided is open again."""
        return "open" if self.decision is None or self.is_back else self.decision.state


class Topics:
    """What each shop's buyers ask, gathered anew every few minutes at most. Safe in threads."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, list[Topic]]] = {}
        self._lock = threading.Lock()

    def of(self, house: "House", shop: str, *, anew: bool = False) -> list[Topic] | None:
        """The topics, those that hurt most first; None while the intents are being learned."""
        with self._lock:
            now, known = house.clock.now(), self._known.get(shop)
            if known is not None and not anew and 0 <= now - known[0] < FRESH:
                return known[1]
            found = _gather(house, shop, now)
            if found is not None:
                self.hold(shop, now, found)
            return found

    def hold(self, shop: str, now: int, found: list[Topic]) -> None:
        """Show these as what was gathered at `now` (ms)."""
        self._known[shop] = (now, found)


def read_known(house: "House", shop: str, *, anew: bool = False) -> list[Known] | None:
    """The topics with what was decided about them; None while the intents are being learned."""
    topics = house.topics.of(house, shop, anew=anew)
    if topics is None:
        return None
    with house.database.read() as connection:
        decisions = list_decisions(connection, shop)
    return with_decisions(topics, decisions)


def with_decisions(topics: Sequence[Topic], decisions: Sequence[Decision]) -> list[Known]:
    """Each topic with the newest decision on one of its questions, or on one that asked the same."""
    by_fact: dict[int, Decision] = {}
    for one in reversed(decisions):
        by_fact[one.fact] = one
    by_id: Mapping[str, Decision] = {one.id: one for one in decisions}
    found = []
    for topic in topics:
        here = [by_fact[one.fact] for one in topic.questions if one.fact in by_fact]
        decision = max(here, key=lambda one: one.at, default=by_id.get(topic.decision))
        found.append(Known(topic, decision, decision is not None and is_back(topic, decision.asked)))
    return found


def find_topic(house: "House", shop: str, fact: int) -> Topic:
    """The topic with this question; NotFound where it is in none, or gone with new words gathered."""
    for topic in house.topics.of(house, shop) or ():
        if any(one.fact == fact for one in topic.questions):
            return topic
    raise NotFound(ELSEWHERE)


def words_of(connection: Connection, decisions: Sequence[Decision]) -> dict[str, str]:
    """The question each of these was decided on, empty where the law has erased it."""
    rows = {row.id: row for row in read_rows(connection, [one.fact for one in decisions])}
    return {one.id: str(rows[one.fact].entry.body.get("text", "")) if one.fact in rows else "" for one in decisions}


def _gather(house: "House", shop: str, now: int) -> list[Topic] | None:
    from jinpai.knowledge.gathering import gather

    lessons = house.content.shop(shop).lessons
    understanding = house.understandings.current(shop, lessons)
    if understanding is None:
        return None
    with house.database.read() as connection:
        questions = _questions(connection, shop, now)
        decisions = list_decisions(connection, shop)
        told = words_of(connection, decisions)
    anchors = [Anchor(one.id, told[one.id]) for one in decisions if told[one.id]]
    moods = Moods(lessons.moods)
    return gather(questions, anchors, lambda text: _read(understanding, text), lambda text: moods.feel(text).feeling)


def _read(understanding: "Understanding", text: str) -> Reading:
    from jinpai.copilot.hearing.understanding import ENOUGH, SMALL_BRANCHES

    meanings = understanding.understand(text).meanings
    if not meanings:
        return Reading("", 0.0, is_sure=False, is_small_talk=False)
    best = meanings[0]
    is_sure = best.confidence >= ENOUGH
    is_small = is_sure and best.intent.branch in SMALL_BRANCHES
    return Reading(best.intent.id, best.confidence, is_sure=is_sure, is_small_talk=is_small)


def _questions(connection: Connection, shop: str, now: int) -> list[Question]:
    """The newest questions of the window, oldest first."""
    since = now - WINDOW
    states = [one for one in list_conversations(connection, [shop], {}, None, TALKS) if one.last_at >= since]
    found: list[Question] = []
    for start in range(0, len(states), AT_ONCE):
        here = states[start : start + AT_ONCE]
        talks = read_newest(connection, [one.id for one in here], ROWS, (MESSAGE_IN, MESSAGE_OUT))
        for state in here:
            found += _of_talk(state, read_questions(
                talks.get(state.id, ()), since, now, is_timed=state.channel != COMPANION
            ))  # fmt: skip
        if len(found) >= MOST:
            break
    return sorted(found, key=lambda one: one.fact)[-MOST:]


def _of_talk(state: Conversation, questions: list[Question]) -> list[Question]:
    """Not those left open that a person has said need no answer."""
    return [one for one in questions if not (state.waived and one.is_unanswered)]
