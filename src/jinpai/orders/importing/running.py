"""Putting a plan into the order book, at most 500 lines at a time; cut short and run again it ends the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.writer import Tx, Writer
from jinpai.kit.sealing import Sealer
from jinpai.orders.actions import Outcome, foretell, record_orders
from jinpai.orders.importing.columns import Layout, fold_header
from jinpai.orders.importing.reading import Plan, Rejected
from jinpai.orders.store import order_mapping

AT_ONCE = 500


@dataclass(slots=True)
class Tally:
    """What became of the lines: `rows` are all of them, each counted in exactly one of the others."""

    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many lines are accounted for."""
        return self.created + self.updated + self.unchanged + len(self.rejected)

    def add(self, outcomes: list[Outcome]) -> None:
        """Count these."""
        self.created += outcomes.count("created")
        self.updated += outcomes.count("updated")
        self.unchanged += outcomes.count("unchanged")


def run_plan(
    writer: Writer, sealer: Sealer, shop: str, plan: Plan, author: str, progress: Callable[[Tally], None]
) -> Tally:
    """Record every order of the plan; `progress` hears after each commit."""
    tally = Tally(plan.count, rejected=list(plan.rejected))
    progress(tally)
    for start in range(0, len(plan.lines), AT_ONCE):
        rows = [row for _, row in plan.lines[start : start + AT_ONCE]]
        tally.add(writer.run(record_orders(sealer, shop, rows, author)))
        progress(tally)
    return tally


def try_plan(connection: Connection, sealer: Sealer, shop: str, plan: Plan) -> Tally:
    """What `run_plan` would do, without doing it."""
    tally = Tally(plan.count, rejected=list(plan.rejected))
    tally.add(foretell(connection, sealer, shop, [row for _, row in plan.lines]))
    return tally


def find_mapping(connection: Connection, shop: str) -> Mapping[str, str]:
    """What this shop's people said its columns mean: folded header → field, empty to leave it out."""
    query = sa.select(order_mapping.c.header, order_mapping.c.field).where(order_mapping.c.shop == shop)
    return {row.header: row.field for row in connection.execute(query)}


def remember_mapping(shop: str, layout: Layout) -> Callable[[Tx], None]:
    """Keep what people decided, for the next file with the same headers; of two alike, the first that is something."""
    decided: dict[str, str] = {}
    for column in layout.columns:
        header = fold_header(column.header)
        if header:
            decided[header] = decided.get(header) or column.field or ""

    def act(tx: Tx) -> None:
        mine = order_mapping.c.shop == shop
        tx.connection.execute(sa.delete(order_mapping).where(mine, order_mapping.c.header.in_(decided)))
        rows = [{"shop": shop, "header": header, "field": field} for header, field in decided.items()]
        if rows:
            tx.connection.execute(sa.insert(order_mapping), rows)

    return act
