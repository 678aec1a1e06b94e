"""Advice at the desk: what the buyer waits for, and what could be said, from the shop's records."""

import shutil
from collections.abc import Callable

import pytest
from tests.flows.conftest import Shop

from jinpai.desk.store import get_conversations
from jinpai.flows.advising.advice import read_advice
from jinpai.flows.advising.suggesting import Advice
from jinpai.flows.learning.understanding import FOLDER
from jinpai.staff.model import Actor

Ask = Callable[[str], Advice | None]


@pytest.fixture
def ask(shop: Shop) -> Ask:
    def asked(said: str) -> Advice | None:
        conversation = shop.chat()
        shop.buyer_says(conversation, said)
        return advised(shop, conversation)

    return asked


def advised(shop: Shop, conversation: str) -> Advice | None:
    with shop.house.database.read() as connection:
        state = get_conversations(connection, [conversation])[conversation]
    return read_advice(shop.house, Actor("a_1", "xiaolin", "小林", "agent", ("demo",)), state)


def test_a_question_about_dispatch_is_answered_from_the_shops_record(ask: Ask) -> None:
    advice = ask("今天付款今天能发货吗")
    assert advice is not None
    assert advice.understood is not None
    assert advice.understood.meanings[0].intent.id == "dispatch_time"
    assert any("14:00" in one.text and one.kind == "fact" for one in advice.suggestions)


def test_named_goods_are_answered_with_their_stock(ask: Ask) -> None:
    advice = ask("林行45升背包柿子橙还有货吗")
    assert advice is not None
    assert advice.slots["sku"] == "pack-linxing-45-orange"
    assert "剩 3 件" in advice.suggestions[0].text
    assert advice.suggestions[0].source == "商品资料：林行45升背包库存"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("我180 75公斤 冲锋衣穿多大", "风口冲锋衣建议选 XL"),
        ("登山杖多少钱一对", "139.00 元"),
        ("套锅电磁炉能用吗", "铝锅在电磁炉上不加热"),
        ("手套女生戴什么码 手围18", "握石手套建议选 M"),
        ("保温壶是304还是316", "内胆用的是316 不锈钢"),
        ("有人吗\n刮大风 天幕搭得住不\n五六级那种", "去核实云隐天幕的资料"),
        ("45L的包多少钱", "林行45升背包现在页面标价是"),
        ("登山杖一根还是一对", "登山杖 2 支"),
        ("手套下雨能戴不 防水吗", "不防水，雪地抓雪会湿"),
        ("袜子几双装的", "徒步袜 1 双"),
        ("你们双人帐多少钱", "溪崖双人帐现在页面标价是"),
        ("露营灯充一次电用多久", "暖光最低约 60 小时"),
    ],
)
def test_a_question_about_the_only_goods_of_their_kind_is_answered_of_these(ask: Ask, said: str, told: str) -> None:
    advice = ask(said)
    assert advice is not None
    assert told in advice.suggestions[0].text


@pytest.mark.parametrize("said", ["天幕", "有没有推荐的天幕", "想看看天幕"])
def test_who_looks_for_goods_of_a_kind_is_shown_the_only_ones(ask: Ask, said: str) -> None:
    advice = ask(said)
    assert advice is not None
    assert "推荐您看看云隐天幕" in advice.suggestions[0].text


def test_who_gives_thanks_for_goods_is_not_offered_them(ask: Ask) -> None:
    advice = ask("谢谢 天幕很好用")
    assert advice is not None
    assert not any("推荐" in one.text for one in advice.suggestions)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("那个灯能充手机不", "萤光头灯（79 元）还是月廊营地灯（139 元）"),
        ("睡袋洗了会缩水吗", "雪岭羽绒睡袋（699 元）、"),
        ("书包多少钱", "商品链接"),
    ],
)
def test_where_several_goods_may_be_meant_they_are_asked_for(ask: Ask, said: str, told: str) -> None:
    advice = ask(said)
    assert advice is not None
    assert told in advice.suggestions[0].text
    assert advice.suggestions[0].kind == "question"


def test_a_question_about_another_number_is_not_the_one_recorded(ask: Ask) -> None:
    same, other = ask("防雨罩 45升的包能用吗"), ask("防雨罩 60升的包能用吗")
    assert same is not None
    assert other is not None
    assert "faq" in {one.kind for one in same.suggestions}
    assert "faq" not in {one.kind for one in other.suggestions}


