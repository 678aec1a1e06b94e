import pytest
from orderbook import SHOP, OrderBook

from jinpai.desk.actions import add_shop
from jinpai.kit.money import fen_from, yuan
from jinpai.orders.model import Item, OrderRow, Parcel, mask_address, mask_name, mask_phone

TENT = OrderRow(
    number="2611220001",
    buyer_name="山里人",
    state="unpaid",
    total=45_900,
    items=(Item("双人帐篷", "墨绿", 1, 45_900),),
    receiver="张小满",
    phone="13800138000",
    address="浙江省 杭州市 西湖区 龙井路1号",
    region="浙江",
    ordered_at=1_795_200_000_000,
)


def test_a_new_order_is_kept_with_a_fact_of_its_own(book: OrderBook) -> None:
    assert book.record(TENT) == ["created"]
    order = book.order(TENT.number)
    assert (order.state, order.total, order.title, order.quantity) == ("unpaid", 45_900, "双人帐篷", 1)
    assert (order.receiver, order.phone, order.address) == (TENT.receiver, TENT.phone, TENT.address)
    (fact,) = book.history(TENT.number)
    assert (fact.kind, fact.data["state"], fact.author) == ("order_recorded", "unpaid", "system:")


def test_the_same_rows_again_change_nothing(book: OrderBook) -> None:
    book.record(TENT)
    assert book.record(TENT, TENT) == ["unchanged", "unchanged"]
    assert len(book.history(TENT.number)) == 1
    assert book.count() == 1


def test_the_buyer_pays_and_the_history_says_from_what_to_what(book: OrderBook) -> None:
    book.record(TENT)
    book.clock.advance(60_000)
    paid = OrderRow(TENT.number, state="paid", paid=45_900, paid_at=1_795_200_060_000, phone="13900139000")
    assert book.record(paid) == ["updated"]
    _, fact = book.history(TENT.number)
    assert fact.data["changes"]["state"] == ["unpaid", "paid"]
    assert fact.data["changes"]["paid"] == [0, 45_900]
    assert fact.data["fields"] == ["phone"]
    assert "13900139000" not in str(fact.data)
    order = book.order(TENT.number)
    assert order.title == "双人帐篷"
    assert order.changed_at > order.created_at


def test_an_older_export_undoes_nothing(book: OrderBook) -> None:
    book.record(TENT, OrderRow(TENT.number, state="shipped", parcels=(Parcel("YT123", "圆通"),)))
    assert book.record(TENT) == ["unchanged"]
    assert book.order(TENT.number).state == "shipped"


def test_an_older_export_takes_back_no_money(book: OrderBook) -> None:
    book.record(TENT, OrderRow(TENT.number, state="shipped", total=43_900, paid=43_900, refund="done", refunded=2_000))
    before = OrderRow(TENT.number, state="unpaid", total=45_900, paid=0, refund="open", refunded=0)
    assert book.record(before) == ["unchanged"]
    order = book.order(TENT.number)
    assert (order.total, order.paid, order.refund, order.refunded) == (43_900, 43_900, "done", 2_000)
    assert book.record(OrderRow(TENT.number, state="paid", refunded=3_000)) == ["updated"]
    assert book.order(TENT.number).refunded == 3_000


def test_several_rows_tell_of_one_order(book: OrderBook) -> None:
    mat = OrderRow(TENT.number, items=(Item("防潮垫", "", 2, 5_900),))
    assert book.record(TENT, mat, mat) == ["created", "updated", "unchanged"]
    order = book.order(TENT.number)
    assert (order.title, order.quantity) == ("双人帐篷，防潮垫", 3)


def test_a_second_parcel_joins_the_first(book: OrderBook) -> None:
    book.record(TENT, OrderRow(TENT.number, parcels=(Parcel("YT1", "圆通"),)))
    book.record(OrderRow(TENT.number, parcels=(Parcel("SF2", "顺丰"), Parcel("YT1", "圆通"))))
    assert book.order(TENT.number).parcels == (Parcel("YT1", "圆通"), Parcel("SF2", "顺丰"))


def test_two_shops_may_use_the_same_number(book: OrderBook) -> None:
    book.writer.run(lambda tx: add_shop(tx, "other", "别家"))
    assert book.record(TENT) + book.record(TENT, shop="other") == ["created", "created"]
    assert book.order(TENT.number).shop == SHOP


def test_a_stolen_database_shows_neither_phone_nor_address(book: OrderBook) -> None:
    book.record(TENT)
    stolen = repr(tuple(book.raw(TENT.number))).encode().decode("unicode_escape")
    for secret in ("13800138000", "8000", "龙井路", "张小满"):
        assert secret not in stolen


def test_a_masked_phone_is_found_by_its_tail_but_is_nobodys_whole_number(book: OrderBook) -> None:
    book.record(OrderRow("1", phone="138****6688"), OrderRow("2", phone="13712346688"))
    masked, whole = book.raw("1"), book.raw("2")
    assert masked.phone_tail_index == whole.phone_tail_index
    assert masked.phone_index is None
    assert whole.phone_index is not None


def test_a_number_with_an_extension_is_found_by_the_number_proper(book: OrderBook) -> None:
    book.record(OrderRow("1", phone="13712346688-8291"), OrderRow("2", phone="13712346688"))
    assert book.raw("1").phone_index == book.raw("2").phone_index


def test_what_lists_show_of_a_person() -> None:
    assert mask_phone("13800138000") == "138****8000"
    assert mask_name("欧阳小满") == "欧**"
    assert mask_address("浙江省杭州市西湖区", "浙江") == "浙江 ****"
    assert (mask_phone(""), mask_name(""), mask_address("", "")) == ("", "", "")


@pytest.mark.parametrize(("text", "fen"), [("0", 0), ("0.1", 10), ("12.50", 1_250), ("99999999.99", 9_999_999_999)])
def test_money_is_exact(text: str, fen: int) -> None:
    assert fen_from(text) == fen
    assert fen_from(yuan(fen)) == fen


@pytest.mark.parametrize("text", ["", "abc", "-1", "0.001", "1e99", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        fen_from(text)
