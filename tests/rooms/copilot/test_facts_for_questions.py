"""What the records of the demo shop answer to questions that name people, traits, weather, colours, a second size."""

from dataclasses import replace

import pytest

from jinpai.catalog.promotions import is_running
from jinpai.copilot.content import Skill
from jinpai.copilot.hearing.measures import find_bodies
from jinpai.copilot.hearing.needs import find_people
from jinpai.copilot.skills.answers import tell
from jinpai.copilot.skills.ground import Ground
from jinpai.copilot.skills.skills import SKILLS
from jinpai.flows.advising.last_words import Spoken, followed
from jinpai.flows.advising.suggesting import look_around
from jinpai.flows.content.shop import load_shop_content
from jinpai.flows.filling import Scene
from jinpai.kit.clock import local_date
from jinpai.orders.model import Item, Order

ASKED = "身高165体重58公斤穿什么码"
NOW = 1_795_399_200_000
CONTENT = load_shop_content("demo")
GOODS = {product.id: product for product in CONTENT.products}
TODAY = local_date(NOW)
RUNNING = tuple((one, one.period.on(TODAY)[1]) for one in CONTENT.promotions if is_running(one, TODAY, TODAY))


def around(text: str, product: str = "", order: Order | None = None) -> Ground:
    scene = Scene(product=GOODS.get(product), running=RUNNING)
    scene = replace(scene, orders=(order,) if order is not None else ())
    return look_around(CONTENT, scene, [Spoken(is_buyer=True, text=text)], NOW)


def told(skill: Skill, text: str, product: str = "", order: Order | None = None) -> str:
    """What the skill answers first."""
    first = next(iter(SKILLS[skill](around(text, product, order))), None)
    answer = tell(first, CONTENT.answers) if first is not None else None
    return answer.text if answer is not None else ""


def bought(product: str, sku: str, state: str) -> Order:
    item = Item(GOODS[product].title, sku, 1, 100, product)
    return Order("o", "demo", "SY100001", NOW, NOW, state=state, items=(item,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("我175 150斤，老婆163 55kg", [(175, 75.0), (163, 55.0)]),
        ("老公1米8 160斤，我1米62 100斤", [(180, 80.0), (162, 50.0)]),
        ("我身高170体重130，他身高182体重160", [(170, 65.0), (182, 80.0)]),
        ("我178/75kg，我女朋友165/52kg", [(178, 75.0), (165, 52.0)]),
        ("身高172体重68公斤穿什么码", [(172, 68.0)]),
        ("有现货吗", []),
    ],
)
def test_the_measures_of_every_person_are_found(text: str, bodies: list[tuple[int, float]]) -> None:
    assert find_bodies(text) == bodies


@pytest.mark.parametrize(
    ("text", "people"), [("两个大人一个小孩", 3), ("2大2小", 4), ("两大一小", 3), ("一家三口", 3), ("两个大人", 2)]
)
def test_grown_ups_and_children_are_counted_together(text: str, people: int) -> None:
    assert find_people(text) == people


