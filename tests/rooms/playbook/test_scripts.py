"""A lead writes scripts; what a good agent would not say, or could not know, is told before it reaches a buyer."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from jinpai.playbook.checks import check_auto_reply, check_script, repeated_codes, thin_scenes
from jinpai.playbook.claims import CLAIMS
from jinpai.playbook.content import AutoReply, Script
from jinpai.playbook.model import Facts
from jinpai.playbook.predicates import PREDICATES, When, holds, named
from jinpai.playbook.scenes import FAMILIES, SCENES, SMILING
from jinpai.playbook.variables import check_variables, fill, find_variables


def script(text: str = "您好，请问想看哪一款呢？", **fields: object) -> Script:
    base = {"id": "s", "scene": "courtesy.please_wait", "audience": ["pre_sale"], "title": "试", "tone": "warm"}
    return Script.model_validate({**base, "text": text, **fields})


def test_there_are_twelve_families_and_every_smiling_scene_exists() -> None:
    assert len(FAMILIES) == 12
    assert set(SCENES) >= SMILING


def test_an_unknown_scene_is_told_with_those_of_its_family() -> None:
    with pytest.raises(ValidationError, match=r"没有场景“farewell\.x”，可用的有：farewell\.after_purchase"):
        script(scene="farewell.x")


def test_a_variable_nobody_can_fill_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"没有变量 \{生日\}"):
        script("您好{生日}快乐")


@pytest.mark.parametrize("text", ["您好{买家", "您好买家}", "您好{{买家}}", "您好{买{家}}", "{}您好"])
def test_unpaired_braces_are_refused(text: str) -> None:
    assert check_variables(text)
    with pytest.raises(ValidationError):
        script(text)


def test_variables_are_filled_and_those_without_a_value_are_named() -> None:
    text = "{买家}您好，{店铺}给您留着，{买家}放心"
    assert find_variables(text) == ("买家", "店铺")
    assert fill(text, {"买家": "小周", "店铺": ""}) == ("小周您好，{店铺}给您留着，小周放心", ("店铺",))


def test_a_value_that_looks_like_a_variable_is_not_filled_again() -> None:
    assert fill("{买家}您好", {"买家": "{店铺}", "店铺": "山野集"}) == ("{店铺}您好", ())


def test_rungs_belong_to_the_bargaining_ladder_and_nowhere_else() -> None:
    assert script(scene="bargaining.ladder", rung=3).rung == 3
    for fields in ({"scene": "bargaining.ladder"}, {"rung": 3}, {"scene": "bargaining.ladder", "rung": 7}):
        with pytest.raises(ValidationError):
            script(**fields)


@pytest.mark.parametrize("scene", sorted(SMILING))
def test_greeting_and_farewell_without_a_smile_are_told(scene: str) -> None:
    assert any("微笑" in problem for problem in check_script(script("您好，欢迎光临", scene=scene)))
    assert check_script(script("您好，欢迎光临😊", scene=scene)) == []


def test_talking_of_ourselves_more_than_of_the_buyer_is_told() -> None:
    assert any("我" in problem for problem in check_script(script("我觉得我这边我查一下")))
    assert check_script(script("我们给您查一下，您稍等")) == []
    assert check_script(script("我给您查一下，您稍等")) == []


CLAIMED = [
    ("这款有现货", {"in_stock": True}),
    ("就最后两件了，您喜欢就先拍下", {"stock_at_most": 5}),
    ("您现在拍下，今天就能发出", {"before_cutoff": True}),
    ("今天是活动最后一天，您看看", {"promotion_ends_today": True}),
    ("这会儿是活动价，您看看", {"promotion_running": True}),
    ("您这单包邮", {"free_shipping": True}),
    ("给您发顺丰", {"courier": "顺丰速运"}),
    ("这款是店里的爆款，您看看", {"best_seller": True}),
    ("这是刚上架的新款，您看看", {"new_product": True}),
    ("这款评价都很好，您看看", {"well_reviewed": True}),
    ("咱们支持七天无理由", {"guarantee": "seven_days"}),
    ("您可以用花呗付", {"payment_way": "huabei"}),
    ("价格给您改好了", {"price_changed": True}),
    ("运费给您改好了", {"freight_corrected": True}),
]


@pytest.mark.parametrize(("text", "when"), CLAIMED)
def test_a_claim_stands_only_with_the_condition_that_makes_it_true(text: str, when: dict[str, object]) -> None:
    (problem,) = check_script(script(text))
    assert "只有属实才能说" in problem
    assert check_script(script(text, when=when)) == []
    other = {"order_state": "paid"}
    assert check_script(script(text, when=other)) == [problem]


def test_every_kind_of_claim_is_tried_above_and_names_conditions_that_exist() -> None:
    tried = {claim.title for text, _ in CLAIMED for claim in CLAIMS if claim.words.search(text)}
    assert tried == {claim.title for claim in CLAIMS}
    assert {name for claim in CLAIMS for name in claim.conditions} <= set(PREDICATES)


def test_words_that_claim_nothing_pass() -> None:
    for text in (
        "您想今天要的话跟这边说一声",
        "您最后看看还有哪里要问",
        "您问的评价在页面下方",
        "运费按地区算，您发哪里？",
    ):
        assert check_script(script(text)) == [], text


def test_the_same_quick_code_twice_is_told_at_the_second() -> None:
    first, second = script(code="hy"), script(code="hy").model_copy(update={"id": "t"})
    assert repeated_codes([first, second]) == [("t", "快捷码“hy”已经用在“s”，请换一个")]


def test_a_scene_is_thin_until_it_has_six_scripts_in_two_tones() -> None:
    six = [script() for _ in range(6)]
    assert thin_scenes(six)["courtesy.please_wait"] == 6
    assert "courtesy.please_wait" not in thin_scenes([*six, script(tone="brief")])
    assert thin_scenes([])["welcome.first_contact"] == 0


def test_every_condition_content_can_name_has_its_meaning_in_code() -> None:
    assert set(When.model_fields) == set(PREDICATES)


FACTS = Facts(
    shop_kind="c",
    guarantees=frozenset({"seven_days"}),
    payment_ways=frozenset({"huabei"}),
    couriers=frozenset({"中通快递"}),
    before_cutoff=True,
    free_shipping=True,
    stock=3,
    promotion_running=True,
    promotion_ends_today=True,
    best_seller=True,
    new_product=True,
    well_reviewed=True,
    order_state="unpaid",
    price_changed=True,
    freight_corrected=True,
    returning_buyer=True,
    has_trace=True,
    body_sizes=True,
    refund_open=True,
    troubles=frozenset({"stuck"}),
    unpaid_reason="balance",
    approval="approved",
)
VALUED: dict[str, object] = {
    "shop_kind": "c",
    "guarantee": "seven_days",
    "payment_way": "huabei",
    "courier": "中通快递",
    "in_stock": True,
    "stock_at_most": 3,
    "trouble": "stuck",
    "order_state": "unpaid",
    "unpaid_reason": "balance",
    "approval": "approved",
}
HOLDING = dict.fromkeys(PREDICATES, True) | VALUED


@pytest.mark.parametrize("name", sorted(PREDICATES))
def test_a_condition_holds_on_its_fact_and_never_on_an_unknown_one(name: str) -> None:
    when = When.model_validate({name: HOLDING[name]})
    assert named(when) == {name}
    assert holds(when, FACTS)
    assert not holds(when, Facts())


def test_all_conditions_must_hold_together() -> None:
    when = When.model_validate(HOLDING)
    assert holds(when, FACTS)
    assert not holds(when, replace(FACTS, stock=0))
    assert not holds(when, replace(FACTS, couriers=frozenset()))


def test_scarcity_is_claimed_neither_of_plenty_nor_of_nothing() -> None:
    when = When(stock_at_most=3)
    assert [holds(when, Facts(stock=stock)) for stock in (0, 1, 3, 4)] == [False, True, True, False]
    assert holds(When(in_stock=False), Facts(stock=0))
    assert not holds(When(in_stock=False), Facts())


def reply(**fields: object) -> AutoReply:
    return AutoReply.model_validate({"id": "r", "trigger": "first_contact", "text": "您好，欢迎光临{店铺}😊", **fields})


def test_an_automatic_reply_uses_only_what_is_known_without_an_agent() -> None:
    assert check_auto_reply(reply()) == []
    with pytest.raises(ValidationError, match="自动回复里没有变量"):
        reply(text="您好，{客服}为您服务😊")
    assert check_auto_reply(reply(trigger="online", text="您好，{客服}为您服务😊")) == []


def test_the_first_automatic_word_smiles_and_the_waiting_one_lets_the_buyer_wait_first() -> None:
    assert check_auto_reply(reply(text="您好，欢迎光临"))
    assert check_auto_reply(reply(trigger="waiting", delay_seconds=60, text="让您久等了，客服空下来就回您")) == []
    with pytest.raises(ValidationError, match="至少 10 秒"):
        reply(trigger="waiting", text="让您久等了")
