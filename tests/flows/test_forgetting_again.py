"""What files bring back of a forgotten customer, on each database: told, no new profile, erased when asked again."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop

from jinpai.customers.actions import ERASED, Judgement, judge, merge
from jinpai.customers.finding import Which, find_customers
from jinpai.customers.returned import Returned, count_returned
from jinpai.customers.store import find_known, find_person, get_customer
from jinpai.desk.files import File, add_file
from jinpai.desk.history import add_buyer
from jinpai.desk.seeds import BuyerSeed
from jinpai.desk.store import buyer, conversation
from jinpai.flows.due import work_once
from jinpai.flows.importing.chats import CHAT_FILES
from jinpai.flows.importing.customers import CUSTOMER_FILES
from jinpai.flows.importing.jobs import Kind
from jinpai.flows.importing.orders import ORDER_FILES
from jinpai.flows.importing.reviews import REVIEW_FILES
from jinpai.flows.importing.running import lay_out
from jinpai.flows.profiling.erasing import Erased, erase_customer
from jinpai.flows.profiling.exporting import export_customer
from jinpai.journal.store import journal
from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.actions import record_orders
from jinpai.orders.model import Order, OrderRow
from jinpai.orders.store import find_order

NOBODY = "已删除的客户"
SECRETS = ("jingjing", "王静静", "13900139000", "西湖区", "颜色很衬我", "我家在二楼", "5 月 20 日")
ORDERS = """订单编号,买家会员名,订单状态,实付金额,收货人姓名,联系手机,收货地址,买家留言,下单时间,宝贝标题
W1,jingjing,交易成功,99.00,王静静,13900139000,浙江省杭州市西湖区文一路1号,我家在二楼,2026-11-01 10:00:00,短袖
"""
NEW = ORDERS + "W9,jingjing,交易成功,59.00,王静静,13900139000,浙江省杭州市西湖区文一路1号,,2026-11-20 10:00:00,短袖\n"
REVIEWS = "订单编号,评价,评价内容,买家会员名\nW1,好评,颜色很衬我,jingjing\n"
MEMBERS = "会员名,姓名,手机,生日\njingjing,王静静,13900139000,5月20日\n"
TALK = "时间,发送人,接收人,内容\n2026-11-02 10:00:00,jingjing,山野集:小林,我家在二楼\n"


def bring(shop: Shop, kind: Kind, text: str) -> None:
    told = kind.run(shop.house, lay_out(shop.house, kind, "demo", "agent:a_1", text.encode()), lambda tally: None)
    assert told.rejected == []


def join(shop: Shop, name: str = "jingjing") -> str:
    seed = BuyerSeed(
        id=name, name="王静静", recipient="王静静", phone="13900139000", address="浙江省杭州市西湖区", since_days=3
    )
    return shop.house.writer.run(lambda tx: add_buyer(tx, shop.house.sealer, "demo", seed))


def erase(shop: Shop, id_: str, confirm: str = NOBODY) -> Erased:
    return shop.house.writer.run(erase_customer(shop.house, id_, confirm, "agent:a_9"))


@pytest.fixture
def gone(shop: Shop) -> str:
    """A customer with an order and a review, forgotten."""
    id_ = join(shop)
    bring(shop, ORDER_FILES, ORDERS)
    bring(shop, REVIEW_FILES, REVIEWS)
    done = erase(shop, id_, "王静静")
    assert (done.orders, done.reviews) == (1, 1)
    assert left(shop) == []
    return id_


def cells(shop: Shop) -> str:
    """Every cell of every table, sealed ones too."""
    with shop.house.database.read() as connection:
        names = [name for name in sa.inspect(connection).get_table_names() if not name.startswith("content")]
        found = {name: connection.execute(sa.text(f"SELECT * FROM {name}")).all() for name in sorted(names)}
    return "\n".join(str(sorted(map(repr, rows))) for rows in found.values())


def left(shop: Shop) -> list[str]:
    """What is still readable of the customer, the log of imports' own files apart."""
    written, order = cells(shop), order_of(shop)
    sealed = "" if order is None else f"{order.receiver}{order.phone}{order.address}"
    return [secret for secret in SECRETS if secret in written + sealed]


