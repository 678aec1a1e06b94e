"""A shop's penalty points over HTTP: how the year stands, recording what the platform took, withdrawing it."""

from dataclasses import fields
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from jinpai.desk.model import Author
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.flows.guarding.points import PointsAccount, check_agent, read_points
from jinpai.flows.ports import House
from jinpai.guard.families import Family
from jinpai.quality.penalties import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_NOTE,
    MOST,
    Grade,
    Penalty,
    Share,
    Standing,
    Threshold,
    year_of,
)
from jinpai.quality.penalty_actions import Told, record_penalty, withdraw_penalty
from jinpai.quality.penalty_store import get_penalty
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may, may

router = APIRouter(prefix="/api/v1", tags=["points"])

Reader = Annotated[Actor, needs("hit.read")]
Judge = Annotated[Actor, needs("hit.judge")]
Shop = Annotated[str, Query(min_length=1, max_length=64)]
Note = Annotated[str, StringConstraints(max_length=MAX_NOTE, strip_whitespace=True)]


class ThresholdView(BaseModel):
    """What happens at so many points."""

    points: int
    what: str


class StandingView(BaseModel):
    """The year of one class: points taken, points that sent words put at risk, and the thresholds."""

    grade: Grade
    recorded: int
    at_risk: int
    reached: ThresholdView | None
    next: ThresholdView | None
    thresholds: list[ThresholdView]


class ShareView(BaseModel):
    """One agent's part: points taken because of them by class, points at risk, and the remarks behind these."""

    agent: str
    name: str
    general: int
    serious: int
    at_risk: int
    remarks: int
    confirmed: int


class FamilyView(BaseModel):
    """Remarks of one family in the year: how many, how many sent in spite of a warning, and their points."""

    family: Family
    violation: str
    count: int
    confirmed: int
    points: int


class PenaltyView(BaseModel):
    """Points the platform took; times in ms, `withdrawn_at` where it counts no more, for this `reason`."""

    id: str
    violation: str
    name: str
    grade: Grade
    points: int
    day_at: int
    agent: str
    agent_name: str
    note: str
    by: str
    recorded_at: int
    withdrawn_by: str
    withdrawn_at: int | None
    reason: str


class ViolationView(BaseModel):
    """A violation that can be recorded, with its usual points."""

    id: str
    name: str
    grade: Grade
    points: int


class PointsView(BaseModel):
    """A shop's account of one year; an agent sees the shop's totals and nothing but their own part."""

    year: int
    this_year: int
    standings: list[StandingView]
    shares: list[ShareView]
    families: list[FamilyView]
    penalties: list[PenaltyView]
    violations: list[ViolationView]


class PenaltyForm(Body):
    """What the platform's notice says; `day_at` (ms) is the day of it, `agent` who caused it, if anybody did."""

    shop: str = Field(min_length=1, max_length=64)
    violation: str = Field(min_length=1, max_length=80)
    points: int = Field(ge=1, le=MOST)
    day_at: int = Field(ge=0, le=1 << 53)
    agent: str = Field(default="", max_length=64)
    note: Note = ""


class Withdrawal(Body):
    """Why it counts no more."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=MAX_NOTE, strip_whitespace=True)]


@router.get("/points")
def read_points_account(
    house: HouseDep,
    actor: Reader,
    shop: Shop,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None,
) -> PointsView:
    """The points account of one of my shops, of this year unless another is asked for."""
    check_may(actor, "hit.read", shop)
    return _shown(house, actor, shop, year)


@router.post("/points/penalties")
def record_shop_penalty(house: HouseDep, actor: Judge, body: PenaltyForm) -> PointsView:
    """Record what the platform took; the answer is the account of the year it counts in."""
    check_may(actor, "hit.judge", body.shop)
    told = Told(body.violation, body.points, body.day_at, body.agent, body.note)
    with house.database.read() as connection:
        check_agent(connection, body.shop, body.agent)
    house.writer.run(record_penalty(body.shop, house.content.shop(body.shop).penalties, told, _author(actor)))
    return _shown(house, actor, body.shop, year_of(body.day_at))


@router.post("/points/penalties/{penalty_id}/withdrawal")
def withdraw_shop_penalty(house: HouseDep, actor: Judge, penalty_id: Id, body: Withdrawal) -> PointsView:
    """It counts no more: entered wrongly, or given back by the platform."""
    with house.database.read() as connection:
        known = get_penalty(connection, penalty_id)
    check_may(actor, "hit.judge", known.shop if known else "")
    assert known is not None
    house.writer.run(withdraw_penalty(penalty_id, _author(actor), body.reason))
    return _shown(house, actor, known.shop, year_of(known.day_at))


def _author(actor: Actor) -> Author:
    return Author("agent", actor.id, actor.name)


def _shown(house: House, actor: Actor, shop: str, year: int | None) -> PointsView:
    now, rules = year_of(house.clock.now()), house.content.shop(shop).penalties
    found = read_points(house, shop, now if year is None else year, "" if may(actor, "hit.judge") else actor.id)
    titles = {one.id: one.name for one in rules.violations}
    return PointsView.model_validate(
        {
            "year": found.year,
            "this_year": now,
            "standings": [_standing(house, shop, one) for one in found.standings],
            "shares": [{**_fields(one), "name": found.names.get(one.agent, "")} for one in found.shares],
            "families": _families(house, shop, found),
            "penalties": [_penalty(one, found, titles) for one in found.penalties],
            "violations": [one.model_dump(exclude={"families"}) for one in rules.violations],
        }
    )


def _fields(one: Penalty | Share | Standing) -> dict[str, object]:
    return {part.name: getattr(one, part.name) for part in fields(one)}


def _standing(house: House, shop: str, one: Standing) -> dict[str, object]:
    def told(threshold: Threshold | None) -> dict[str, object] | None:
        return None if threshold is None else threshold.model_dump()

    thresholds = [told(each) for each in house.content.shop(shop).penalties.of(one.grade)]
    return {**_fields(one), "reached": told(one.reached), "next": told(one.next), "thresholds": thresholds}


def _families(house: House, shop: str, found: PointsAccount) -> list[dict[str, object]]:
    """The remarks of everybody by family, what costs most first."""
    violations = house.content.shop(shop).penalties.violations
    named: dict[str, str] = {family: one.name for one in violations for family in one.families}
    sums: dict[str, dict[str, int]] = {}
    for one in found.remarks:
        known = sums.setdefault(one.family, {"count": 0, "confirmed": 0, "points": 0})
        for name in known:
            known[name] += getattr(one, name)
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1]["points"], pair[0]))
    return [{"family": family, "violation": named.get(family, ""), **told} for family, told in ordered]


def _penalty(one: Penalty, found: PointsAccount, titles: dict[str, str]) -> dict[str, object]:
    names = {name: found.names.get((who or "").removeprefix("agent:"), "") for name, who in _people(one).items()}
    return {**_fields(one), **names, "name": titles.get(one.violation, one.violation)}


def _people(one: Penalty) -> dict[str, str | None]:
    return {"agent_name": one.agent, "by": one.recorded_by, "withdrawn_by": one.withdrawn_by}
