"""Buyers ask in words the record does not use: its answers are found by the matter, and quoted as they stand."""

import pytest
from demo_ground import CONTENT, MONDAY, ground

from jinpai.catalog.content import Product
from jinpai.copilot.skills.answers import tell
from jinpai.copilot.skills.attributes import SAID, attribute
from jinpai.copilot.skills.questions import about_the_same
from jinpai.flows.advising.last_words import Spoken
from jinpai.flows.advising.suggesting import STOPPING, situation_of


@pytest.mark.parametrize(
    ("product", "text", "told"),
    [
        ("shoes-xibian", "踩水里石头打滑不", "湿石头上抓地不错，青苔面谁的鞋都滑"),
        ("down-songyu", "会不会钻毛", "偶尔针脚露绒尖别往外拔"),
        ("pack-linxing-45", "这个包能带上飞机不", "办托运最省心"),
        ("pack-qingque-22", "15.6的游戏本塞得进去吗", "15.6 寸放主仓能塞"),
        ("tent-xiya-2p", "我一个女生自己搭得起来不", "女生一个人也行"),
        ("pad-qingfu", "睡一晚上漏气怎么弄", "冒泡的地方就是"),
        ("chair-songpo", "能当躺椅睡午觉不", "午睡够用，躺不成床"),
        ("hat-zheyin", "头围61能戴进去吗", "六十厘米以内都行"),
        ("poles-zhuxi", "我165要调多长", "身高乘 0.68"),
        ("stove-liaohuo", "带气罐一起寄过来吗", "气罐是压力容器，快递不收"),
    ],
)
def test_a_recorded_question_is_found_by_what_it_is_about(product: str, text: str, told: str) -> None:
    assert told in next(iter(about_the_same(text, ground(text, product)))).text


@pytest.mark.parametrize(
    ("product", "text"),
    [
        ("bag-xueling", "零下十度能用吗"),
        ("tent-luyuan-4p", "七级风顶得住吗"),
        ("jacket-fengkou", "零下十度能穿吗"),
        ("tent-xiya-2p", "多少钱"),
        ("cook-chuiyan", "4个人吃火锅够不够大"),
        ("bottle-shanquan", "能装可乐不"),
        ("bottle-shanquan", "泡茶会不会串味"),
    ],
)
def test_a_question_about_another_number_or_matter_is_not_taken_for_it(product: str, text: str) -> None:
    assert not [*about_the_same(text, ground(text, product))]


@pytest.mark.parametrize(
    ("product", "text", "told"),
    [
        ("jacket-fengkou", "里面那层绒的能不能单独穿", "内胆单穿就是抓绒衣"),
        ("bottle-shanquan", "能装可乐不", "避免进洗碗机、装干冰和碳酸饮料"),
        ("bottle-shanquan", "泡茶会不会串味", "泡茶不串味"),
        ("jacket-fengkou", "墨青色显黑不 跟图一样吗", "墨青偏灰绿"),
        ("down-songyu", "哈尔滨冬天单穿行不行", "扛不了零下十几度，要配外层"),
        ("stove-liaohuo", "高原上打得着火吗", "备个打火机"),
        ("tee-qinglan", "大夏天穿热不热啊", "干得快"),
        ("tent-xiya-2p", "夏天蚊子多 防蚊吗", "内帐大面积纱网"),
        ("gloves-woshi", "零下十度戴这个手冷不", "零上五度到零下几度活动用"),
        ("kit-antu", "里头有没有碘伏", "布袋、纱布、绷带"),
        ("chair-yueya", "我210斤坐上去会不会塌", "120 千克"),
        ("bag-nuanshan", "十月底去武功山顶过夜 这个够不够盖", "10 ℃ 左右"),
    ],
)
def test_what_the_record_says_of_the_matter_is_quoted(product: str, text: str, told: str) -> None:
    facts = attribute(ground(text, product))
    said = tell(facts[0], CONTENT.answers)
    assert said is not None
    assert told in said.text


@pytest.mark.parametrize("one", CONTENT.products, ids=lambda one: one.id)
def test_what_is_quoted_stands_in_the_record_letter_by_letter(one: Product) -> None:
    record = one.model_dump_json() + "".join(f"{name} {value}" for name, value in one.attributes.items())
    for topic in CONTENT.topics:
        for fact in attribute(ground(topic.asked[0], one.id)):
            lines = fact.values["资料"].split("；") if fact.wording == SAID else []
            assert all(line.removeprefix("避免") in record for line in lines)


@pytest.mark.parametrize("one", CONTENT.products, ids=lambda one: one.id)
def test_no_answer_of_the_shop_s_own_record_is_held_back_by_the_guard(one: Product) -> None:
    for asked in one.faq:
        judge = situation_of(CONTENT, [Spoken(is_buyer=True, text=asked.question)], int(MONDAY.timestamp() * 1000))
        hits = CONTENT.guard.check(asked.answer, judge(asked.answer))
        assert not [hit.rule for hit in hits if hit.severity in STOPPING]