def order_of(shop: Shop, number: str = "W1") -> Order | None:
    with shop.house.database.read() as connection:
        return find_order(connection, shop.house.sealer, "demo", number)


def listed(shop: Shop, which: Which = "all") -> list[str]:
    with shop.house.database.read() as connection:
        return [one.id for one in find_customers(connection, shop.house.sealer, ["demo"], "", which, None, 500)]


def came_back(shop: Shop, id_: str) -> Returned:
    with shop.house.database.read() as connection:
        return count_returned(connection, find_person(connection, id_))


def erasures(shop: Shop) -> list[Any]:
    with shop.house.database.read() as connection:
        return list(connection.execute(sa.select(journal.c.data).where(journal.c.kind == ERASED)).scalars())


def known_by(shop: Shop, name: str = "jingjing") -> str:
    with shop.house.database.read() as connection:
        return str(connection.execute(sa.select(buyer.c.id).where(buyer.c.external_id == name)).scalar_one())


def test_an_order_and_its_review_brought_again_are_told_and_erased_again(shop: Shop, gone: str) -> None:
    assert listed(shop, "returned") == []
    bring(shop, ORDER_FILES, ORDERS)
    bring(shop, REVIEW_FILES, REVIEWS)
    assert came_back(shop, gone) == Returned(1, 1)
    assert listed(shop, "returned") == [gone]
    (order,) = export_customer(shop.house, gone)["orders"]
    assert (order["receiver"], order["phone"], order["buyer_note"]) == ("王静静", "13900139000", "我家在二楼")
    assert [one["text"] for one in order["reviews"]] == ["颜色很衬我"]
    done = erase(shop, gone)
    assert (done.rows, done.orders, done.reviews, done.files) == (0, 1, 1, 0)
    assert left(shop) == []
    assert came_back(shop, gone) == Returned()
    assert listed(shop, "returned") == []
    order_now = order_of(shop)
    assert order_now is not None
    assert (order_now.paid, order_now.buyer, order_now.buyer_name) == (9_900, gone, NOBODY)
    assert [one["orders"] for one in erasures(shop)] == [1, 1]


def test_erasing_again_without_anything_new_changes_not_a_cell(shop: Shop, gone: str) -> None:
    bring(shop, ORDER_FILES, ORDERS)
    erase(shop, gone)
    before = cells(shop)
    assert erase(shop, gone) == Erased()
    assert erase(shop, gone, "随便") == Erased()
    assert cells(shop) == before


def test_an_order_brought_again_is_no_new_profile(shop: Shop, gone: str) -> None:
    bring(shop, ORDER_FILES, ORDERS)
    with shop.house.database.read() as connection:
        known = get_customer(connection, gone)
        named = connection.execute(sa.select(buyer.c.name, buyer.c.external_id, buyer.c.phone)).all()
        assert find_known(connection, gone) == {}
    assert known is not None
    assert (known.quiet, known.note, known.erased_at is None) == (True, "", False)
    assert (NOBODY, None, None) in named
    assert not any(row.external_id == "jingjing" for row in named)
    assert gone not in listed(shop)
    told = export_customer(shop.house, gone)
    assert (told["names"][0]["name"], told["profile"], told["erased_at"]) == (NOBODY, [], known.erased_at)


def test_a_new_order_is_a_new_fact_and_nobody_erases_it_with_the_old_ones(shop: Shop, gone: str) -> None:
    bring(shop, ORDER_FILES, NEW)
    assert {one["number"] for one in export_customer(shop.house, gone)["orders"]} == {"W1"}
    assert erase(shop, gone).orders == 1
    new, old = order_of(shop, "W9"), order_of(shop, "W1")
    assert new is not None
    assert old is not None
    assert (new.buyer, new.buyer_name, new.receiver) == (None, "jingjing", "王静静")
    assert (old.buyer_name, old.receiver) == (NOBODY, "")


