"""What an agent says about goods, orders and money is judged with what the shop's records say at that moment."""

from collections import Counter

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.desk.model import Draft
from jinpai.flows.attaching import attach
from jinpai.flows.guarding.surroundings import Surroundings, learn, looker
from jinpai.flows.receive import Incoming, receive
from jinpai.flows.send import clear
from jinpai.guard.model import Cleared, NeedsApproval, Refused
from jinpai.journal.reader import NEWEST, read_before
from jinpai.kit.ids import new_secret
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow, Parcel
from jinpai.staff.model import Actor, Role

XIAOLIN = Actor("a_1", "xiaolin", "小林", Role.AGENT, ("demo",))
LAOQIN = Actor("a_1", "laoqin", "老秦", Role.AGENT, ("demo",))


class Desk:
    """An agent at the desk with one buyer; `changes` counts the hints that orders changed."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.chat = shop.chat()
        self.changes: Counter[str] = Counter()
        self.around = Surroundings("demo", self.chat, self.changes)
        self.reads = 0

    def hears(self, *texts: str) -> None:
        for text in texts:
            self.shop.buyer_says(self.chat, text)
        self.catches_up()

    def catches_up(self) -> None:
        self.around = Surroundings("demo", self.chat, self.changes)
        with self.shop.house.database.read() as connection:
            self.around.hear(read_before(connection, self.chat, NEWEST, 20))

    def is_told(self, number: str, **more: object) -> None:
        """A source tells of an order."""
        row = OrderRow(number, **more)  # type: ignore[arg-type]
        self.shop.house.writer.run(record_orders(self.shop.house.sealer, "demo", [row]))
        self.changes["demo"] += 1

    def buyer(self) -> str:
        from jinpai.desk.store import get_conversations

        with self.shop.house.database.read() as connection:
            return get_conversations(connection, [self.chat])[self.chat].buyer

    def says(self, text: str, actor: Actor = XIAOLIN, card: object = None) -> Cleared | NeedsApproval | Refused:
        draft = Draft("demo", self.chat, AGENT, text, new_secret())
        look = looker(self.around, actor, card)  # type: ignore[arg-type]
        answer = clear(self.shop.house, draft, self.around.recent, look)
        if self.around.lacks:
            self.reads += 1
            learn(self.shop.house, self.around, text)
            answer = clear(self.shop.house, draft, self.around.recent, look)
        return answer

    def rules(self, text: str, actor: Actor = XIAOLIN, card: object = None) -> set[str]:
        return {hit.rule for hit in self.says(text, actor, card).hits}


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def test_stock_is_that_of_the_goods_named_in_the_talk(desk: Desk) -> None:
    desk.hears("溪崖那款帐篷砂岩黄的还有吗")
    assert isinstance(desk.says("您好😊 溪崖有现货的，今天下午就能为您安排"), Cleared)
    assert "false_claim.sold_out" in desk.rules("实在抱歉，溪崖双人帐已经卖完了哦，您看看别的款式好吗")
    assert "false_claim.pieces_left" in desk.rules("您好，砂岩黄只剩最后2件了，喜欢的话早点下单哦")
    assert "false_claim.pieces_left" not in desk.rules("您好😊 砂岩黄只剩12件了，您需要几顶呢")


def test_stock_is_that_of_the_product_card_sent_last(desk: Desk) -> None:
    card = {"kind": "product", "product": "tent-xiya-2p"}
    hung = attach(desk.shop.house, "demo", desk.chat, AGENT, card)
    message = Incoming("demo", desk.chat, AGENT, "这款有吗", new_secret(), hung)
    desk.shop.house.writer.run(receive(message))
    desk.catches_up()
    assert "false_claim.sold_out" in desk.rules("实在抱歉，这款没货了哦，给您推荐同类的好吗")


def test_a_card_that_goes_with_the_words_says_what_they_are_about(desk: Desk) -> None:
    desk.hears("推荐一款帐篷吧")
    text = "实在抱歉，这款没货了哦，到货了第一时间告诉您"
    assert "false_claim.sold_out" not in desk.rules(text)
    assert "false_claim.sold_out" in desk.rules(text, card={"kind": "product", "product": "tent-xiya-2p"})


def test_a_price_that_the_page_does_not_show_is_stopped(desk: Desk) -> None:
    desk.hears("溪崖双人帐多少钱")
    assert "false_claim.price" in desk.rules("您好😊 这款售价399元，双层防雨，铝杆自立式")
    assert isinstance(desk.says("您好😊 这款售价459元，双层防雨，铝杆自立式"), Cleared)


def test_a_limited_price_is_the_price_while_it_lasts(desk: Desk) -> None:
    desk.hears("云隐天幕 卡其的多少钱")
    assert "false_claim.price" not in desk.rules("您好😊 这款现价229元，这几天是限时价")
    desk.shop.clock.advance(10 * 86_400_000)
    assert "false_claim.price" in desk.rules("您好😊 这款现价229元，您看看需要几个")


def test_a_promotion_that_does_not_end_today_is_not_said_to(desk: Desk) -> None:
    desk.hears("满减到什么时候")
    assert "false_claim.promotion_ends" in desk.rules("亲，满减活动今天结束，早点拍哦")


def test_the_courier_of_the_buyers_order_is_the_one_that_is_told(desk: Desk) -> None:
    desk.hears("我的快递到哪了")
    desk.is_told(
        "2611229001", buyer=desk.buyer(), state="shipped", total=4_500, parcels=(Parcel("YT1234567890", "中通快递"),)
    )
    assert "false_claim.courier" in desk.rules("您这单发的是顺丰，已经在路上了，预计一般两三天能到哦😊")
    assert "false_claim.courier" not in desk.rules("您这单发的是中通，已经在路上了，预计一般两三天能到哦😊")
    assert "false_claim.courier" not in desk.rules("下次您拍下的话也可以选顺丰哦😊")


def test_an_order_of_somebody_else_is_not_read_out(desk: Desk) -> None:
    desk.is_told("2611229002", buyer_name="另一位买家", state="paid", total=9_900)
    desk.hears("帮我看看订单2611229002寄到哪里")
    assert "buyer_privacy.other_account" in desk.rules("您好，这个订单的收货地址是杭州市西湖区，已经付款了哦")


def test_the_buyers_own_order_may_be_spoken_of(desk: Desk) -> None:
    desk.is_told("2611229003", buyer=desk.buyer(), state="paid", total=9_900)
    desk.hears("帮我看看订单2611229003寄到哪里")
    assert "buyer_privacy.other_account" not in desk.rules("您好，这个订单的收货地址是杭州市西湖区，已经付款了哦")


def test_what_changed_since_it_was_read_is_read_again(desk: Desk) -> None:
    desk.hears("订单2611229004怎么样了")
    assert "buyer_privacy.other_account" not in desk.rules("您好，这个订单已经付款了哦")
    desk.is_told("2611229004", buyer_name="另一位买家", state="paid", total=9_900)
    assert "buyer_privacy.other_account" in desk.rules("您好，这个订单已经付款了哦")


def test_words_that_claim_nothing_cost_no_question_to_the_database(desk: Desk) -> None:
    desk.hears("你好", "想看看帐篷")
    for text in ("您好，欢迎光临山野集，我是小林😊", "请问您平时几个人一起去呢？", "好的，您慢慢看，有需要随时叫我哦~"):
        desk.says(text)
    assert desk.reads == 0
    desk.says("您好😊 溪崖有现货的")
    desk.says("您好😊 溪崖这款现在有现货的")
    assert desk.reads == 1


def test_what_goes_beyond_an_agents_authority_asks_the_supervisor(desk: Desk) -> None:
    desk.hears("便宜点吧", "收到有点脏，赔我点")
    answer = desk.says("给您便宜50元吧，您是老朋友了😊")
    assert isinstance(answer, NeedsApproval)
    assert (answer.verdict, answer.hits[0].rule) == ("confirm", "authority.reduction")
    assert "authority.reduction" not in desk.rules("给您便宜10元吧，您是老朋友了😊")


def test_who_may_do_more_than_others_is_asked_later(desk: Desk) -> None:
    desk.hears("收到有点脏，赔我点")
    text = "实在抱歉给您添麻烦了，给您补偿30元好吗"
    assert "authority.compensation" in desk.rules(text)
    assert "authority.compensation" not in desk.rules(text, LAOQIN)


def test_nobody_goes_below_the_floor_alone(desk: Desk) -> None:
    desk.hears("溪崖双人帐能便宜吗")
    assert "authority.floor" in desk.rules("您是老朋友了，300元给您吧")
    assert "authority.floor" not in desk.rules("您是老朋友了，440元给您吧")


def test_goods_that_reach_the_shops_threshold_go_free_of_freight(desk: Desk) -> None:
    desk.hears("溪崖双人帐包邮吗")
    assert "false_claim.free_shipping" not in desk.rules("您好😊 这款包邮的哦")
    desk.hears("我在新疆")
    assert "false_claim.free_shipping" in desk.rules("您好😊 这款包邮的哦")
