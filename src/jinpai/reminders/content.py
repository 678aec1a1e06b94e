"""The shapes of payment reminders in content files: when to remind, days off, and what buyers say who do not pay."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator

from jinpai.packs.model import ContentEntry, Id, Shape, Text, Texts, TimeOfDay
from jinpai.playbook.predicates import UnpaidReason

Means = Literal["message", "sms", "phone"]
"""A message at the desk, a short message, a call an agent makes."""

Day = Annotated[str, StringConstraints(pattern=r"^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$")]
"""A calendar day such as `2026-10-01`."""


class Quiet(Shape):
    """Nobody is reminded from `begins` (included) to `ends` (not included); the same time twice = never quiet."""

    begins: TimeOfDay
    ends: TimeOfDay


class PlanRow(ContentEntry):
    """When to remind of orders placed from `begins` (included) to `ends` (not included).

    The time is `by` (before it) or `after` it, on the day the interval ends or the one following (`day`); `by: pickup`
    is the courier's pick-up. `note` is told beside it.
    """

    begins: TimeOfDay
    ends: TimeOfDay
    day: Literal["same", "next"] = "same"
    by: TimeOfDay | Literal["pickup"] | None = None
    after: TimeOfDay | None = None
    title: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _has_one_time(self) -> "PlanRow":
        if (self.by is None) == (self.after is None):
            raise ValueError("by（在几点之前）和 after（在几点之后）要写一个，并且只写一个")
        if self.begins == self.ends:
            raise ValueError("begins 和 ends 不能相同")
        return self


class ReminderPlan(ContentEntry):
    """The shop's timetable of reminders.

    `margin_minutes` before the order closes is the latest; `lead_minutes` keeps away from the bounds of a row;
    `least_minutes` after ordering is the earliest; `before_quiet_minutes` is "just before quiet hours".
    `again_hours` after the first comes the second, by other means; `most` are sent for one order.
    `explains` ends a message the shop sends by itself; while a buyer waits for an answer it comes `busy_minutes` later.
    """

    kind: Literal["plan"]
    close_hours: Annotated[int, Field(ge=1, le=720)] = 24
    margin_minutes: Annotated[int, Field(ge=0, le=1_440)] = 120
    lead_minutes: Annotated[int, Field(ge=0, le=180)] = 30
    least_minutes: Annotated[int, Field(ge=0, le=720)] = 30
    before_quiet_minutes: Annotated[int, Field(ge=1, le=120)] = 5
    quiet: Quiet
    pickup: TimeOfDay
    repeat_hours: Annotated[int, Field(ge=1, le=720)] = 48
    again_hours: Annotated[int, Field(ge=1, le=240)] = 6
    most: Annotated[int, Field(ge=0, le=5)] = 2
    busy_minutes: Annotated[int, Field(ge=5, le=240)] = 30
    explains: Text | None = None
    means: Annotated[tuple[Means, ...], Field(strict=False, min_length=1)] = ("message", "sms", "phone")
    rows: Annotated[tuple[PlanRow, ...], Field(strict=False, min_length=1)]

    @model_validator(mode="after")
    def _fills_the_day(self) -> "ReminderPlan":
        rows = sorted(self.rows, key=lambda row: row.begins)
        for row, following in zip(rows, [*rows[1:], rows[0]], strict=True):
            if row.ends != following.begins:
                raise ValueError(f"时段要首尾相接：“{row.id}”到 {row.ends} 为止，下一段却从 {following.begins} 开始")
        if len(set(self.means)) != len(self.means):
            raise ValueError("means 里每种方式只写一次，按先后排列")
        return self


class DaysOff(ContentEntry):
    """A year's public holidays, first and last day of each; calls to buyers keep away from them.

    `workdays` are the weekend days that are worked instead.
    """

    kind: Literal["days_off"]
    year: Annotated[int, Field(ge=2020, le=2100)]
    periods: Annotated[tuple[Annotated[tuple[Day, Day], Field(strict=False)], ...], Field(strict=False, min_length=1)]
    workdays: Annotated[tuple[Day, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _in_order(self) -> "DaysOff":
        for first, last in self.periods:
            if first > last or not first.startswith(str(self.year)):
                raise ValueError(f"{first} 到 {last} 写反了，或者不在 {self.year} 年")
        for day in self.workdays:
            if not day.startswith(str(self.year)) or any(first <= day <= last for first, last in self.periods):
                raise ValueError(f"调休上班的 {day} 不在 {self.year} 年，或者正在放假")
        return self


class ReasonWords(ContentEntry):
    """What buyers say who have this reason: `甲/乙…丙` is one of these words, a few characters on one of those.

    `#` stands for a number. Among reasons in one message the entry listed first counts; a reason may have several.
    `asked` are the questions of an agent which a bare "yes" confirms. `settled` are an agent's words after which the
    reason is gone; until then `first` has to be done by a person before the buyer is reminded.
    """

    kind: Literal["reason"]
    reason: UnpaidReason
    title: Text
    hint: Text
    first: Text | None = None
    said: Texts
    asked: Texts = ()
    settled: Texts = ()


class TalkWords(ContentEntry):
    """Words of a conversation that matter before a reminder: `refused` ends it, `reminded` is a person's own reminder.

    `yes` and `no` are bare answers to an agent's question.
    """

    kind: Literal["talk"]
    refused: Texts
    reminded: Texts
    yes: Texts
    no: Texts


AnyEntry = Annotated[ReminderPlan | DaysOff | ReasonWords | TalkWords, Field(discriminator="kind")]


class ReminderEntry(RootModel[AnyEntry]):
    """One entry of a file in `reminders/`, told apart by `kind`."""

    model_config = ConfigDict(frozen=True)

    @property
    def id(self) -> Id:
        """The entry's id."""
        return self.root.id


def unwrap(entry: BaseModel) -> BaseModel:
    """The entry itself."""
    return entry.root if isinstance(entry, ReminderEntry) else entry
