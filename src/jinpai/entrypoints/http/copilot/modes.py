"""The copilot's modes over HTTP: what is set, and a day gone through in a mode before it is switched on."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from jinpai.copilot.modes.modes import Mode, Modes
from jinpai.entrypoints.http.access import HouseDep
from jinpai.entrypoints.http.copilot.teaching import ShopId, Teacher
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.flows.answering.rehearsing import Turn, last_day, rehearse
from jinpai.flows.answering.setting import mode_now
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["copilot"])


class WindowView(BaseModel):
    """Another mode at some time of the day; without `days` every day, `since` and `until` are days as `2026-10-01`."""

    mode: Mode
    begins: str
    ends: str
    days: list[str]
    since: str | None
    until: str | None


class OwnMode(BaseModel):
    """The mode of one intent, or of a whole branch of them."""

    id: str
    title: str
    mode: Mode


class HandoverView(BaseModel):
    """What is for a person, whatever the mode."""

    title: str
    intents: list[str]


class ModesView(BaseModel):
    """What the shop has set; `now` is the mode of this moment, `version` the published content, 0 = none of its own.

    `day` is the newest before today on which buyers talked, today where there is none: what a rehearsal begins with.
    """

    now: Mode
    version: int
    day: date
    mode: Mode
    windows: list[WindowView]
    intents: list[OwnMode]
    sure_auto: int
    sure_full: int
    wait_seconds: int
    handover: list[HandoverView]


class Rehearsal(BaseModel):
    """Some of a day's turns, conversation by conversation; `next` asks for more.

    `ready` is false while the intents are being learned.
    """

    ready: bool
    items: list[Turn]
    next: str | None


@router.get("/copilot/modes")
def read_modes(house: HouseDep, actor: Teacher, shop: ShopId) -> ModesView | None:
    """What the copilot may do by itself in this shop; null where the shop's content sets nothing."""
    check_may(actor, "copilot.teach", shop)
    content = house.content.shop(shop)
    modes = content.modes
    if modes is None:
        return None
    titles = {intent.id: intent.title for intent in content.lessons.intents}
    return ModesView(
        now=mode_now(content, house.clock.now()),
        version=content.version,
        day=last_day(house, shop),
        mode=modes.mode,
        windows=_windows(modes),
        intents=[OwnMode(id=name, title=titles.get(name, ""), mode=mode) for name, mode in modes.intents.items()],
        sure_auto=modes.sure_auto,
        sure_full=modes.sure_full,
        wait_seconds=modes.wait_seconds,
        handover=[
            HandoverView(title=rule.title, intents=[titles.get(name, name) for name in rule.questions])
            for rule in modes.handover.values()
        ],
    )


@router.get("/copilot/rehearsal")
def read_rehearsal(
    house: HouseDep,
    actor: Teacher,
    shop: ShopId,
    mode: Annotated[Literal["auto", "full"], Query()],
    day: Annotated[date, Query()],
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> Rehearsal:
    """What it would have said on that day in this mode, beside what people said; nothing is sent."""
    check_may(actor, "copilot.teach", shop)
    found = rehearse(house, shop, mode, day, read_cursor(cursor))
    if found is None:
        return Rehearsal(ready=False, items=[], next=None)
    turns, following = found
    return Rehearsal(
        ready=True,
        items=turns,
        next=None if following is None else write_cursor(*following),
    )


def _windows(modes: Modes) -> list[WindowView]:
    return [
        WindowView(
            mode=one.mode, begins=one.begins, ends=one.ends, days=list(one.days), since=one.since, until=one.until
        )
        for one in modes.windows
    ]
