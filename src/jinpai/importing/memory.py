"""What a shop's people decided about a file, kept for the next one of its kind."""

from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.importing.columns import fold_header
from jinpai.importing.model import Layout
from jinpai.importing.store import import_mapping
from jinpai.journal.writer import Tx

OURS = "ours"
"""What a name in a chat log means that speaks for the shop."""


def find_mapping(connection: Connection, shop: str, kind: str) -> Mapping[str, str]:
    """What this shop's people said the columns of such files mean: folded header → field, empty to leave it out."""
    columns = import_mapping.c.header, import_mapping.c.field
    query = sa.select(*columns).where(import_mapping.c.shop == shop, import_mapping.c.kind == kind)
    return {row.header: row.field for row in connection.execute(query)}


def remember_mapping(shop: str, layout: Layout) -> Callable[[Tx], None]:
    """Keep what people decided, for the next file with the same headers; of two alike, the first that is something."""
    decided: dict[str, str] = {}
    for column in layout.columns:
        header = fold_header(column.header)
        if header:
            decided[header] = decided.get(header) or column.field or ""
    return lambda tx: _keep(tx, shop, layout.form.kind, decided)


def find_names(connection: Connection, shop: str, kind: str) -> frozenset[str]:
    """The names in such files that, as this shop's people said, speak for the shop."""
    return frozenset(find_mapping(connection, shop, f"{kind}.{OURS}"))


def remember_names(shop: str, kind: str, names: Sequence[str]) -> Callable[[Tx], None]:
    """Keep these names as the shop's own, and no others."""

    def act(tx: Tx) -> None:
        mine = sa.and_(import_mapping.c.shop == shop, import_mapping.c.kind == f"{kind}.{OURS}")
        tx.connection.execute(sa.delete(import_mapping).where(mine))
        _keep(tx, shop, f"{kind}.{OURS}", dict.fromkeys(names, OURS))

    return act


def _keep(tx: Tx, shop: str, kind: str, decided: Mapping[str, str]) -> None:
    mine = sa.and_(import_mapping.c.shop == shop, import_mapping.c.kind == kind)
    tx.connection.execute(sa.delete(import_mapping).where(mine, import_mapping.c.header.in_(decided)))
    rows = [{"shop": shop, "kind": kind, "header": header, "field": field} for header, field in decided.items()]
    if rows:
        tx.connection.execute(sa.insert(import_mapping), rows)
