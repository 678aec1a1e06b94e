"""Buyers who grow unhappy: weighed when their words tell, a supervisor is called once until they have calmed down.

buyer's words ──planned_watch──▶ due row ──watch_mood──▶ `alarmed` or `calmed` in the log ──folding──▶ the lists
"""

from collections.abc import Callable, Sequence

from sqlalchemy.engine import Connection

from jinpai.copilot.feelings.moods import Moods
from jinpai.copilot.feelings.unrest import Line, Unrest, weigh
from jinpai.copilot.model import Lessons
from jinpai.desk.model import ALARMED, CALMED, CLOSED, MESSAGE_IN, MESSAGE_OUT, Author, Conversation
from jinpai.desk.projection import Change, OnChanges
from jinpai.desk.store import get_conversations, list_alarmed
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.journal.due import Due, finish, is_open, schedule
from jinpai.journal.model import Entry, Row
from jinpai.journal.reader import NEWEST, read_before, read_newest
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import Refusal

WATCH = "watch_mood"
LOOK_BACK = 80
"""So many of the newest rows of a reception are weighed."""
MOST, FAR_BACK = 100, 1_000
"""So many alarms are listed, each looked for among so many rows of its conversation."""
UNANSWERED = frozenset((4, 8))
"""With so many messages nobody has read, a buyer is looked at even where no word tells."""
SURE = 0.5
"""From here on what a buyer wants counts."""


def planned_watch(content: Callable[[str], ShopContent]) -> OnChanges:
    """The hook that has a reception weighed whose buyer's words tell, or who was unhappy before."""
    known: dict[str, tuple[Lessons, Moods]] = {}

    def moods(shop: str) -> Moods | None:
        try:
            lessons = content(shop).lessons
        except Refusal:
            return None
        if shop not in known or known[shop][0] is not lessons:
            known[shop] = (lessons, Moods(lessons.moods))
        return known[shop][1]

    def on_changes(connection: Connection, changes: Sequence[Change]) -> None:
        works = [_work(change, said[-1]) for change in changes if (said := _telling(change, moods))]
        if works:
            schedule(connection, works, works[0].due_at)

    return on_changes


def _telling(change: Change, moods: Callable[[str], Moods | None]) -> list[Row]:
    """What the buyer has said in this batch, where it is worth weighing."""
    said = [row for row in change.rows if row.entry.kind == MESSAGE_IN]
    if not said or change.after.alarmed_at is not None or change.after.unread in UNANSWERED:
        return said
    found = moods(change.after.shop)
    return said if found is not None and any(found.tells(row.entry.body.get("text", "")) for row in said) else []


def _work(change: Change, row: Row) -> Due:
    return Due(row.entry.shop, WATCH, change.after.id, f"{WATCH}:{change.after.id}:{row.seq}", row.at)


def watch_mood(house: House, work: Due) -> Action[None]:
    """The action that calls a supervisor to an unhappy buyer, or says that they have calmed down."""
    try:
        unrest, rules = _weighed(house, work), house.content.shop(work.shop).unrest
    except Refusal:
        return lambda tx: finish(tx.connection, work, "cancelled", "店铺内容暂时读不出来", tx.now)

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        state = get_conversations(tx.connection, [work.subject])[work.subject]
        if state.status == "open" and state.alarmed_at is None and unrest.score >= rules.threshold:
            tx.append(_entry(work, ALARMED, unrest))
        elif state.alarmed_at is not None and unrest.score <= rules.calm:
            tx.append(_entry(work, CALMED, unrest))
        finish(tx.connection, work, "done", "", tx.now)

    return act


def list_alarms(connection: Connection, shops: Sequence[str]) -> list[tuple[Conversation, Row]]:
    """The open conversations of these shops whose buyer seems unhappy, each with its alarm, the newest first."""
    states = list_alarmed(connection, shops, MOST)
    rows = read_newest(connection, [state.id for state in states], FAR_BACK, (ALARMED,))
    return [(state, rows[state.id][-1]) for state in states if rows.get(state.id)]


def _weighed(house: House, work: Due) -> Unrest:
    content = house.content.shop(work.shop)
    understanding = house.understandings.current(work.shop, content.lessons)
    with house.database.read() as connection:
        rows = read_before(connection, work.subject, NEWEST, LOOK_BACK)
    begins = max((at for at, row in enumerate(rows) if row.entry.kind == CLOSED), default=-1)

    def wants(text: str) -> list[tuple[str, str]]:
        found = understanding.understand(text).meanings if understanding is not None else ()
        return [(one.intent.id, one.intent.title) for one in found if one.confidence >= SURE]

    return weigh(_lines(rows[begins + 1 :]), content.unrest, Moods(content.lessons.moods), wants)


def _lines(rows: Sequence[Row]) -> list[Line]:
    """What the buyer and people said; what the shop says by itself answers nobody."""
    said = [row for row in rows if row.entry.kind in (MESSAGE_IN, MESSAGE_OUT)]
    heard = [row for row in said if not row.entry.author.startswith("assistant:")]
    return [
        Line(row.seq, Author.read(row.entry.author).role == "buyer", str(row.entry.body.get("text", "")))
        for row in heard
    ]


def _entry(work: Due, kind: str, unrest: Unrest) -> Entry:
    data = {"score": unrest.score, "seqs": [one.seq for one in unrest.reasons] if kind == ALARMED else []}
    body = {"text": "；".join(one.why for one in unrest.reasons)} if kind == ALARMED and unrest.reasons else {}
    return Entry(kind, "system:", work.shop, conversation=work.subject, data=data, body=body)
