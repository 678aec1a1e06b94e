"""The points account: what counts, in which class, in which year, and how far it is to the next threshold."""

from dataclasses import replace
from datetime import datetime

import pytest
from pydantic import ValidationError

from jinpai.kit.clock import SHOP_TIME
from jinpai.quality.penalties import (
    Grade,
    Penalty,
    PenaltyRules,
    Remarks,
    Threshold,
    Violation,
    shares,
    standings,
    year_bounds,
    year_of,
)

RULES = PenaltyRules(
    id="penalties",
    violations=(
        Violation(id="no_invoice", name="违背发票承诺", grade="general", points=6, families=("invoice",)),
        Violation(id="privacy", name="泄露买家信息", grade="serious", points=6, families=("buyer_privacy",)),
    ),
    general=(Threshold(points=12, what="屏蔽 7 天"), Threshold(points=24, what="屏蔽 14 天")),
    serious=(Threshold(points=12, what="限制发布"),),
)


def taken(points: int, grade: Grade = "general", agent: str = "a_1") -> Penalty:
    return Penalty("pn", "demo", "no_invoice", grade, points, 1, agent, "", "agent:a_9", 2)


def test_points_add_up_by_class_and_lead_from_threshold_to_threshold() -> None:
    general, serious = standings(RULES, [taken(6), taken(6), taken(4, "serious")], [])
    assert (general.recorded, general.reached, general.next) == (12, RULES.general[0], RULES.general[1])
    assert (serious.recorded, serious.reached, serious.next) == (4, None, RULES.serious[0])


def test_beyond_the_last_threshold_there_is_no_next() -> None:
    general = standings(RULES, [taken(48)], [])[0]
    assert (general.reached, general.next) == (RULES.general[1], None)


def test_what_was_withdrawn_counts_nowhere() -> None:
    gone = replace(taken(6), withdrawn_at=9, withdrawn_by="agent:a_9", reason="返还")
    assert standings(RULES, [gone], [])[0].recorded == 0
    assert shares([gone], []) == []


def test_remarks_put_points_at_risk_in_the_class_of_their_violation() -> None:
    remarks = [
        Remarks("a_1", "invoice", 2, 1, 12),
        Remarks("a_1", "buyer_privacy", 1, 0, 6),
        Remarks("a_2", "cold", 1, 0, 1),
    ]
    general, serious = standings(RULES, [], remarks)
    assert (general.recorded, general.at_risk, serious.at_risk) == (0, 13, 6)


def test_who_cost_most_comes_first_and_nobodys_penalty_is_nobodys_part() -> None:
    found = shares(
        [taken(2, agent="a_1"), taken(6, agent="a_2"), taken(48, agent="")], [Remarks("a_3", "invoice", 3, 2, 18)]
    )
    assert [(one.agent, one.general, one.at_risk, one.remarks, one.confirmed) for one in found] == [
        ("a_2", 6, 0, 0, 0), ("a_1", 2, 0, 0, 0), ("a_3", 0, 18, 3, 2),
    ]  # fmt: skip


def test_a_year_begins_at_midnight_of_the_trade() -> None:
    midnight = round(datetime(2027, 1, 1, tzinfo=SHOP_TIME).timestamp() * 1000)
    assert (year_of(midnight - 1), year_of(midnight)) == (2026, 2027)
    assert year_bounds(2026)[1] == year_bounds(2027)[0] == midnight


@pytest.mark.parametrize(
    "wrong",
    [
        {"general": [{"points": 24, "what": "后"}, {"points": 12, "what": "先"}]},
        {"violations": [{"id": "a", "name": "甲", "grade": "general", "points": 1}] * 2},
    ],
    ids=["thresholds out of order", "a violation twice"],
)
def test_rules_that_contradict_themselves_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PenaltyRules.model_validate({"id": "penalties", **wrong})
