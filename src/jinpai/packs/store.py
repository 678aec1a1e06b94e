"""The shops' content versions: written once, never changed; one of them is the current one of its shop."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.database import Json, metadata

content_version = sa.Table(
    "content_version",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("shop", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("files", Json, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index("ix_content_version_shop_id", "shop", "id"),
)
"""A shop's own content files, `{path: text}`, checked before they got here; `digest` is the SHA-256 of the files."""

content_current = sa.Table(
    "content_current",
    metadata,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, sa.ForeignKey("content_version.id"), nullable=False),
)
"""The published version of each shop; a shop without a row lives from the packs on the disk alone."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A version without its files; `created_at` in milliseconds."""

    id: int
    shop: str
    created_at: int
    author: str
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version with its files, path → text."""

    summary: Summary
    files: Mapping[str, str]


_SUMMARY = tuple(content_version.c[name] for name in ("id", "shop", "created_at", "author", "note", "digest"))


def find_version(connection: Connection, shop: str, id: int) -> Version | None:
    """This version of this shop; None also when the version belongs to another shop."""
    query = sa.select(*_SUMMARY, content_version.c.files).where(
        content_version.c.shop == shop, content_version.c.id == id
    )
    row = connection.execute(query).first()
    return None if row is None else Version(Summary(*row[:-1]), row[-1])


def find_current(connection: Connection, shop: str) -> Version | None:
    """The published version of this shop, if one ever was."""
    query = sa.select(content_current.c.version).where(content_current.c.shop == shop)
    id = connection.execute(query).scalar()
    return None if id is None else find_version(connection, shop, id)


def list_versions(connection: Connection, shop: str, limit: int = 50, before: int | None = None) -> list[Summary]:
    """The shop's versions, newest first; those below `before` only."""
    query = (
        sa.select(*_SUMMARY).where(content_version.c.shop == shop).order_by(content_version.c.id.desc()).limit(limit)
    )
    if before is not None:
        query = query.where(content_version.c.id < before)
    return [Summary(*row) for row in connection.execute(query)]


def current_versions(connection: Connection) -> dict[str, int]:
    """The published version of every shop that has one."""
    query = sa.select(content_current.c.shop, content_current.c.version)
    return {row.shop: row.version for row in connection.execute(query)}


def insert_version(
    connection: Connection, shop: str, at: int, author: str, note: str, digest: str, files: Mapping[str, str]
) -> Summary:
    """Store a version under the next free number."""
    last = connection.execute(sa.select(sa.func.max(content_version.c.id))).scalar()
    summary = Summary((last or 0) + 1, shop, at, author, note, digest)
    connection.execute(
        content_version.insert().values(
            id=summary.id, shop=shop, created_at=at, author=author, note=note, digest=digest, files=dict(files)
        )
    )
    return summary


def set_current(connection: Connection, shop: str, version: int) -> int | None:
    """Make this the shop's published version; returns the one before."""
    row = content_current.c.shop == shop
    before: int | None = connection.execute(sa.select(content_current.c.version).where(row)).scalar()
    if before is None:
        connection.execute(content_current.insert().values(shop=shop, version=version))
    elif before != version:
        connection.execute(content_current.update().where(row).values(version=version))
    return before
