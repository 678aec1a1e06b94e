"""What is known is not asked again, what is not known is asked back, and the goods of the talk are those meant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
import re2
from demo_ground import CONTENT, MONDAY, ground, said
from tests.rooms.copilot.test_fitting_suggestions import INTENTS, MOODS

from jinpai.copilot.skills.ground import Ground
from jinpai.copilot.skills.orders import tracking
from jinpai.copilot.skills.promotions import coupon, promotion
from jinpai.copilot.skills.sayings import sayings, which_goods
from jinpai.copilot.skills.shop import dispatch, invoice, payment_ways
from jinpai.copilot.skills.sizing import size
from jinpai.copilot.skills.skills import SKILLS
from jinpai.flows.advising.last_words import Spoken
from jinpai.flows.advising.suggesting import look_around, rungs_due
from jinpai.flows.filling import Scene
from jinpai.kit.clock import SHOP_TIME
from jinpai.orders.model import Order, Parcel, State

NOW = int(datetime(2026, 11, 23, 11, 30, tzinfo=SHOP_TIME).timestamp() * 1000)


def talk(*lines: str) -> Ground:
    """The ground of a talk; lines begin with 买 or 客."""
    spoken: Sequence[Spoken] = [Spoken(line[0] == "买", line[1:].strip()) for line in lines]
    return look_around(CONTENT, Scene(), spoken, NOW)


def spoken_of(*lines: str) -> str | None:
    product = talk(*lines).product
    return product.id if product is not None else None


def asked(intent: str, text: str, order: Order | None = None, product: str = "") -> str:
    around = replace(ground(text, product), order=order)
    return next((one.text for one in sayings(INTENTS[intent], around, CONTENT.answers, 0)), "")


def an_order(state: State) -> Order:
    parcels = (Parcel("78800001", "中通快递"),) if state == "shipped" else ()
    return Order("o_1", "demo", "SY109999", NOW, NOW, state=state, parcels=parcels)


def in_season(text: str, product: str = "") -> Ground:
    """The ground while the shop's promotions run."""
    return replace(ground(text, product), running=[(one, MONDAY.date()) for one in CONTENT.promotions])


@pytest.mark.parametrize(
    ("pieces", "told"),
    [(3, "离满 399 元还差 42 元"), (4, "一共 476 元，这会儿的活动结算页自动减 40 元，您付 436 元就好")],
)
def test_so_many_pieces_are_reckoned_against_what_is_running(pieces: int, told: str) -> None:
    running = [(one, MONDAY.date()) for one in CONTENT.promotions if one.id == "season-399"]
    around = replace(in_season("能优惠吗", "chair-yueya"), slots={"quantity": pieces}, running=running)
    assert told in said(promotion(around))


def patterns_find(intent: str, words: str) -> bool:
    return any(re2.search(pattern, words) for pattern in INTENTS[intent].patterns)


def test_goods_the_agent_spoke_of_are_what_is_meant() -> None:
    assert spoken_of("买 睡袋哪款轻", "客 雪岭羽绒睡袋更轻~", "买 发来看看") == "bag-xueling"
    assert spoken_of("买 月牙露营椅多少钱", "客 119 元~", "买 三把椅子能优惠吗") == "chair-yueya"
    assert spoken_of("买 椅子有哪些", "客 月牙露营椅和松坡高背椅都有~", "买 发来看看") is None


def test_several_goods_of_a_kind_are_asked_back_never_guessed() -> None:
    told = said(which_goods(INTENTS["discount_ask"], ground("三把椅子能优惠吗")))
    assert "松坡高背椅（199 元）" in told
    assert "月牙露营椅（119 元）" in told
    assert not which_goods(INTENTS["discount_ask"], ground("三把椅子能优惠吗", "chair-yueya"))
    assert not which_goods(INTENTS["find_product"], ground("有没有适合老人坐的椅子"))


