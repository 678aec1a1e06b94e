"""A day's receptions gone through in a mode before it is switched on: what would it have said, beside what people said.

Pure reading: nothing is sent and nothing written. Facts are those of now, since yesterday's stock is not kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.copilot.modes.modes import Mode, Modes, needed
from jinpai.desk.model import CLOSED, MESSAGE_IN, MESSAGE_OUT, Conversation
from jinpai.desk.store import conversation, get_conversations
from jinpai.flows.answering.thinking import Thought, think
from jinpai.flows.ports import House
from jinpai.flows.reception.greeting import values_of
from jinpai.journal.model import Row
from jinpai.journal.reader import NEWEST, read_before
from jinpai.kit.clock import local_date, midnight
from jinpai.playbook.variables import fill

AT_ONCE = 8
"""So many conversations are gone through for one page; where they had nothing that day, further ones."""
ROUNDS = 25
"""How often at the most, so that nobody waits for a quiet month."""
LOOK_BACK = 200
ANSWERS = 3
"""So many of a person's messages in a row are shown as the answer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a buyer said (`asked`, the last message being `seq` at `at` ms), what would be done, what a person said.

    `sure` and `needed` are in per cent; `said` is empty where nobody answered.
    """

    conversation: str
    buyer_name: str
    seq: int
    at: int
    asked: str
    does: Literal["answer", "hand", "again", "leave"]
    rule: str
    why: str
    text: str
    source: str
    sure: int
    needed: int
    intents: tuple[str, ...]
    said: str
    said_by: str


def last_day(house: House, shop: str) -> date:
    """The newest day before today on which a talk of this shop came to rest, today where there is none."""
    today = local_date(house.clock.now())
    begins = midnight(today)
    newest = sa.select(sa.func.max(conversation.c.last_at)).where(
        conversation.c.shop == shop, conversation.c.last_at < begins, conversation.c.last_from != ""
    )
    with house.database.read() as connection:
        found = connection.execute(newest).scalar()
    return today if not found else local_date(found)


def rehearse(
    house: House, shop: str, mode: Mode, day: date, after: tuple[int, str] | None
) -> tuple[list[Turn], tuple[int, str] | None] | None:
    """The turns of some of that day's conversations, and from where to go on (None at the end).

    None while the intents are being learned.
    """
    content = house.content.shop(shop)
    if content.modes is None:
        return [], None
    if house.understandings.current(shop, content.lessons) is None:
        return None
    modes = content.modes.model_copy(update={"mode": mode, "windows": ()})
    span = (midnight(day), midnight(day + timedelta(days=1)))
    found: list[Turn] = []
    for _ in range(ROUNDS):
        with house.database.read() as connection:
            states = _touched(connection, shop, span, after)
            talks = [(state, read_before(connection, state.id, NEWEST, LOOK_BACK)) for state in states]
        found += [turn for state, rows in talks for turn in _turns(house, state, rows, modes, span)]
        after = (states[-1].last_at, states[-1].id) if len(states) == AT_ONCE else None
        if found or after is None:
            break
    return found, after


def _touched(
    connection: Connection, shop: str, span: tuple[int, int], after: tuple[int, str] | None
) -> list[Conversation]:
    """Some conversations in which something may have been said in this time (ms), the newest first."""
    begins, ends = span
    place = sa.tuple_(conversation.c.last_at, conversation.c.id)
    was_there = (conversation.c.last_at >= begins, conversation.c.opened_at < ends)
    query = sa.select(conversation.c.id).where(conversation.c.shop == shop, *was_there)
    if after is not None:
        query = query.where(place < sa.tuple_(*map(sa.literal, after)))
    newest = query.order_by(conversation.c.last_at.desc(), conversation.c.id.desc()).limit(AT_ONCE)
    ids = list(connection.execute(newest).scalars())
    states = get_conversations(connection, ids)
    return [states[id_] for id_ in ids]


def _turns(
    house: House, state: Conversation, rows: Sequence[Row], modes: Modes, span: tuple[int, int]
) -> Iterator[Turn]:
    """What would have been done at each of the day's turns; after a hand-over the reception is a person's."""
    is_handed = asked_back = False
    for place, row in enumerate(rows):
        if row.entry.kind == CLOSED:
            is_handed = asked_back = False
        if row.entry.kind != MESSAGE_IN or not span[0] <= row.at < span[1] or _goes_on(rows, place):
            continue
        thought = None if is_handed else think(house, state, modes, modes.mode, row.seq + 1, unsure_before=asked_back)
        if thought is not None:
            is_handed, asked_back = thought.decision.does == "hand", thought.decision.does == "again"
        yield _turn(state, rows, place, thought)


def _turn(state: Conversation, rows: Sequence[Row], place: int, thought: Thought | None) -> Turn:
    row, (said, by) = rows[place], _answer(rows, place)
    asked = str(row.entry.body.get("text", ""))
    if thought is None:
        why = "已经转给客服，由客服接着回答"
        return Turn(
            state.id, state.buyer_name, row.seq, row.at, asked, "leave", "handed", why, "", "", 0, 0, (), said, by
        )
    decision, advice, modes = thought.decision, thought.asked.advice, thought.modes
    best = decision.suggestion
    values = values_of(thought.content, state, None, row.at)
    ours, _ = fill({"again": modes.ask_again, "hand": modes.hand_over}.get(decision.does, ""), values)
    return Turn(
        conversation=state.id,
        buyer_name=state.buyer_name,
        seq=row.seq,
        at=row.at,
        asked=advice.about or asked,
        does=decision.does,
        rule=decision.rule,
        why=decision.why,
        text=best.text if best is not None and decision.does == "answer" else ours,
        source=best.source if best is not None and decision.does == "answer" else "",
        sure=decision.sure,
        needed=needed(modes, decision.mode),
        intents=tuple(one.intent.title for one in (advice.understood.meanings if advice.understood else ())),
        said=said,
        said_by=by,
    )


def _goes_on(rows: Sequence[Row], place: int) -> bool:
    """Whether the buyer says more before anybody answers."""
    for row in rows[place + 1 :]:
        if row.entry.kind == MESSAGE_IN:
            return True
        if row.entry.kind == CLOSED or _is_persons(row):
            return False
    return False


def _answer(rows: Sequence[Row], place: int) -> tuple[str, str]:
    """What a person said then, and who; empty where nobody did before the buyer wrote again."""
    said: list[Row] = []
    for row in rows[place + 1 :]:
        if row.entry.kind in (MESSAGE_IN, CLOSED) or len(said) == ANSWERS:
            break
        if _is_persons(row):
            said.append(row)
    return "\n".join(str(row.entry.body.get("text", "")) for row in said), said[0].entry.body.get(
        "name", ""
    ) if said else ""


def _is_persons(row: Row) -> bool:
    return row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:")


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
