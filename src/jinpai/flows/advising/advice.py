"""Advice for a conversation at the desk: what the buyer waits for, and what could be said, by everything known now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jinpai.copilot.actions import advice_id, remember
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, Author, Conversation, is_answer
from jinpai.flows.advising.last_words import Spoken, last_words
from jinpai.flows.advising.purchases import read_wishes
from jinpai.flows.advising.suggesting import Advice, advise
from jinpai.flows.answering.setting import is_off
from jinpai.flows.filling import Scene, read_scene
from jinpai.flows.guarding.situation import Look, said, situation
from jinpai.flows.guarding.surroundings import Surroundings, learn, looker
from jinpai.flows.ports import House
from jinpai.guard.model import Hit, Situation
from jinpai.journal.model import Row
from jinpai.journal.reader import NEWEST, read_before
from jinpai.orders.model import Order
from jinpai.playbook.finding import Used
from jinpai.staff.model import Actor

LOOK_BACK = 40
"""How many of the newest rows of the log advice is built on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The advice on what the buyer asked in message `seq`, with the talk, and what the guard says to further words."""

    advice: Advice
    talk: Sequence[Spoken]
    seq: int
    check: Callable[[str], Sequence[Hit]]
    rows: Sequence[Row]
    orders: Sequence[Order]
    look: Look


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known around a conversation: its rows and scene, the talk, what the guard is told of further words.

    `used` and `liked` say how scripts and sources did before.
    """

    rows: Sequence[Row]
    scene: Scene
    talk: Sequence[Spoken]
    judge: Callable[[str], Situation]
    look: Look
    used: Callable[[str], Used | None]
    liked: Callable[[str], float]


def read_advice(house: House, actor: Actor, state: Conversation) -> Advice | None:
    """The advice for this conversation now; None while the intents are still being learned."""
    asked = read_asked(house, actor, state)
    return None if asked is None else asked.advice


def read_asked(house: House, actor: Actor, state: Conversation) -> Asked | None:
    """The advice for this conversation with what it was made from; None while the intents are being learned.

    Nothing is suggested where the shop has set the copilot to off; what is suggested is remembered.
    """
    asked = consider(house, actor, state)
    if asked is None:
        return None
    if is_off(house.content.shop(state.shop), asked.advice.understood, house.clock.now()):
        return replace(asked, advice=replace(asked.advice, suggestions=()))
    return replace(asked, advice=_remembered(house, actor, state, asked.seq, asked.advice))


def consider(house: House, actor: Actor, state: Conversation, before: int = NEWEST) -> Asked | None:
    """What could be said to this buyer after the rows with a seq < `before`; pure reading.

    None while the intents are being learned.
    """
    content, now = house.content.shop(state.shop), house.clock.now()
    understanding = house.understandings.current(state.shop, content.lessons)
    if understanding is None:
        return None
    around = survey(house, actor, state, before)
    scene, talk, judge = around.scene, around.talk, around.judge
    advice = advise(understanding, content, scene, talk, now, judge, around.used, around.liked)
    return Asked(
        advice,
        talk,
        _asked_at(around.rows),
        lambda text: content.guard.check(text, judge(text)),
        around.rows,
        scene.orders,
        around.look,
    )


def survey(house: House, actor: Actor, state: Conversation, before: int = NEWEST) -> Survey:
    """Everything the records say around this conversation, by its rows with a seq < `before`; pure reading."""
    content, now = house.content.shop(state.shop), house.clock.now()
    pairs = house.habits.of(house.database, state.shop, content, now)
    with house.database.read() as connection:
        rows = read_before(connection, state.id, before, LOOK_BACK)
        scene = read_scene(connection, house.sealer, content, state, state.shop, now, before)
        wishes = read_wishes(connection, house.sealer, content, state, scene, rows)
        scene = replace(scene, agent_name=actor.name, wishes=replace(wishes, pairs=pairs))
        _, used = house.shelves.uses(connection, state.shop, actor.id)
        liked = house.likings.of(connection, state.shop, now)
    talk, heard = _spoken(rows), said(rows)
    around = Surroundings(state.shop, state.id, {state.shop: 0})
    around.hear(rows)
    learn(house, around, last_words(talk))
    look = looker(around, actor)

    def judge(text: str) -> Situation:
        return situation(content, heard, now, text, look)

    return Survey(rows, scene, talk, judge, look, used.get, liked)


def _remembered(house: House, actor: Actor, state: Conversation, seq: int, advice: Advice) -> Advice:
    """The advice under the name by which an answer says what came of it; nobody waits until that is on disk."""
    if not advice.suggestions:
        return advice
    name = advice_id(state, seq, actor.id, advice.suggestions)
    house.writer.enqueue(remember(name, state, seq, actor.id, advice.suggestions))
    return replace(advice, id=name)


def _asked_at(rows: Sequence[Row]) -> int:
    """The number of the buyer's newest message."""
    return max((row.seq for row in rows if row.entry.kind == MESSAGE_IN), default=0)


def _spoken(rows: Sequence[Row]) -> list[Spoken]:
    """The messages people read, oldest first; of those the shop said by itself only answers answer a question."""
    found = []
    for row in rows:
        if row.entry.kind not in (MESSAGE_IN, MESSAGE_OUT):
            continue
        if row.entry.author.startswith("assistant:") and not is_answer(row.entry.data):
            continue
        is_buyer = Author.read(row.entry.author).role == "buyer"
        found.append(Spoken(is_buyer, row.entry.body.get("text", ""), row.entry.data.get("rung", 0)))
    return found