@pytest.mark.parametrize("words", ["发来看看", "发过来看下", "图发我看看", "那发我瞅瞅", "实物图发一下", "发我照片"])
def test_who_asks_to_see_it_is_sent_what_was_spoken_of(words: str) -> None:
    assert patterns_find("real_photo", words)
    (fact,) = SKILLS["picture"](ground(words, "tent-xiya-2p"))
    assert fact.card[0] == "tent-xiya-2p"


@pytest.mark.parametrize("words", ["我随便看看", "图我发你了", "看看再说", "订单号发你了"])
def test_who_looks_around_or_sends_a_picture_asks_for_none(words: str) -> None:
    assert not patterns_find("real_photo", words)


def test_an_order_known_is_not_asked_for() -> None:
    unsent, sent = an_order("paid"), an_order("shipped")
    assert "还没有发出" in asked("change_address", "改下地址", unsent)
    assert "已经发出" in asked("change_address", "改下地址", sent)
    assert "红色 L码" in asked("change_sku", "换成红色L码", unsent)
    for intent in ("change_address", "change_sku", "cancel_order", "exchange", "price_protection", "approve_refund"):
        for order in (unsent, sent):
            told = asked(intent, "麻烦您了", order)
            assert "9999" in told
            assert "订单号" not in told
    assert "订单号" in asked("approve_refund", "麻烦同意一下")
    assert "岩羊徒步鞋" in asked("restock", "啥时候补货", product="shoes-yanyang")


def test_a_lost_parcel_is_not_answered_with_its_number_alone() -> None:
    told = said(tracking(replace(ground("物流三天没动了"), order=an_order("shipped"))))
    assert "抱歉" in told
    assert "78800001" in told
    assert "抱歉" not in said(tracking(replace(ground("到哪了"), order=an_order("shipped"))))


def test_a_size_is_told_as_far_as_the_table_goes() -> None:
    near = replace(ground("158 90斤", "down-songyu"), slots={"height": 158, "weight": 45.0})
    assert "最接近的是 M" in said(size(near))
    far = replace(ground("200 200斤", "down-songyu"), slots={"height": 200, "weight": 130.0})
    assert not size(far)
    gone = replace(ground("96斤", "pants-chenfeng"), slots={"weight": 48.0})
    assert "女 S 这会儿没货" in said(size(gone))
    usual = replace(ground("我42码", "socks-rongma"), slots={"size": "42"})
    assert "39–42" in said(size(usual))


def test_what_does_not_work_is_answered_with_what_helps() -> None:
    assert "截个图" in said(payment_ways(ground("付款一直失败")))
    assert "首次购买" in said(coupon(in_season("券用不了")))
    assert "专票" in said(invoice(ground("能开专票吗")))


def test_a_promotion_is_told_for_whom_and_until_when_it_is_asked() -> None:
    assert "新朋友券" in said(promotion(in_season("新人有优惠吗"))[:1])
    assert "为止" in said(promotion(in_season("这个活动到几号", "tarp-yunyin")))
    assert "溪崖" not in said(promotion(in_season("有什么活动"))[:1])


def test_who_pays_tonight_is_told_when_that_goes_out() -> None:
    assert "以后付款的订单明天" in said(dispatch(ground("晚上拍什么时候发")))


def test_who_asks_whether_it_is_false_is_not_angry() -> None:
    assert MOODS.feel("不会是假货吧").feeling != "upset"
    assert MOODS.feel("你们卖假货").feeling == "upset"


def test_the_ladder_is_not_begun_at_its_end() -> None:
    haggling = [Spoken(True, "便宜点呗"), Spoken(False, "这款用料好~"), Spoken(True, "再少点")]
    assert set(rungs_due(haggling[:1], haggles)) == {1, 2}
    assert set(rungs_due(haggling, haggles)) == {2, 3}
    told = [Spoken(True, "便宜点呗"), Spoken(False, "送您一双袜子~", rung=3), Spoken(True, "再少点")]
    assert set(rungs_due(told, haggles)) == {4, 5}
    assert set(rungs_due(haggling * 9, haggles)) == {5, 6}


def haggles(text: str) -> bool:
    return "便宜" in text or "少" in text
