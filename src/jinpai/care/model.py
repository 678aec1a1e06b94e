"""Looking after customers again: the plain types, and when a task is due. Pure.

planned ──due──▶ open ──person──▶ sent ──days later──▶ with its outcome
   │              ├──person──▶ sending (a short message) ──accepted──▶ sent
   │              │               └──▶ open again, with what was in the way
   │              ├──▶ skipped (a person's reason)
   │              └──▶ expired (nobody did it in time)
   └──▶ cancelled (no longer right: opted out, bought again, too many contacts)
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from jinpai.customers.care import CareEntry, Occasion
from jinpai.kit.clock import SHOP_TIME

State = Literal["planned", "open", "sending", "sent", "skipped", "cancelled", "expired"]
Means = Literal["message", "sms", "phone"]
Outcome = Literal["answered", "bought", "no_answer", "opted_out"]

HANDED: Final = "care_handed"
CARED: Final = "care_given"
SKIPPED: Final = "care_skipped"
SETTLED: Final = "care_settled"
"""The kinds of their facts in the journal: handed to be sent · given (their bodies have the words) · left out · what
came of it."""

OPEN: Final[tuple[State, ...]] = ("planned", "open")
UNDONE: Final[tuple[State, ...]] = (*OPEN, "sending")
DAY: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Care:
    """One task; times in ms. `key` makes an occasion one task, `plan` is its entry in content, `about` the goods.

    `means` and `author` tell how and by whom it was done, `fact` is the journal row with the words. What
    is on its way was handed over at `done_at`.
    """

    id: str
    shop: str
    buyer: str
    key: str
    plan: str
    occasion: Occasion
    about: str
    order_id: str | None
    due_at: int
    ends_at: int
    state: State
    why: str
    means: str
    conversation: str | None
    author: str
    fact: int | None
    done_at: int | None
    outcome: str
    settled_by: str
    created_at: int


def due_after(entry: CareEntry, since: int) -> tuple[int, int]:
    """When care for something that happened `since` (ms) is due, and when it is given up."""
    day = datetime.fromtimestamp(since / 1000, SHOP_TIME).date() + timedelta(days=entry.after_days)
    due = _at(entry, day)
    due = due if due >= since else _at(entry, day + timedelta(days=1))
    return due, due + entry.within_days * DAY


def due_on(entry: CareEntry, day: date) -> tuple[int, int]:
    """When care on this day is due, and when it is given up."""
    due = _at(entry, day + timedelta(days=entry.after_days))
    return due, due + entry.within_days * DAY


def fits(entry: CareEntry, title: str) -> bool:
    """Whether the entry is about such goods."""
    return not entry.goods or any(word in title for word in entry.goods)


def _at(entry: CareEntry, day: date) -> int:
    hour, minute = map(int, entry.at.split(":"))
    return int(datetime.combine(day, time(hour, minute), SHOP_TIME).timestamp() * 1000)
