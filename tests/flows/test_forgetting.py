"""A customer asks to be forgotten, on each database: nothing tells any more who it was, and nothing else is lost."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop
from tests.flows.reminding import buyer_of

from jinpai.copilot.llm.calls import Call, Sought, Words, add_call, list_calls
from jinpai.customers.actions import ERASED, Judgement, change, judge, merge
from jinpai.customers.finding import find_customers
from jinpai.customers.segments import DAY
from jinpai.customers.store import find_known, get_customer, has_profiles
from jinpai.desk.files import File, add_file
from jinpai.desk.history import add_buyer
from jinpai.desk.seeds import BuyerSeed
from jinpai.flows.due import work_once
from jinpai.flows.profiling.erasing import erase_customer
from jinpai.flows.profiling.exporting import export_customer
from jinpai.flows.searching.indexing import catch_up
from jinpai.journal.store import journal
from jinpai.journal.writer import Tx
from jinpai.kit.database import Database
from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow, Parcel
from jinpai.orders.store import find_order
from jinpai.orders.tracking.actions import record_traces
from jinpai.orders.tracking.model import Trace

SECRETS = ("王静静", "13900139000", "西湖区", "jingjing", "我家在二楼", "对花粉过敏")


@pytest.fixture
def known(shop: Shop) -> tuple[str, str]:
    """A customer with a phone, an order, a talk with a picture, a fact and a note; the talk and the buyer."""
    talk = shop.chat()
    shop.buyer_says(talk, "我是王静静，我家在二楼，电话13900139000")
    shop.agent_says(talk, "好的王静静，帮您记下了")
    buyer = buyer_of(shop, talk)
    seed = BuyerSeed(
        id="jingjing",
        name="王静静",
        recipient="王静静",
        phone="13900139000",
        address="浙江省杭州市西湖区",
        since_days=3,
    )
    run = shop.house.writer.run
    member = run(lambda tx: add_buyer(tx, shop.house.sealer, "demo", seed))
    run(merge(buyer, member, "agent:a_1"))
    run(judge(buyer, Judgement("allergy", "对花粉过敏", "accepted", talk, 2), "agent:a_1"))
    run(change(member, {"note": "王静静，西湖区老客户"}, "agent:a_1"))
    row = OrderRow(
        "W1", buyer_name="jingjing", state="completed", paid=9_900, ordered_at=shop.clock.now(), receiver="王静静",
        phone="13900139000", address="浙江省杭州市西湖区我家在二楼", remark="王静静要发顺丰",
        parcels=(Parcel("ZT1", "中通快递"),),
    )  # fmt: skip
    run(record_orders(shop.house.sealer, "demo", [row]))
    run(
        record_traces(
            shop.house.sealer, "demo", [Trace("ZT1", shop.clock.now(), "delivered", "王静静本人签收")], "agent:a_1"
        )
    )
    words = Words({"talk": [{"from": "buyer", "text": "我是王静静"}]}, "好的王静静")
    call = Call("mc_1", "demo", talk, "a_1", "phrase_reply", "small", shop.clock.now(), 9, 30, 6)
    run(add_call(shop.house.sealer, call, "used", "", words))
    digests = [shop.house.files.put(content) for content in (b"picture", b"small")]
    run(add_file(File("i_w1", talk, f"buyer:{buyer}", "image/png", 7, 1, 1, digests[0], digests[1])))
    while work_once(shop.house):
        pass
    return talk, member


def close(shop: Shop, talk: str) -> None:
    def act(tx: Tx) -> None:
        tx.connection.execute(sa.text("UPDATE conversation SET status = 'closed' WHERE id = :id"), {"id": talk})

    shop.house.writer.run(act)


def everything(database: Database) -> str:
    """Every cell of every table that is text."""
    with database.read() as connection:
        names = [name for name in sa.inspect(connection).get_table_names() if not name.startswith("content")]
        return "\n".join(str(row) for name in names for row in connection.execute(sa.text(f"SELECT * FROM {name}")))


def test_a_customer_who_asks_is_forgotten_everywhere_and_the_log_stays_gapless(
    shop: Shop, known: tuple[str, str]
) -> None:
    talk, member = known
    catch_up(shop.house)
    before = [(row.id, row.seq, row.entry.kind) for row in shop.rows(talk)]
    files = Path(shop.house.settings.home / "files")
    close(shop, talk)
    done = shop.house.writer.run(erase_customer(shop.house, member, "王静静", "agent:a_9"))
    assert (done.rows, done.orders, done.files) == (len(before), 1, 1)
    kept = everything(shop.house.database)
    assert [secret for secret in SECRETS if secret in kept] == []
    with shop.house.database.read() as connection:
        assert [words for _, words in list_calls(connection, shop.house.sealer, Sought("demo"), None, 9)] == [None]
    assert [(row.id, row.seq, row.entry.kind) for row in shop.rows(talk)] == before
    assert not any(row.entry.body for row in shop.rows(talk))
    with shop.house.database.read() as connection:
        order = find_order(connection, shop.house.sealer, "demo", "W1")
        listed = find_customers(connection, shop.house.sealer, ["demo"], "", "all", None, 500)
        facts = connection.execute(sa.select(journal.c.author, journal.c.data).where(journal.c.kind == ERASED)).all()
    assert order is not None
    assert (order.paid, order.receiver, order.phone, order.address, order.remark) == (9_900, "", "", "", "")
    assert member not in [one.id for one in listed]
    assert [(fact.author, fact.data["orders"]) for fact in facts] == [("agent:a_9", 1)]
    work_once(shop.house)
    assert [path for path in files.rglob("*") if path.is_file()] == []
    again = shop.house.writer.run(erase_customer(shop.house, member, "随便", "agent:a_9"))
    assert (again.rows, again.orders) == (0, 0)


def test_nobody_is_forgotten_by_a_slip_or_in_the_middle_of_something(shop: Shop, known: tuple[str, str]) -> None:
    talk, member = known

    def forget(confirm: str = "王静静") -> None:
        shop.house.writer.run(erase_customer(shop.house, member, confirm, "agent:a_9"))

    before = export_customer(shop.house, member)
    with pytest.raises(BadInput, match="王静静"):
        forget("王静")
    with pytest.raises(Conflict, match="会话还开着"):
        forget()
    close(shop, talk)
    row = OrderRow("W2", buyer_name="jingjing", state="paid", paid=100, ordered_at=shop.clock.now())
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    with pytest.raises(Conflict, match="W2"):
        forget()
    after = export_customer(shop.house, member)
    assert (after["names"], after["contact"]) == (before["names"], before["contact"])
    assert {one["number"] for one in after["orders"]} == {"W1", "W2"}


def test_an_erasure_cut_short_has_not_begun(shop: Shop, known: tuple[str, str]) -> None:
    talk, member = known
    close(shop, talk)
    before = everything(shop.house.database)
    erase = erase_customer(shop.house, member, "王静静", "agent:a_9")

    def killed(tx: Tx) -> None:
        erase(tx)
        raise RuntimeError("the process ends here")

    with pytest.raises(RuntimeError):
        shop.house.writer.run(killed)
    assert everything(shop.house.database) == before


def test_profiles_of_customers_long_unseen_fade_and_their_orders_stay(shop: Shop, known: tuple[str, str]) -> None:
    talk, member = known
    close(shop, talk)
    shop.clock.advance(1_000 * DAY)
    work_once(shop.house)
    with shop.house.database.read() as connection:
        assert find_known(connection, member) == {"allergy": "对花粉过敏"}
    shop.clock.advance(100 * DAY)
    while work_once(shop.house):
        pass
    with shop.house.database.read() as connection:
        order = find_order(connection, shop.house.sealer, "demo", "W1")
        customer = get_customer(connection, member)
        assert find_known(connection, member) == {}
        assert has_profiles(connection, "demo") is False
    assert customer is not None
    assert (customer.note, customer.erased_at) == ("", None)
    assert order is not None
    assert order.receiver == "王静静"
