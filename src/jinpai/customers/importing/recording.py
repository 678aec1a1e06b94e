"""What a file tells of customers, put beside what the shop knows: people's own words stay, a wish for quiet is kept.

A customer is who has this member name, else who has this phone. The same file again changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.actions import IMPORTED, hushed
from jinpai.customers.importing.reading import MAX_NOTE, CustomerRow
from jinpai.customers.model import FactKind
from jinpai.customers.store import Customer, Judged, customer, customer_fact, get_customer, put_customer, put_judged
from jinpai.desk.model import PHONE
from jinpai.desk.store import buyer
from jinpai.desk.visits import sealed_phone
from jinpai.importing.model import Outcome
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Known:
    """A customer as the shop knows them; `settled` are the facts somebody accepted, or said are not so."""

    id: str
    name: str = ""
    phone: str = ""
    note: str = ""
    quiet: bool = False
    settled: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Step:
    row: CustomerRow
    before: _Known | None
    after: _Known
    facts: Mapping[FactKind, str]

    @property
    def outcome(self) -> Outcome:
        return "created" if self.before is None else "unchanged" if self.after == self.before else "updated"


def record_members(sealer: Sealer, shop: str, rows: Sequence[CustomerRow], author: str) -> Action[list[Outcome]]:
    """The action that takes these customers in; each that is new or changed is a fact of the log."""

    def act(tx: Tx) -> list[Outcome]:
        steps = _fold(_find(tx.connection, sealer, shop, rows), rows)
        for step in steps:
            if step.outcome != "unchanged":
                _write(tx, sealer, shop, step, author)
        return [step.outcome for step in steps]

    return act


def foretell_members(connection: Connection, sealer: Sealer, shop: str, rows: Sequence[CustomerRow]) -> list[Outcome]:
    """What `record_members` would do with these customers."""
    outcomes: list[Outcome] = []
    known: dict[str, _Known] = {}
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        known = {**_find(connection, sealer, shop, some), **known}
        outcomes += [step.outcome for step in _fold(known, some)]
    return outcomes


def _fold(known: dict[str, _Known], rows: Sequence[CustomerRow]) -> list[_Step]:
    steps = []
    for row in rows:
        before = known.get(row.key)
        after = before or _Known(new_id("b"), row.member or row.name or f"客户{row.phone[-4:]}")
        told = {kind for kind, _ in after.settled}
        facts = {kind: value for kind, value in row.facts.items() if kind not in told}
        after = replace(
            after,
            name=row.name or after.name,
            phone=row.phone or after.phone,
            note=_noted(after.note, row.note),
            quiet=after.quiet or row.quiet,
            settled=after.settled | set(facts.items()),
        )
        known[row.key] = after
        if after.phone:
            known.setdefault(after.phone, after)
        steps.append(_Step(row, before, after, facts))
    return steps


def _noted(note: str, told: str) -> str:
    """The note with what the file says; what is in it already, or no longer fits, leaves it as it is."""
    if not told or told in note:
        return note
    longer = f"{note}；{told}" if note else told
    return longer if len(longer) <= MAX_NOTE else note


def _find(connection: Connection, sealer: Sealer, shop: str, rows: Sequence[CustomerRow]) -> dict[str, _Known]:
    """The customers these rows are about, by the rows' keys."""
    phones = {sealer.blind(PHONE, row.phone): row.phone for row in rows if not row.member}
    columns = (buyer.c.id, buyer.c.name, buyer.c.external_id, buyer.c.phone, buyer.c.phone_index)
    query = sa.select(*columns, customer.c.note, customer.c.quiet)
    query = query.outerjoin(customer, customer.c.buyer == buyer.c.id).where(
        buyer.c.shop == shop,
        sa.or_(
            buyer.c.external_id.in_([row.member for row in rows if row.member]), buyer.c.phone_index.in_(list(phones))
        ),
    )
    found = connection.execute(query.order_by(buyer.c.created_at, buyer.c.id)).all()
    settled = _settled(connection, [row.id for row in found])
    known: dict[str, _Known] = {}
    for row in found:
        phone = sealer.open(PHONE, row.phone) if row.phone is not None else ""
        one = _Known(row.id, row.name, phone, row.note or "", bool(row.quiet), settled.get(row.id, frozenset()))
        keys = [row.external_id, phones.get(bytes(row.phone_index)) if row.phone_index is not None else None]
        for key in keys:
            if key is not None:
                known.setdefault(key, one)
    return known


def _settled(connection: Connection, buyers: Sequence[str]) -> dict[str, frozenset[tuple[str, str]]]:
    query = sa.select(customer_fact.c.buyer, customer_fact.c.kind, customer_fact.c.value)
    found: dict[str, set[tuple[str, str]]] = {}
    for row in connection.execute(query.where(customer_fact.c.buyer.in_(buyers))) if buyers else ():
        found.setdefault(row.buyer, set()).add((row.kind, row.value))
    return {buyer_id: frozenset(facts) for buyer_id, facts in found.items()}


def _write(tx: Tx, sealer: Sealer, shop: str, step: _Step, author: str) -> None:
    before, after = step.before, step.after
    names = [name for name in ("name", "phone", "note", "quiet") if before is None or _differs(before, after, name)]
    columns = {"name": after.name, **(sealed_phone(sealer, after.phone) if "phone" in names else {})}
    if before is None:
        row = {"id": after.id, "shop": shop, "external_id": step.row.member or None, "created_at": tx.now, **columns}
        tx.connection.execute(sa.insert(buyer).values(row))
    elif {"name", "phone"}.intersection(names):
        tx.connection.execute(sa.update(buyer).where(buyer.c.id == after.id).values(columns))
    if (after.note, after.quiet) != ((before.note, before.quiet) if before else ("", False)):
        known = get_customer(tx.connection, after.id) or Customer(after.id, shop)
        known = hushed(known, tx.now, author) if after.quiet and not known.quiet else known
        put_customer(tx.connection, replace(known, note=after.note))
    for kind, value in step.facts.items():
        put_judged(
            tx.connection,
            Judged(new_id("f"), shop, after.id, kind, value, "accepted", None, None, author, tx.now),
        )
    data = {"buyer": after.id, "new": before is None, "fields": [*names, *step.facts], "quiet": after.quiet}
    tx.append(Entry(IMPORTED, author, shop, data=data, body={"name": after.name, "note": after.note}))


def _differs(before: _Known, after: _Known, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))
