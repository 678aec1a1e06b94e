"""What is known around a message decides: the shop's facts, the order, what the buyer has just asked."""

from typing import Any

import pytest
from tests.rooms.guard.rulebook import entry, guard_of

from jinpai.guard.context import Context
from jinpai.guard.conversation import check_talk, read_talk
from jinpai.guard.engine import Guard
from jinpai.guard.model import Said, Situation

WHEN = {"kind": "answer", "find": None, "asked": ["什么时候", "多久"], "wants": "time"}
EVENTS = {"about": [["发货", "发出"], ["收到", "送到", "到货"]]}


def severities(guard: Guard, text: str, *asked: str, **context: Any) -> list[str]:
    before = tuple(Said("buyer", words) for words in asked)
    known = Context.model_validate(context)
    return [hit.severity for hit in guard.check(text, Situation(before, {}, known))]


def test_a_rule_with_conditions_waits_until_they_are_known() -> None:
    guard = guard_of(entry(given={"is_buyers": False}))
    assert severities(guard, "对个暗号", order={"is_buyers": False}) == ["block"]
    assert severities(guard, "对个暗号", order={"is_buyers": True}) == []
    assert severities(guard, "对个暗号") == []


def test_a_fact_excuses() -> None:
    guard = guard_of(entry(unless={"given": {"guarantee": "authentic_triple"}}))
    assert severities(guard, "对个暗号", shop={"guarantees": ["authentic_triple"]}) == []
    assert severities(guard, "对个暗号", shop={"guarantees": []}) == ["block"]
    assert severities(guard, "对个暗号") == ["block"]


def test_a_rule_may_count_only_while_the_buyer_waits_for_that_answer() -> None:
    guard = guard_of(entry(buyer_asks=["口令"]))
    assert severities(guard, "对个暗号", "你们的口令是什么") == ["block"]
    assert severities(guard, "对个暗号", "在吗") == []
    answered = (Said("buyer", "口令是什么"), Said("agent", "稍等"), Said("buyer", "好"))
    assert guard.check("对个暗号", Situation(answered)) == ()


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("亲，今天下午就发出哦~", False),
        ("一般48小时内发货的呢", False),
        ("亲，我们会尽快安排的哦~", True),
        ("马上给您安排上", True),
        ("亲，预计后天能送到您手上哦", True),
        ("亲，我们用的是顺丰哦", True),
        ("好的", False),
    ],
)
def test_when_wants_a_time_of_the_event_asked_about(text: str, hit: bool) -> None:
    guard = guard_of(entry(**WHEN, **EVENTS))
    assert bool(severities(guard, text, "我的什么时候发货呀")) is hit
    assert severities(guard, text, "这个好看吗") == []


def test_how_much_wants_an_amount_and_which_wants_a_name() -> None:
    much = guard_of(entry(kind="answer", find=None, asked=["多少钱"], wants="amount"))
    assert severities(much, "亲，这款质量很好的哦", "运费多少钱") == ["block"]
    assert severities(much, "亲，首重12元，续重10元哦", "运费多少钱") == []
    assert severities(much, "亲，咱们家都是包邮的哦", "运费多少钱") == []
    which = guard_of(entry(kind="answer", find=None, asked=["什么快递"], wants="name", names=["中通", "顺丰"]))
    assert severities(which, "亲，发的都是大快递哦", "发什么快递") == ["block"]
    assert severities(which, "亲，默认发中通哦", "发什么快递") == []


def test_yes_or_no_is_answered_or_the_property_is_named() -> None:
    guard = guard_of(entry(kind="answer", find=None, asked=["吗"], wants="decision"))
    assert severities(guard, "亲，这款卖得很好的哦", "会掉色吗") == ["block"]
    assert severities(guard, "亲，不会的，您放心哦", "会掉色吗") == []
    assert severities(guard, "掉色问题师傅反复测过了哦", "会掉色吗") == []


STOCK = entry(kind="claim", fact="in_stock", find=["有货"], silent="warn")


def test_a_claim_is_true_false_or_something_the_data_is_silent_about() -> None:
    guard = guard_of(STOCK)
    assert severities(guard, "亲，有货的哦", product={"stock": 3}) == []
    assert severities(guard, "亲，有货的哦", product={"stock": 0}) == ["block"]
    assert severities(guard, "亲，有货的哦", product={"title": "登山杖"}) == ["warn"]
    assert severities(guard, "亲，有货的哦") == []