def test_how_to_send_goods_back_is_told_step_by_step(ask: Ask) -> None:
    advice = ask("不想要了 在哪里点退货")
    assert advice is not None
    assert "点“申请售后”" in advice.suggestions[0].text


def test_who_tells_that_nothing_was_sent_yet_to_change_it_is_not_taken_to_urge(ask: Ask) -> None:
    advice = ask("买错了 想换个颜色 还没发货")
    assert advice is not None
    assert {one.intent for one in advice.suggestions} == {"change_sku"}


def test_nothing_is_said_of_goods_nobody_named(ask: Ask) -> None:
    advice = ask("还有货吗")
    assert advice is not None
    assert not any(one.kind == "fact" for one in advice.suggestions)


def test_an_upset_buyer_is_soothed_first(ask: Ask) -> None:
    advice = ask("气死我了，什么垃圾，刚收到就是坏的！！！")
    assert advice is not None
    assert advice.understood is not None
    assert advice.understood.mood.feeling == "upset"
    assert advice.understood.urgent
    assert advice.actions[0].id == "soothe"
    assert advice.suggestions[0].kind == "script"


def test_three_replies_differ_and_pass_the_guard(ask: Ask, shop: Shop) -> None:
    guard = shop.house.content.shop("demo").guard
    for said in ("能便宜点吗", "可以用花呗吗", "发什么快递", "质量怎么样", "什么时候能到杭州"):
        advice = ask(said)
        assert advice is not None
        texts = [one.text for one in advice.suggestions]
        assert 1 <= len(texts) <= 3
        assert len(set(texts)) == len(texts)
        assert not any(hit.severity == "block" for text in texts for hit in guard.check(text))
        assert not any("{" in text for text in texts)


@pytest.mark.parametrize("said", ["😀😀", "123456", "。。。", "x" * 4_000, "hello how are you", "[图片]"])
def test_what_says_nothing_gets_safe_advice(ask: Ask, said: str) -> None:
    advice = ask(said)
    assert advice is not None
    assert not any(one.kind == "fact" for one in advice.suggestions)


def test_until_the_intents_are_learned_there_is_no_advice(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop.house.understandings, "prepare", lambda of, lessons: None)
    shutil.rmtree(shop.house.settings.home / FOLDER)
    conversation = shop.chat()
    shop.buyer_says(conversation, "在吗")
    with shop.house.database.read() as connection:
        state = get_conversations(connection, [conversation])[conversation]
    assert read_advice(shop.house, Actor("a_1", "xiaolin", "小林", "agent", ("demo",)), state) is None


@pytest.mark.parametrize(
    ("said", "then", "told"),
    [
        ("套锅能用电磁炉吗", "再问下多重", "炊烟套锅的重量是690 克"),
        ("双人帐防水吗", "那有几个颜色", "苔绿"),
        ("套锅能用电磁炉吗", "那有椅子吗", "松坡高背椅"),
    ],
)
def test_goods_named_by_their_kind_are_still_meant_after_the_answer(
    shop: Shop, said: str, then: str, told: str
) -> None:
    talk = shop.chat()
    shop.buyer_says(talk, said)
    shop.agent_says(talk, "帮您看过了，答案在上面😊")
    shop.buyer_says(talk, then)
    advice = advised(shop, talk)
    assert advice is not None
    assert told in advice.suggestions[0].text


def test_scripts_for_other_goods_and_for_sizes_of_the_body_are_not_offered_for_a_tarp(ask: Ask) -> None:
    advice = ask("天幕 多大的 四个人够用吗")
    assert advice is not None
    assert "4 × 3 米" in advice.suggestions[0].text
    assert not any("拉链" in one.text or "身高" in one.text for one in advice.suggestions)


@pytest.mark.parametrize(
    ("said", "told", "not_told"),
    [
        ("岩羊徒步鞋鞋底开胶了才穿一次", "您", "橡胶"),
        ("松羽羽绒服哈尔滨冬天单穿行不行", "松羽羽绒服", "运费"),
        ("登山扙咋卖的", "139.00 元", "链接"),
        ("睡带怎么洗", "暖杉棉睡袋（169 元）", "链接"),
        ("晨风速干裤我腰围2尺5 男的 穿啥码", "腰围 83 厘米", "体重"),
    ],
)
def test_faults_places_slips_and_feet_are_heard_for_what_they_are(
    ask: Ask, said: str, told: str, not_told: str
) -> None:
    advice = ask(said)
    assert advice is not None
    assert told in advice.suggestions[0].text
    assert not_told not in advice.suggestions[0].text