@pytest.mark.parametrize(
    ("skill", "product", "text", "parts"),
    [
        (
            "size",
            "jacket-fengkou",
            "我175 150斤，老婆163 55kg 分别什么码",
            ("175 厘米、体重 75 千克的建议选 XL", "S 或 M"),
        ),
        ("size", "shoes-yanyang", "脚长25.3，脚有点宽，选几码", ("41", "建议选 42")),
        ("size", "down-songyu", "身高165体重58公斤，那XL码呢", ("XL", "M 最合身")),
        ("size", "gloves-woshi", "手掌围21选哪个", ("建议选 L",)),
        ("stock", "shoes-yanyang", "43码还有吗", ("43 码这会儿没有货", "42 码、深棕 41 码")),
        ("stock", "shoes-xibian", "39码没有吗", ("没有做 39 码", "38 码、灰蓝 40 码")),
        ("stock", "jacket-fengkou", "红色L码还有吗", ("枫红 L这会儿没有货",)),
        ("attribute", "lamp-yingguang", "能不能充电，防不防水", ("电池是", "防水是IPX4")),
        ("compare", "tent-xiya-2p", "这个和鹿原有什么区别，一家三口用哪个好", ("溪崖", "鹿原家庭帐更合适")),
        ("compare", "", "头灯和营地灯哪个亮", ("350 流明", "月廊营地灯更合适")),
        ("compare", "pad-qingfu", "灰色和绿色有什么区别", ("松绿和石灰", "179 元", "石灰 单人这会儿没有货")),
        ("find", "", "有没有轻一点的帐篷", ("溪崖双人帐", "总重 2.3 千克")),
        ("find", "", "5度左右的天气用什么睡袋", ("雪岭羽绒睡袋", "零下 2 ℃")),
        ("recommend", "", "新手第一次露营要买哪些东西", ("立减 60 元", "溪崖双人帐、蛋巢防潮垫、暖杉睡袋")),
        ("recommend", "", "随便推荐点什么吧", ("预算大概多少",)),
        ("recommend", "cook-chuiyan", "这锅配什么炉子", ("燎火分体炉",)),
        ("size", "tee-qinglan", "爸170 140斤，妈158 105斤，各要多大", ("建议选 L", "最接近 M")),
        ("size", "bag-xueling", "我185 选标准还是加长", ("建议选 加长",)),
        ("size", "shoes-yanyang", "平时运动鞋穿41，买41还是42", ("建议选 41",)),
        ("price", "tent-luyuan-4p", "买两顶多少钱", ("1678 元",)),
        ("attribute", "chair-songpo", "我妈一百四十斤能坐吗", ("能坐", "150 千克")),
        ("attribute", "cart-tuoyun", "能拉多重", ("承重是80 千克",)),
        ("recommend", "pack-linxing-45", "这个需要配防雨罩吗", ("包装里就带防雨罩",)),
        ("find", "", "背包有没有小一点的", ("轻雀22升背包",)),
        ("find", "", "零下10度用的睡袋有吗", ("雪岭羽绒睡袋", "不太够")),
        ("find", "", "夏天穿的透气的衣服有吗", ("预算大概多少",)),
        ("freight", "", "到海南包邮吗", ("海南也是满 199 元包邮",)),
    ],
)
def test_the_record_answers_what_was_asked(skill: Skill, product: str, text: str, parts: tuple[str, ...]) -> None:
    answer = told(skill, text, product)
    assert all(part in answer for part in parts), answer


@pytest.mark.parametrize(
    ("state", "product", "sku", "text", "part"),
    [
        ("delivered", "bag-xueling", "深海蓝 标准长", "睡袋短了，想换加长的，差价怎么补", "加长现在有货"),
        ("paid", "socks-rongma", "灰 39–42", "码数拍错了，想换43的", "灰 43–45现在有货"),
        ("paid", "jacket-fengkou", "枫红 M", "想换成L码", "枫红 L这会儿没有货了"),
    ],
)
def test_an_exchange_is_looked_up_for_the_goods_ordered(
    state: str, product: str, sku: str, text: str, part: str
) -> None:
    assert part in told("exchange", text, order=bought(product, sku, state))


@pytest.mark.parametrize(
    ("text", "part"), [("我付款了怎么还显示待付款", "先别再付一次"), ("这单到哪一步了", "还没有付款")]
)
def test_who_says_they_paid_is_not_told_to_pay(text: str, part: str) -> None:
    assert part in told("order_state", text, order=bought("bag-xueling", "", "unpaid"))


def test_who_wants_the_money_back_of_an_order_without_refund_is_not_told_that_it_is_being_sent() -> None:
    assert "申请退款" in told("order_state", "怎么还不退款", order=bought("bag-xueling", "", "paid"))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("那L码呢", "身高165体重58公斤穿什么码"),
        ("那我老公180的呢", "身高165体重58公斤穿什么码"),
        ("那好吧", None),
        ("发什么快递呢", None),
    ],
)
def test_only_words_that_vary_the_question_before_are_heard_with_it(text: str, question: str | None) -> None:
    before = Spoken(is_buyer=True, text=ASKED)
    talk = [before, Spoken(is_buyer=False, text="M 码就合适~"), Spoken(is_buyer=True, text=text)]
    ground = look_around(CONTENT, Scene(product=GOODS["down-songyu"]), talk, NOW)
    assert followed(talk, ground) == question