@pytest.mark.parametrize(
    ("fact", "find", "text", "context", "severity"),
    [
        ("pieces_left", "只剩", "只剩2件了哦", {"product": {"stock": 2}}, None),
        ("pieces_left", "只剩", "只剩2件了哦", {"product": {"stock": 200}}, "block"),
        ("sold_out", "断货", "这款断货了", {"product": {"stock": 5}}, "block"),
        ("price", "只要", "现在只要 89 元", {"product": {"price": "99.00"}}, "block"),
        ("price", "只要", "现在只要 99 元", {"product": {"price": "99.00"}}, None),
        ("price", "只要", "亲259元是咱们今天这款的到手价啦只要这个数", {"product": {"price": "259.00"}}, None),
        ("price", "只要", "现在只要咱们老店里今天活动最低价259元", {"product": {"price": "259.00"}}, None),
        ("promotion", "有活动", "现在有活动哦", {"promotions": []}, "block"),
        (
            "promotion_ends",
            "最后一天",
            "活动最后一天啦",
            {"now": "2026-03-01T10:00:00+08:00", "promotions": [{"ends_at": "2026-03-05T00:00:00+08:00"}]},
            "block",
        ),
        (
            "dispatch_today",
            "今天发",
            "现在拍今天发",
            {"now": "2026-03-01T18:00:00+08:00", "shop": {"dispatch_cutoff": "14:00"}},
            "block",
        ),
        (
            "dispatch_today",
            "今天发",
            "现在拍今天发",
            {"now": "2026-03-01T02:00:00Z", "shop": {"dispatch_cutoff": "14:00"}},
            None,
        ),
        ("courier", "顺丰", "给您发顺丰", {"shop": {"couriers": ["中通快递", "EMS"]}}, "block"),
        ("courier", "中通", "给您发中通", {"shop": {"couriers": ["中通快递", "EMS"]}}, None),
        ("free_shipping", "包邮", "都包邮哦", {"product": {"free_shipping": False}}, "block"),
        ("free_shipping", "包邮", "新疆也包邮", {"product": {"free_shipping_except": ["新疆"]}}, "block"),
        ("guarantee", "假一赔三", "我们假一赔三", {"shop": {"guarantees": ["seven_days"]}}, "block"),
        ("payment_way", "花呗", "支持花呗", {"shop": {"payment_ways": ["balance"]}}, "block"),
        ("price_floor", "给您", "给您80元吧", {"product": {"floor": "85"}}, "block"),
        ("reduction", "优惠", "给您优惠5元", {"authority": {"reduction": "0"}}, "block"),
        ("reduction", "优惠", "给您优惠5元", {"authority": {"reduction": "10.00"}}, None),
        ("discount", "折", "给您打8折", {"authority": {"discount": 10}}, "block"),
        ("discount", "折", "给您打95折", {"authority": {"discount": 10}}, None),
        ("gift", "送您", "送您一双袜子", {"authority": {"gift": False}}, "block"),
        ("compensation", "赔您", "赔您30元", {"authority": {"compensation": "20"}}, "block"),
    ],
)  # fmt: skip
def test_each_fact_is_compared_with_the_shop_s_data(
    fact: str, find: str, text: str, context: dict[str, Any], severity: str | None
) -> None:
    guard = guard_of(entry(kind="claim", fact=fact, find=[find]))
    assert severities(guard, text, **context) == ([severity] if severity else [])
    assert severities(guard, text) == []


def test_words_piled_up_are_one_remark_over_all_of_them() -> None:
    guard = guard_of(entry(kind="count", find=["我"], more_than=2))
    assert guard.check("我觉得我可以") == ()
    (hit,) = guard.check("我觉得我跟我们经理")
    assert (hit.start, hit.end) == (0, 6)


def test_bait_is_found_in_the_buyer_s_words_only() -> None:
    guard = guard_of(entry(family="trap", find=["开成办公用品"], trap="invoice", must_pass=["开发票吗", "办公用的"]))
    assert guard.check("发票开成办公用品") == ()
    talk = {"messages": [{"from": "buyer", "text": "发票开成办公用品"}, {"from": "agent", "text": "发票开成办公用品"}]}
    (hit,) = check_talk(guard, read_talk(talk))
    assert (hit.message, hit.trap, hit.hit.family) == (0, "invoice", "trap")
