"""Suppliers on each database: their contact sealed, and the day goods would be there told and kept up."""

import pytest
import sqlalchemy as sa
from tests.flows.conftest import AGENT, MONDAY_10_O_CLOCK, Shop
from tests.flows.test_purchases import Buying, buying
from tests.flows.test_stock import GREY, ORANGE

from jinpai.journal.store import body, journal
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.stock.purchase_actions import propose
from jinpai.stock.purchasing import Line, Purchase
from jinpai.stock.supplier_actions import (
    add_supplier,
    change_supplier,
    drop_supplier,
    find_suppliers,
    reveal_supplier,
)
from jinpai.stock.supplying import Supplier, Wanted, expected, supplier_of
from jinpai.stock.tables import supplier

__all__ = ["buying"]
DAY = 86_400_000
MONDAY = MONDAY_10_O_CLOCK - 10 * 3_600_000
REACH = "王经理 13900001111"


def notes(shop: Shop, name: str = "武夷包袋厂", days: int = 7, **more: object) -> Supplier:
    wanted = Wanted(name, **({"contact": REACH, "lead_days": days, "skus": (ORANGE,)} | more))  # type: ignore[arg-type]
    return shop.house.writer.run(add_supplier(shop.house.sealer, "demo", wanted, AGENT))


def listed(shop: Shop) -> list[Supplier]:
    with shop.house.database.read() as connection:
        return find_suppliers(connection, shop.house.sealer, "demo")


def test_a_supplier_is_noted_once_and_nobody_reads_the_contact_in_the_tables(shop: Shop) -> None:
    one = notes(shop)
    assert notes(shop) == one
    with pytest.raises(Conflict, match="已经有供应商"):
        notes(shop, days=9)
    assert listed(shop) == [one]
    assert reached(shop, one) == REACH
    with shop.house.database.read() as connection:
        sealed = connection.execute(sa.select(supplier.c.contact)).scalar_one()
        facts = connection.execute(
            sa.select(journal.c.kind, journal.c.data).order_by(journal.c.id.desc()).limit(2)
        ).all()
        texts = connection.execute(sa.select(body.c.content)).scalars().all()
    assert "13900001111" not in repr((sealed, facts, texts, one))
    assert [fact.kind for fact in facts] == ["supplier_revealed", "supplier_set"]


def test_a_supplier_is_written_anew_with_or_without_the_contact_and_let_go(shop: Shop) -> None:
    one = notes(shop)
    again = shop.house.writer.run(
        change_supplier(shop.house.sealer, one.id, Wanted(" 武夷  箱包 ", None, 5, (GREY, ORANGE, GREY)), AGENT)
    )
    assert (again.name, again.contact, again.lead_days, again.skus) == ("武夷 箱包", REACH, 5, (GREY, ORANGE))
    bare = shop.house.writer.run(change_supplier(shop.house.sealer, one.id, Wanted("武夷 箱包", "", 5, (GREY,)), AGENT))
    assert bare.contact == ""
    other = notes(shop, "南平背负工坊")
    with pytest.raises(Conflict, match="换一个名称"):
        shop.house.writer.run(change_supplier(shop.house.sealer, other.id, Wanted("武夷 箱包", None, 5, ()), AGENT))
    shop.house.writer.run(drop_supplier(shop.house.sealer, one.id, AGENT))
    assert [known.name for known in listed(shop)] == ["南平背负工坊"]
    with pytest.raises(NotFound):
        reached(shop, one)


def reached(shop: Shop, one: Supplier) -> str:
    return shop.house.writer.run(reveal_supplier(shop.house.sealer, one.id, AGENT))


@pytest.mark.parametrize("more", [{"name": " "}, {"days": 366}, {"contact": "长" * 201}, {"days": -1}])
def test_what_cannot_be_is_refused(shop: Shop, more: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        notes(shop, **more)  # type: ignore[arg-type]
    assert not listed(shop)


def test_who_brings_a_variant_soonest_is_proposed(shop: Shop) -> None:
    notes(shop, "甲", 9)
    notes(shop, "乙", 3, skus=(ORANGE, GREY))
    found = listed(shop)
    assert [one.name if (one := supplier_of(found, sku)) else "" for sku in (ORANGE, GREY, "other")] == ["乙", "乙", ""]


def test_the_day_is_counted_from_the_asking_and_again_from_the_ordering(shop: Shop, buying: Buying) -> None:
    assert expected(MONDAY_10_O_CLOCK, 0) == MONDAY
    assert expected(MONDAY_10_O_CLOCK, None) is None
    line = Line(ORANGE, "林行45升背包 柿子橙", 10)
    one: Purchase = shop.house.writer.run(propose("demo", "武夷包袋厂", [line], AGENT, "", 7))
    assert one.expected_at == MONDAY + 7 * DAY
    shop.clock.advance(2 * DAY)
    sent = buying.moves(buying.moves(one, "approved"), "sent")
    assert sent.expected_at == MONDAY + 9 * DAY
    assert buying.counts(sent, received=4).expected_at == MONDAY + 9 * DAY
