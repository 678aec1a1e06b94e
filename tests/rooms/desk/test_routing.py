"""Who gets which buyer: skill, acquaintance, room and turn."""

import pytest

from jinpai.desk.content import GroupRules, ServiceRules
from jinpai.desk.model import Conversation
from jinpai.desk.patience import asks_to_wait
from jinpai.desk.routing import Seat, choose, group_of, minutes_to_wait, share

RULES = ServiceRules(
    id="service",
    capacity=2,
    asks_wait=("稍等", "我去查"),
    groups={
        "aftersale": GroupRules(title="售后", words=("退货", "坏了")),
        "insale": GroupRules(title="发货", words=("快递", "发货")),
    },
)
TURNS = RULES.model_copy(update={"strategy": "round_robin"})


def seat(name: str, open_: int = 0, served_at: int = 0, capacity: int = 2, **more: object) -> Seat:
    values: dict[str, object] = {"takes_new": True, "groups": frozenset(), **more}
    return Seat(name, name, open=open_, capacity=capacity, served_at=served_at, **values)  # type: ignore[arg-type]


def buyer(name: str, text: str = "在吗", knows: str | None = None) -> Conversation:
    return Conversation(
        name, "demo", "widget", "b", "访客", "open", None, 1, 0, 0, "buyer", text, 0, 1, "demo-web", None,
        queued_at=0, knows=knows,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("这款帐篷防水吗", "presale"),
        ("我的快递到哪了", "insale"),
        ("拉链坏了想退货", "aftersale"),
        ("快递寄来就坏了", "aftersale"),
    ],
)
def test_the_buyers_words_tell_the_group(text: str, group: str) -> None:
    assert group_of(text, RULES) == group


def test_the_least_busy_gets_the_buyer_and_a_full_desk_gets_none() -> None:
    chosen = choose([seat("忙", 1), seat("闲", 0)], "presale", None, RULES)
    assert chosen is not None
    assert chosen.name == "闲"
    assert choose([seat("满", 2), seat("也满", 2)], "presale", None, RULES) is None


def test_busy_is_counted_against_what_one_can_carry() -> None:
    chosen = choose([seat("新人", 1, capacity=2), seat("老手", 3, capacity=10)], "presale", None, RULES)
    assert chosen is not None
    assert chosen.name == "老手"


def test_in_turns_the_one_who_waited_longest_for_a_buyer_is_next() -> None:
    seats = [seat("甲", 0, served_at=30), seat("乙", 1, served_at=10), seat("丙", 0, served_at=20)]
    shared = share([buyer(str(n)) for n in range(4)], seats, TURNS, now=40)
    assert [chosen.name for _, chosen in shared] == ["乙", "丙", "甲", "丙"]


def test_after_sale_goes_to_those_who_do_it_and_to_others_only_when_none_of_them_is_there() -> None:
    skilled = seat("售后", 1, groups=frozenset({"aftersale"}))
    other = seat("售前", 0, groups=frozenset({"presale"}))
    chosen = choose([other, skilled], "aftersale", None, RULES)
    assert chosen is not None
    assert chosen.name == "售后"
    full = seat("售后", 2, groups=frozenset({"aftersale"}))
    assert choose([other, full], "aftersale", None, RULES) is None
    helping = choose([other], "aftersale", None, RULES)
    assert helping is not None
    assert helping.name == "售前"


def test_a_returning_buyer_comes_to_the_agent_who_knows_them_unless_that_one_is_full_or_gone() -> None:
    seats = [seat("熟人", 1), seat("闲人", 0)]
    chosen = choose(seats, "presale", "熟人", RULES)
    assert chosen is not None
    assert chosen.name == "熟人"
    for taken in (seat("熟人", 2), seat("熟人", 0, takes_new=False)):
        other = choose([taken, seats[1]], "presale", "熟人", RULES)
        assert other is not None
        assert other.name == "闲人"
    strangers = choose(seats, "presale", "熟人", RULES.model_copy(update={"returning": False}))
    assert strangers is not None
    assert strangers.name == "闲人"


def test_the_queue_is_served_in_order_until_everybody_is_full() -> None:
    shared = share([buyer("一"), buyer("二"), buyer("三")], [seat("独自", 0)], RULES, now=1)
    assert [(state.id, chosen.name) for state, chosen in shared] == [("一", "独自"), ("二", "独自")]


def test_one_whose_capacity_is_nothing_gets_nobody() -> None:
    assert choose([seat("主管", 0, capacity=0)], "presale", None, RULES) is None


def test_the_wait_told_is_never_nothing_and_grows_with_the_queue() -> None:
    assert minutes_to_wait(0, 3, RULES) == 1
    assert minutes_to_wait(9, 1, RULES) > minutes_to_wait(9, 3, RULES) > 1
    assert minutes_to_wait(5, 0, RULES) > 1


@pytest.mark.parametrize(("text", "asks"), [("请稍 等哈", True), ("我去查一下库存", True), ("已经查到了", False)])
def test_words_that_ask_to_wait_are_known(text: str, asks: bool) -> None:
    assert asks_to_wait(text, RULES) is asks