def test_a_talk_and_a_member_list_make_a_new_record_that_is_erased_with_the_old_order(shop: Shop, gone: str) -> None:
    for kind, text in ((CHAT_FILES, TALK), (CUSTOMER_FILES, MEMBERS), (ORDER_FILES, ORDERS), (REVIEW_FILES, REVIEWS)):
        bring(shop, kind, text)
    new = known_by(shop)
    assert new != gone
    assert new in listed(shop)
    told = export_customer(shop.house, new)
    assert [one["number"] for one in told["orders"]] == ["W1"]
    assert [one["text"] for one in told["orders"][0]["reviews"]] == ["颜色很衬我"]
    assert [one["text"] for talk in told["conversations"] for one in talk["messages"]] == ["我家在二楼"]
    done = erase(shop, new, "王静静")
    assert (done.rows, done.orders, done.reviews) == (1, 1, 1)
    assert left(shop) == []
    assert (erase(shop, new), erase(shop, gone)) == (Erased(), Erased())


def test_of_several_names_what_comes_back_under_any_is_erased(shop: Shop) -> None:
    first, second = join(shop), join(shop, "jingjing2")
    row = OrderRow("W7", buyer=second, state="completed", paid=100, receiver="王静静", ordered_at=shop.clock.now())
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    shop.house.writer.run(merge(second, first, "agent:a_1"))
    erase(shop, first, "王静静")
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    assert (came_back(shop, first), came_back(shop, second)) == (Returned(1, 0), Returned(1, 0))
    assert listed(shop, "returned") == [first]
    assert erase(shop, first).orders == 1
    order = order_of(shop, "W7")
    assert order is not None
    assert (order.buyer, order.receiver) == (second, "")


def test_pictures_still_go_where_one_erases_again_before_they_went(shop: Shop) -> None:
    talk = shop.chat()
    with shop.house.database.read() as connection:
        mine = sa.select(conversation.c.buyer).where(conversation.c.id == talk)
        id_ = str(connection.execute(mine).scalar_one())
        name = str(connection.execute(sa.select(buyer.c.name).where(buyer.c.id == id_)).scalar_one())
    digests = [shop.house.files.put(content) for content in (b"picture", b"small")]
    picture = File("i_w1", talk, f"buyer:{id_}", "image/png", 7, 1, 1, digests[0], digests[1])
    shop.house.writer.run(add_file(picture))
    assert erase(shop, id_, name).files == 1
    row = OrderRow("W8", buyer=id_, state="completed", receiver="王静静", ordered_at=shop.clock.now())
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    assert erase(shop, id_).orders == 1
    while work_once(shop.house):
        pass
    assert [one for one in Path(shop.house.settings.home / "files").rglob("*") if one.is_file()] == []


def test_what_came_back_is_erased_by_no_slip_and_in_the_middle_of_nothing(shop: Shop, gone: str) -> None:
    bring(shop, ORDER_FILES, ORDERS)
    before = cells(shop)
    with pytest.raises(BadInput, match=NOBODY):
        erase(shop, gone, "王静静")
    assert cells(shop) == before
    row = OrderRow("W6", buyer=gone, state="paid", paid=100, ordered_at=shop.clock.now())
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    before = cells(shop)
    with pytest.raises(Conflict, match="W6"):
        erase(shop, gone)
    assert cells(shop) == before


def test_another_customer_s_orders_are_left_as_they_are(shop: Shop, gone: str) -> None:
    bring(shop, CUSTOMER_FILES, f"会员名,姓名,手机\n{NOBODY},阿青,13700137001\n")
    other = known_by(shop, NOBODY)
    shop.house.writer.run(judge(other, Judgement("allergy", "花粉", "accepted"), "agent:a_1"))
    bring(shop, ORDER_FILES, ORDERS)
    assert export_customer(shop.house, other)["orders"] == []
    erase(shop, gone)
    assert export_customer(shop.house, other)["orders"] == []
    with shop.house.database.read() as connection:
        assert find_known(connection, other) == {"allergy": "花粉"}
