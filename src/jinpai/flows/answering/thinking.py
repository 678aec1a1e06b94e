"""What the copilot would do about a buyer's last words: read, understood and decided, with nothing said or written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinpai.copilot.modes.modes import Mode, Modes
from jinpai.desk.model import ALARMED, CALMED, CLOSED, MESSAGE_IN, MESSAGE_OUT, NOTE, Author, Conversation
from jinpai.flows.advising.advice import Asked, consider
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.journal.model import Row
from jinpai.journal.reader import NEWEST
from jinpai.staff.model import Actor, Role

if TYPE_CHECKING:
    from jinpai.copilot.hearing.understanding import Understanding
    from jinpai.copilot.modes.deciding import Decision

COPILOT = Author("assistant", "copilot", "智能客服")


@dataclass(frozen=True, slots=True)
class Thought:
    """What it would do (`decision`), by which content and which facts."""

    content: ShopContent
    modes: Modes
    asked: Asked
    decision: "Decision"


def actor_of(shop: str) -> Actor:
    """The copilot as a party that has no rights of its own beyond those of an agent of this shop."""
    return Actor(COPILOT.id, "", COPILOT.name, Role.AGENT, (shop,))


def think(
    house: House,
    state: Conversation,
    modes: Modes,
    base: Mode,
    before: int = NEWEST,
    *,
    unsure_before: bool | None = None,
) -> Thought | None:
    """What it would do after the rows with a seq < `before` where the shop's mode is `base`.

    Whether it had not been sure before is read from the log unless it is told. None while intents are being learned.
    """
    from jinpai.copilot.modes.deciding import Heard, decide

    content = house.content.shop(state.shop)
    understanding = house.understandings.current(state.shop, content.lessons)
    asked = consider(house, actor_of(state.shop), state, before)
    if understanding is None or asked is None:
        return None
    rows = reception(asked.rows)
    if unsure_before is None:
        unsure_before = _was_unsure(understanding, rows, modes)
    heard = Heard(
        asked.advice.understood or understanding.understand(""),
        asked.advice.suggestions,
        unsure_before,
        _is_alarmed(rows),
        any(row.entry.data.get("bait") for row in unanswered(rows)),
    )
    return Thought(content, modes, asked, decide(modes, base, heard))


def reception(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of the reception that goes on."""
    begins = max((at for at, row in enumerate(rows) if row.entry.kind == CLOSED), default=-1)
    return rows[begins + 1 :]


def is_with_a_person(rows: Sequence[Row]) -> bool:
    """Whether in this reception a person has spoken to the buyer, or was called to."""
    return any(_is_persons(row) or _hands_over(row) for row in rows)


def unanswered(rows: Sequence[Row]) -> list[Row]:
    """The buyer's messages since somebody last answered or asked back."""
    waiting: list[Row] = []
    for row in rows:
        if row.entry.kind == MESSAGE_IN:
            waiting.append(row)
        elif row.entry.kind == MESSAGE_OUT and (_is_persons(row) or "because" in row.entry.data):
            waiting.clear()
    return waiting


def _is_persons(row: Row) -> bool:
    return row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:")


def _hands_over(row: Row) -> bool:
    return row.entry.kind == NOTE and "handed" in row.entry.data


def _is_alarmed(rows: Sequence[Row]) -> bool:
    moods = [row.entry.kind for row in rows if row.entry.kind in (ALARMED, CALMED)]
    return bool(moods) and moods[-1] == ALARMED


def _was_unsure(understanding: "Understanding", rows: Sequence[Row], modes: Modes) -> bool:
    """Whether it asked back just before, or left a question of some moments ago to people who have not answered yet."""
    from jinpai.copilot.modes.deciding import is_courtesy

    said = [row for row in rows if row.entry.kind == MESSAGE_OUT and (_is_persons(row) or "because" in row.entry.data)]
    if said and said[-1].entry.data.get("because", {}).get("does") == "again":
        return True
    waiting = unanswered(rows)
    earlier = [row for row in waiting if waiting[-1].at - row.at > modes.wait_seconds * 1000]
    meant = [understanding.understand(str(row.entry.body.get("text", ""))).meanings for row in earlier]
    return any(not is_courtesy(one) for one in meant)
