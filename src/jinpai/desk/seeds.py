"""The shapes of a shop's past at the desk: the people who wrote to it, and what was said."""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, model_validator

from jinpai.desk.model import Group
from jinpai.packs.model import ContentEntry, Id, Shape, Text, Texts
from jinpai.packs.moment import Moment

Phone = Annotated[str, StringConstraints(pattern=r"^1[3-9]\d{9}$")]
Seconds = Annotated[int, Field(ge=0, le=30 * 86_400)]
Stars = Annotated[int, Field(ge=1, le=5)]
Voice = Literal["buyer", "agent", "auto", "note"]
VOICES: tuple[Voice, ...] = get_args(Voice)

BETWEEN: Mapping[Voice, int] = {"buyer": 5, "agent": 12, "auto": 1, "note": 10}
"""Seconds before somebody else begins to type."""

PER_TEN: Mapping[Voice, int] = {"buyer": 5, "agent": 4, "auto": 0, "note": 3}
"""Seconds for ten characters; who answers with prepared words is quicker."""


class BuyerSeed(ContentEntry):
    """Somebody who knows the shop: the name shown in chats, and how to reach the recipient."""

    name: Text
    recipient: Text
    phone: Phone
    address: Text
    since_days: Annotated[int, Field(ge=0, le=3_650)]


class Line(Shape):
    """One thing said or done: exactly one of the four voices or a hand-over.

    `after` is how many seconds passed since the line before; without it as long as typing takes. `by` is the agent
    when it is not the one of the talk, `to` hands the conversation to that colleague.
    """

    buyer: Text | None = None
    agent: Text | None = None
    auto: Text | None = None
    note: Text | None = None
    to: Id | None = None
    by: Id | None = None
    after: Seconds | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Line":
        if sum(value is not None for value in (self.buyer, self.agent, self.auto, self.note, self.to)) != 1:
            raise ValueError("一行只写一样：buyer、agent、auto、note 或 to")
        return self

    @property
    def voice(self) -> Voice | None:
        """Who speaks; None for a hand-over."""
        return next((voice for voice in VOICES if getattr(self, voice) is not None), None)

    @property
    def text(self) -> str:
        """What is said; empty for a hand-over."""
        return self.buyer or self.agent or self.auto or self.note or ""


class Talk(ContentEntry):
    """One reception: `starts` long ago, or `last` line minutes ago; an `open` one was not closed."""

    buyer: Id
    agent: Id | None = None
    scene: Text
    group: Group = "presale"
    starts: Moment | None = None
    last: Moment | None = None
    open: bool = False
    stars: Stars | None = None
    tags: Texts = ()
    lines: Annotated[tuple[Line, ...], Field(strict=False, min_length=1)]

    @model_validator(mode="after")
    def _has_a_time(self) -> "Talk":
        if (self.starts is None) == (self.last is None):
            raise ValueError("写上 starts（什么时候开始）或 last（最后一句在什么时候），两样选一样")
        if self.agent is None and (not self.open or any(line.agent or line.note for line in self.lines)):
            raise ValueError("有客服接待过，请写上 agent 是谁")
        return self


def offsets(talk: Talk) -> list[int]:
    """Seconds from the beginning of the talk to each of its lines."""
    passed, before = 0, None
    found: list[int] = []
    for line in talk.lines:
        if found:
            passed += line.after if line.after is not None else _typing(line, line.voice == before)
        found.append(passed)
        before = line.voice
    return found


def _typing(line: Line, goes_on: bool) -> int:
    voice = line.voice
    if voice is None:
        return 5
    pause = 2 if goes_on else BETWEEN[voice]
    return pause + len(line.text) * PER_TEN[voice] // 10


def line_times(talk: Talk, now: int) -> list[int]:
    """When each line was said, in milliseconds, in a shop that is set up `now`."""
    told = offsets(talk)
    if talk.starts is not None:
        begin = talk.starts.before(now)
    else:
        assert talk.last is not None
        begin = talk.last.before(now) - told[-1] * 1000
    return [begin + seconds * 1000 for seconds in told]
