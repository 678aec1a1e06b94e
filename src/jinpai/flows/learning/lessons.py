"""What a shop's people taught its copilot: the intents they put right, as examples beside those of content."""

import re
from dataclasses import replace

from sqlalchemy.engine import Connection

from jinpai.copilot.model import Lessons
from jinpai.copilot.store import Correction, is_example, list_valid
from jinpai.journal.reader import read_rows

MOST = 2_000
"""So many corrections of a shop are learned from, the newest."""

_NUMBERS = re.compile(r"[0-9A-Za-z@._-]*\d{5,}[0-9A-Za-z@._-]*")
"""Phones, order numbers and the like: they tell a person, not an intent."""


def with_corrections(connection: Connection, shop: str, lessons: Lessons) -> Lessons:
    """The lessons with what the shop's people put right, the newer over the older; erased words are left out."""
    known = {intent.id for intent in lessons.intents}
    valid = [one for one in list_valid(connection, shop, MOST) if one.meant in known]
    told = read_words(connection, valid)
    corrections = [(learned_words(one, told[one.id]), one.meant) for one in reversed(valid)]
    return replace(lessons, corrections=tuple(one for one in corrections if one[0]))


def tells_person(text: str) -> bool:
    """Whether there are numbers in it that tell a person."""
    return _NUMBERS.search(text) is not None


def learned_words(one: Correction, words: str) -> str:
    """The text that is learned: an example as it stands, a buyer's words without the numbers in them."""
    return words if is_example(one) else _NUMBERS.sub("", words).strip()


def read_words(connection: Connection, corrections: list[Correction]) -> dict[str, str]:
    """The buyer's words each of these is about, empty where the law has erased them."""
    rows = {row.id: row for row in read_rows(connection, [one.fact for one in corrections])}
    return {one.id: str(rows[one.fact].entry.body.get("words", "")) for one in corrections}
