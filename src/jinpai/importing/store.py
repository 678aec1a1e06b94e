"""What the columns of a shop's exports mean, and imports under way: the tables."""

import sqlalchemy as sa

from jinpai.kit.database import Json, metadata

import_mapping = sa.Table(
    "import_mapping",
    metadata,
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("header", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, nullable=False),
)
"""What a shop's people said a word of such exports means, most often a header; an empty field: to be left out."""

import_upload = sa.Table(
    "import_upload",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("fields", Json, nullable=False),
    sa.Column("ours", Json, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("created", sa.Integer, nullable=False),
    sa.Column("updated", sa.Integer, nullable=False),
    sa.Column("unchanged", sa.Integer, nullable=False),
    sa.Column("rejected", Json, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary),
)
"""An import through the page: `waiting` → `running` → `done` or `failed`; the sealed file is kept until it is done.

`ours` are the names in a chat log that speak for the shop.
"""
