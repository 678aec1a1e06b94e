"""The base pack's own timetable, as every shop begins with it."""

from functools import cache

from jinpai.flows.content.sections import REMINDERS
from jinpai.packs.files import content_root
from jinpai.packs.loader import load_folder
from jinpai.reminders.content import DaysOff, ReminderPlan, unwrap


@cache
def base_entries() -> tuple[object, ...]:
    loaded = load_folder(content_root() / "base", [REMINDERS], "base")
    return tuple(unwrap(entry) for entry in loaded.pack.entries(REMINDERS))


def base_plan() -> ReminderPlan:
    return next(entry for entry in base_entries() if isinstance(entry, ReminderPlan))


def base_days_off() -> tuple[DaysOff, ...]:
    return tuple(entry for entry in base_entries() if isinstance(entry, DaysOff))
