"""How far the copilot goes by itself: set for a shop, for times of the day, for single intents."""

from datetime import datetime, timedelta
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from jinpai.packs.model import ContentEntry, Id, Ids, Shape, Text, TimeOfDay

Mode = Literal["off", "suggest", "auto", "full"]
MODES: tuple[Mode, ...] = get_args(Mode)
"""From the most careful: nothing · suggestions for people · answers what is sure · answers all it may."""
BY_ITSELF: tuple[Mode, ...] = ("auto", "full")

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)
Date = Annotated[str, StringConstraints(pattern=r"^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$")]
PerCent = Annotated[int, Field(ge=50, le=100)]


class Window(Shape):
    """Another mode from `begins` until `ends` (past midnight where that is earlier); every day where none is named.

    `since` and `until` bound it to a stretch of days, such as a holiday; the day is the one on which it begins.
    """

    mode: Mode
    begins: TimeOfDay
    ends: TimeOfDay
    days: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    since: Date | None = None
    until: Date | None = None


class Handover(Shape):
    """Intents, or whole branches of them, that are for a person; `title` tells people why."""

    title: Text
    questions: Ids


class Modes(ContentEntry):
    """What the copilot may do by itself. `intents` sets single intents or branches; the first window that fits counts.

    It answers from `sure_auto` or `sure_full` per cent on, `wait_seconds` after the buyer's last message. It says
    `introduction` once, `ask_again` where it did not understand, `hand_over` or, outside the hours, `call_back`.
    """

    mode: Mode = "suggest"
    windows: Annotated[tuple[Window, ...], Field(strict=False)] = ()
    intents: dict[Id, Mode] = Field(default_factory=dict)
    sure_auto: PerCent = 90
    sure_full: PerCent = 75
    wait_seconds: Annotated[int, Field(ge=1, le=60)] = 3
    handover: dict[Id, Handover] = Field(default_factory=dict)
    introduction: Text
    ask_again: Text
    hand_over: Text
    call_back: Text

    def texts(self) -> tuple[str, ...]:
        """What it says besides answers."""
        return (self.introduction, self.ask_again, self.hand_over, self.call_back)


def mode_at(modes: Modes, moment: datetime) -> Mode:
    """The shop's mode at this local time."""
    return next((one.mode for one in modes.windows if _fits(one, moment)), modes.mode)


def may_answer(modes: Modes, moment: datetime) -> bool:
    """Whether anything may be answered by itself at this local time."""
    mode = mode_at(modes, moment)
    return mode in BY_ITSELF or (mode == "suggest" and any(one in BY_ITSELF for one in modes.intents.values()))


def needed(modes: Modes, mode: Mode) -> int:
    """How sure an answer must be in this mode, in per cent."""
    return modes.sure_full if mode == "full" else modes.sure_auto


def _fits(window: Window, moment: datetime) -> bool:
    time = f"{moment:%H:%M}"
    is_overnight = window.ends <= window.begins
    if is_overnight and time < window.ends:
        return _is_day(window, moment - timedelta(days=1))
    is_within = time >= window.begins and (is_overnight or time < window.ends)
    return is_within and _is_day(window, moment)


def _is_day(window: Window, moment: datetime) -> bool:
    if window.days and DAYS[moment.weekday()] not in window.days:
        return False
    day = f"{moment:%Y-%m-%d}"
    return (window.since is None or day >= window.since) and (window.until is None or day <= window.until)
