"""A shop's reminder content ready for use: the timetable, the words of reasons, the days off.

Nothing here touches the database, so the command line starts fast.
"""

from dataclasses import dataclass
from functools import lru_cache

from jinpai.flows.content.sections import REMINDERS, load_section
from jinpai.playbook.predicates import UnpaidReason
from jinpai.reminders.content import DaysOff, ReasonWords, ReminderEntry, ReminderPlan, unwrap
from jinpai.reminders.reasons import Words, compile_words


@dataclass(frozen=True, slots=True)
class Reminding:
    """What a shop has decided about reminders; `titles` and `hints` tell people about each reason.

    `first` is what a person does first, for the reasons that need one.

    A shop that has taken the timetable away (`plan` is None) reminds nobody.
    """

    plan: ReminderPlan | None
    words: Words
    days_off: tuple[DaysOff, ...]
    titles: dict[UnpaidReason, str]
    hints: dict[UnpaidReason, str]
    first: dict[UnpaidReason, str]


@lru_cache(maxsize=64)
def reminding(entries: tuple[ReminderEntry, ...]) -> Reminding:
    """The reminder entries of a shop, compiled once."""
    inner = tuple(unwrap(entry) for entry in entries)
    reasons = [entry for entry in reversed(inner) if isinstance(entry, ReasonWords)]
    return Reminding(
        plan=next((entry for entry in inner if isinstance(entry, ReminderPlan)), None),
        words=compile_words(inner),
        days_off=tuple(entry for entry in inner if isinstance(entry, DaysOff)),
        titles={entry.reason: entry.title for entry in reasons},
        hints={entry.reason: entry.hint for entry in reasons},
        first={entry.reason: entry.first for entry in reasons if entry.first},
    )


def load_reminding(shop: str) -> Reminding:
    """The reminder content on the disk: the base pack, over it the shop's; BadInput naming what cannot be used."""
    return reminding(load_section(REMINDERS, shop))
