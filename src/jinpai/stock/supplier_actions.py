"""Keeping suppliers: read, written and let go; their contact is sealed, and a look at it is a fact of the journal."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import Author
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer
from jinpai.staff.model import ELSEWHERE
from jinpai.stock.actions import log
from jinpai.stock.supplying import CONTACT, DROPPED, MAX_SUPPLIERS, REVEALED, SET, Supplier, Wanted, tidy
from jinpai.stock.tables import supplier


def find_suppliers(connection: Connection, sealer: Sealer, shop: str) -> list[Supplier]:
    """The shop's suppliers by name."""
    query = sa.select(supplier).where(supplier.c.shop == shop).order_by(supplier.c.name, supplier.c.id)
    return [_supplier(sealer, row) for row in connection.execute(query)]


def find_supplier(connection: Connection, sealer: Sealer, id_: str) -> Supplier | None:
    """The supplier with this id."""
    row = connection.execute(sa.select(supplier).where(supplier.c.id == id_)).one_or_none()
    return None if row is None else _supplier(sealer, row)


def add_supplier(sealer: Sealer, shop: str, wanted: Wanted, by: Author) -> Callable[[Tx], Supplier]:
    """Note a supplier; the same once more is the same one. BadInput for what cannot be, Conflict for a taken name."""
    told = tidy(wanted)

    def act(tx: Tx) -> Supplier:
        known = find_suppliers(tx.connection, sealer, shop)
        same = next((one for one in known if one.name == told.name), None)
        if same is not None and _is_as(same, told):
            return same
        if same is not None:
            raise Conflict(f"已经有供应商“{told.name}”了，请直接修改它")
        if len(known) >= MAX_SUPPLIERS:
            raise BadInput(f"最多记 {MAX_SUPPLIERS} 个供应商，请先删掉不用的")
        new = Supplier(
            new_id("v"), shop, told.name, told.contact or "", told.lead_days, tuple(told.skus), tx.now
        )  # fmt: skip
        _keep(tx, sealer, new, by)
        return new

    return act


def change_supplier(sealer: Sealer, id_: str, wanted: Wanted, by: Author) -> Callable[[Tx], Supplier]:
    """Write a supplier anew; what changes nothing leaves no trace. Conflict where another has the name."""
    told = tidy(wanted)

    def act(tx: Tx) -> Supplier:
        known = _get(tx, sealer, id_)
        if _is_as(known, told):
            return known
        others = find_suppliers(tx.connection, sealer, known.shop)
        if any(one.name == told.name and one.id != id_ for one in others):
            raise Conflict(f"已经有供应商“{told.name}”了，请换一个名称")
        contact = known.contact if told.contact is None else told.contact
        new = Supplier(id_, known.shop, told.name, contact, told.lead_days, tuple(told.skus), tx.now)
        _keep(tx, sealer, new, by)
        return new

    return act


def drop_supplier(sealer: Sealer, id_: str, by: Author) -> Callable[[Tx], None]:
    """Let a supplier and its contact go; purchases keep the name they were made under."""

    def act(tx: Tx) -> None:
        known = _get(tx, sealer, id_)
        tx.connection.execute(sa.delete(supplier).where(supplier.c.id == id_))
        log(tx, known.shop, DROPPED, by, {"supplier": id_, "title": known.name})

    return act


def reveal_supplier(sealer: Sealer, id_: str, by: Author) -> Callable[[Tx], str]:
    """The contact of a supplier; that somebody looked is noted."""

    def act(tx: Tx) -> str:
        known = _get(tx, sealer, id_)
        log(tx, known.shop, REVEALED, by, {"supplier": id_, "title": known.name})
        return known.contact

    return act


def _get(tx: Tx, sealer: Sealer, id_: str) -> Supplier:
    known = find_supplier(tx.connection, sealer, id_)
    if known is None:
        raise NotFound(ELSEWHERE)
    return known


def _is_as(known: Supplier, told: Wanted) -> bool:
    same = (known.name, known.lead_days, known.skus) == (told.name, told.lead_days, tuple(told.skus))
    return same and told.contact in (None, known.contact)


def _keep(tx: Tx, sealer: Sealer, new: Supplier, by: Author) -> None:
    contact = sealer.seal(CONTACT, new.contact) if new.contact else None
    values = {"name": new.name, "lead_days": new.lead_days, "skus": list(new.skus), "changed_at": new.changed_at}
    tx.connection.execute(sa.delete(supplier).where(supplier.c.id == new.id))
    tx.connection.execute(sa.insert(supplier).values(id=new.id, shop=new.shop, contact=contact, **values))
    log(tx, new.shop, SET, by, {"supplier": new.id, "title": new.name, "days": new.lead_days, "skus": len(new.skus)})


def _supplier(sealer: Sealer, row: sa.Row[tuple[object, ...]]) -> Supplier:
    contact = sealer.open(CONTACT, row.contact) if row.contact else ""
    return Supplier(row.id, row.shop, row.name, contact, row.lead_days, tuple(row.skus), row.changed_at)
