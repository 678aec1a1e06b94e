"""A third suggestion that does not fit is worse than two: plain questions get no objections, worries do."""

from datetime import datetime

from jinpai.copilot.feelings.moods import Moods
from jinpai.copilot.hearing.likeness import learn_likeness
from jinpai.copilot.hearing.understanding import Meaning, Understood
from jinpai.copilot.skills.ground import Ground
from jinpai.copilot.suggesting.model import Line, Material, Suggestion
from jinpai.copilot.suggesting.ranking import suggest
from jinpai.flows.content.shop import DEMO_SHOP, load_shop_content
from jinpai.kit.clock import SHOP_TIME

CONTENT = load_shop_content(DEMO_SHOP)
MOODS = Moods(CONTENT.lessons.moods)
INTENTS = {one.id: one for one in CONTENT.lessons.intents}
GOODS = {one.id: one for one in CONTENT.products}
MONDAY = datetime(2026, 11, 23, 11, 30, tzinfo=SHOP_TIME)
ALIKE = learn_likeness([example for one in CONTENT.lessons.intents[:20] for example in one.examples]).alike


def suggestions(text: str, *intents: tuple[str, float], product: str = "") -> tuple[Suggestion, ...]:
    meanings = tuple(Meaning(INTENTS[name], sure, text) for name, sure in intents)
    heard = Understood(meanings, MOODS.feel(text), urgent=False, handover=False)
    running = [(one, MONDAY.date()) for one in CONTENT.promotions if one.id in ("new-friend-10", "season-399")]
    ground = Ground(text, {}, MONDAY, CONTENT.shop, CONTENT.products, GOODS.get(product), running=running)

    def lines(scene: str) -> list[Line]:
        return [Line(one.id, scene, one.title, one.text) for one in CONTENT.by_scene.get(scene, ())]

    return suggest(heard, ground, Material(CONTENT.answers, lines, alike=ALIKE))


def scenes(found: tuple[Suggestion, ...]) -> set[str]:
    by_id = {one.id: one.scene for one in CONTENT.scripts}
    return {by_id[one.id] for one in found if one.id in by_id}


def test_a_plain_question_about_dispatch_gets_no_objections() -> None:
    found = scenes(suggestions("今天拍什么时候发货", ("dispatch_time", 0.99)))
    assert found == {"logistics.dispatch_time"}


def test_who_fears_to_get_it_too_late_is_met_in_that() -> None:
    found = scenes(suggestions("周五要用，来得及吗", ("dispatch_time", 0.99)))
    assert "objections.delivery" in found


def test_who_only_asks_how_to_return_is_not_talked_out_of_it() -> None:
    assert not scenes(suggestions("我要退货", ("return", 0.99)))


def test_the_scene_whose_words_were_said_comes_first() -> None:
    found = suggestions("少发了一个枕头", ("wrong_or_missing_item", 0.99))
    assert found[0].id in {one.id for one in CONTENT.by_scene["after_sale.missing_item"]}


def test_small_talk_and_doubtful_meanings_are_not_answered_beside_a_certain_one() -> None:
    found = suggestions(
        "花呗能分期吗 免息不", ("instalment_huabei", 0.99), ("free_shipping", 0.43), ("small_talk", 0.7)
    )
    assert {one.intent for one in found} == {"instalment_huabei"}


def test_who_named_goods_is_not_asked_for_their_link() -> None:
    text = "上次看的那个找不到了"
    assert "courtesy.unknown_product" in scenes(suggestions(text, ("find_product", 0.9)))
    assert "courtesy.unknown_product" not in scenes(suggestions(text, ("find_product", 0.9), product="tent-xiya-2p"))


def test_what_a_promotion_answers_is_said_in_its_words() -> None:
    found = suggestions("满减和券能一起用吗", ("coupon", 0.6))
    assert found[0].text.startswith("可以的，先算满减")
    assert found[0].source.startswith("活动问答")


def test_a_question_recorded_is_offered_though_the_intent_is_not_known() -> None:
    found = suggestions("三个人能睡下吗", product="tent-xiya-2p")
    assert found[0].kind == "faq"
    assert "内帐宽 130 厘米" in found[0].text


def test_a_size_is_advised_only_of_goods_that_come_in_sizes() -> None:
    heavy = suggestions("承重多少，我190斤坐着稳不稳", ("size_advice", 0.9), ("dimensions", 0.6), product="chair-yueya")
    assert not {one for one in scenes(heavy) if one.endswith(".size")}
    assert [one.intent for one in heavy if one.kind == "fact"] == ["dimensions"]
    worn = suggestions("我190斤穿哪个码", ("size_advice", 0.9), product="jacket-fengkou")
    assert any(one.intent == "size_advice" for one in worn)


def test_two_questions_before_an_order_are_answered_in_one_reply_though_no_record_answers_them() -> None:
    meanings = tuple(
        Meaning(INTENTS[name], 0.99, words)
        for name, words in (("authenticity", "是正品吗"), ("warranty", "坏了保修多久"))
    )
    heard = Understood(meanings, MOODS.feel("是正品吗"), urgent=False, handover=False)
    ground = Ground("是正品吗 坏了保修多久", {}, MONDAY, CONTENT.shop, CONTENT.products, GOODS["pack-linxing-45"])

    def lines(scene: str) -> list[Line]:
        return [
            Line(one.id, scene, one.title, one.text) for one in CONTENT.by_scene.get(scene, ()) if "{" not in one.text
        ]

    first = suggest(heard, ground, Material(CONTENT.answers, lines, alike=ALIKE))[0]
    assert "质保" in first.text
    assert first.source.startswith("应答：问保修；话术：")
    assert first.kind == "question"


def test_a_mere_guess_without_a_word_of_it_is_not_answered_beside_goods() -> None:
    found = suggestions("哈尔滨冬天单穿行不行", ("free_shipping", 0.48), product="down-songyu")
    assert not [one for one in found if one.kind == "fact"]
    assert [one for one in suggestions("包邮吗", ("free_shipping", 0.48), product="down-songyu") if one.kind == "fact"]


def test_who_tells_of_a_fault_is_not_told_what_the_record_says_of_that_part() -> None:
    found = suggestions("鞋底开胶了才穿一次", ("quality_problem", 0.89), product="shoes-yanyang")
    assert found
    assert not [one for one in found if one.kind == "fact"]


def test_a_guess_at_stock_is_not_answered_to_who_asks_whether_a_pot_is_large_enough() -> None:
    found = suggestions("4个人吃火锅够不够大", ("stock", 0.37), product="cook-chuiyan")
    assert not [one for one in found if "有货" in one.text]
