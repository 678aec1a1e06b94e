"""The points a platform takes from a shop: which violations there are, what they cost, and how a year stands. Pure.

Points are counted by class, general and serious, each from the first of January on by the trade's calendar.

    recorded   what the platform did take
    at risk    what sent words would cost if the platform looked at them; overturned remarks do not count
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, model_validator

from jinpai.guard.families import Family
from jinpai.kit.clock import SHOP_TIME
from jinpai.packs.model import ContentEntry, Id, Shape, Text

Grade = Literal["general", "serious"]
GRADES: Final[tuple[Grade, ...]] = get_args(Grade)

RECORDED: Final = "penalty_recorded"
WITHDRAWN: Final = "penalty_withdrawn"
"""The kinds of their facts in the journal."""

MOST: Final = 48
"""The most points one penalty takes."""

MAX_NOTE: Final = 200

FIRST_YEAR, LAST_YEAR = 2000, 2999


class Violation(Shape):
    """One kind of violation: what it is called, its class, what it usually costs, and which remarks point to it."""

    id: Id
    name: Text
    grade: Grade
    points: Annotated[int, Field(ge=0, le=MOST)]
    families: Annotated[tuple[Family, ...], Field(strict=False)] = ()


class Threshold(Shape):
    """What happens to a shop whose points of a class reach so many."""

    points: Annotated[int, Field(ge=1, le=1_000)]
    what: Text


class PenaltyRules(ContentEntry):
    """The platform's violations and thresholds as this shop goes by them."""

    violations: Annotated[tuple[Violation, ...], Field(strict=False)] = ()
    general: Annotated[tuple[Threshold, ...], Field(strict=False)] = ()
    serious: Annotated[tuple[Threshold, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _is_in_order(self) -> "PenaltyRules":
        names = [one.id for one in self.violations]
        names += [f"families {family}" for one in self.violations for family in one.families]
        double = next((name for name in names if names.count(name) > 1), None)
        if double is not None:
            raise ValueError(f"“{double}”写了两次，请只留一处")
        for grade in GRADES:
            points = [one.points for one in self.of(grade)]
            if points != sorted(set(points)):
                raise ValueError("各档的分数要从小到大，不能重复")
        return self

    def of(self, grade: Grade) -> tuple[Threshold, ...]:
        """The thresholds of a class, the lowest first."""
        return self.general if grade == "general" else self.serious


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points the platform took; `day_at` (ms) is when, `agent` who caused it, empty where nobody did.

    `withdrawn_at` is set where it was entered wrongly or the platform gave the points back; then it does not count.
    """

    id: str
    shop: str
    violation: str
    grade: Grade
    points: int
    day_at: int
    agent: str
    note: str
    recorded_by: str
    recorded_at: int
    withdrawn_by: str | None = None
    withdrawn_at: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remarks:
    """How many remarks of a family an agent left in the year, how many in spite of a warning, and what they cost."""

    agent: str
    family: str
    count: int
    confirmed: int
    points: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The year of one class: points taken and at risk, the threshold reached last and the one that comes next."""

    grade: Grade
    recorded: int
    at_risk: int
    reached: Threshold | None
    next: Threshold | None


@dataclass(frozen=True, slots=True)
class Share:
    """One agent's part: points taken because of them by class, at risk, and their remarks with points."""

    agent: str
    general: int
    serious: int
    at_risk: int
    remarks: int
    confirmed: int


def year_bounds(year: int) -> tuple[int, int]:
    """When the year begins and when the next one does, in milliseconds."""
    first, last = (datetime(one, 1, 1, tzinfo=SHOP_TIME) for one in (year, year + 1))
    return round(first.timestamp() * 1000), round(last.timestamp() * 1000)


def year_of(at: int) -> int:
    """The trade's year of this moment (ms)."""
    return datetime.fromtimestamp(at / 1000, SHOP_TIME).year


def standings(rules: PenaltyRules, penalties: Iterable[Penalty], remarks: Iterable[Remarks]) -> list[Standing]:
    """How the year stands, class by class; remarks that no violation names count as general."""
    grades: Mapping[str, Grade] = {family: one.grade for one in rules.violations for family in one.families}
    taken: dict[Grade, int] = dict.fromkeys(GRADES, 0)
    risk: dict[Grade, int] = dict.fromkeys(GRADES, 0)
    for penalty in penalties:
        if penalty.withdrawn_at is None:
            taken[penalty.grade] += penalty.points
    for remark in remarks:
        risk[grades.get(remark.family, "general")] += remark.points
    return [_standing(rules, grade, taken[grade], risk[grade]) for grade in GRADES]


def shares(penalties: Sequence[Penalty], remarks: Sequence[Remarks]) -> list[Share]:
    """Each agent's part, whoever cost most first; nobody's penalties are nobody's part."""
    counted = [one for one in penalties if one.agent and one.withdrawn_at is None]
    agents = {one.agent for one in counted} | {one.agent for one in remarks}
    found = [_share(agent, counted, remarks) for agent in agents]
    return sorted(found, key=lambda one: (-one.general - one.serious, -one.at_risk, -one.remarks, one.agent))


def _standing(rules: PenaltyRules, grade: Grade, recorded: int, at_risk: int) -> Standing:
    reached = [one for one in rules.of(grade) if one.points <= recorded]
    further = [one for one in rules.of(grade) if one.points > recorded]
    return Standing(grade, recorded, at_risk, reached[-1] if reached else None, further[0] if further else None)


def _share(agent: str, penalties: Sequence[Penalty], remarks: Sequence[Remarks]) -> Share:
    taken: Mapping[Grade, int] = {
        grade: sum(one.points for one in penalties if one.agent == agent and one.grade == grade) for grade in GRADES
    }
    own = [one for one in remarks if one.agent == agent]
    return Share(
        agent,
        taken["general"],
        taken["serious"],
        sum(one.points for one in own),
        sum(one.count for one in own),
        sum(one.confirmed for one in own),
    )
