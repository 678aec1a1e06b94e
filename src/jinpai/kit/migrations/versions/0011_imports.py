"""Imports of every kind of file, where there were only those of orders; and the reviews of orders."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_UPLOAD_TEXTS = ("id", "shop", "kind", "author", "name", "state", "fields", "ours", "rejected", "problem")
_UPLOAD_COUNTS = ("rows", "done", "created", "updated", "unchanged")
_REVIEW_TEXTS = ("id", "shop", "number", "title", "rating", "buyer_name", "text", "addition", "reply")
_KEPT = "id, shop, author, name, created_at, changed_at, state, fields, rejected, problem"


def upgrade() -> None:
    """Build the tables, and move what was kept of orders; a file that nobody has run yet is to be put in again."""
    op.create_table(
        "import_mapping",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("shop", "kind", "header", "field")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_import_mapping_shop"),
        sa.PrimaryKeyConstraint("shop", "kind", "header", name="pk_import_mapping"),
    )
    op.create_table(
        "import_upload",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _UPLOAD_TEXTS),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("created_at", "changed_at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _UPLOAD_COUNTS),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_import_upload_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_import_upload"),
    )
    op.create_table(
        "order_review",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _REVIEW_TEXTS),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("created_at", "changed_at")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_order_review_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_order_review"),
        sa.UniqueConstraint("shop", "number", "title", name="uq_order_review_shop_number_title"),
    )
    counts = ", ".join(f'"{name}"' for name in _UPLOAD_COUNTS)
    op.execute(
        f"INSERT INTO import_upload ({_KEPT}, {counts}, kind, ours) "
        f"SELECT {_KEPT}, {counts}, 'orders', '[]' FROM order_import"
    )
    op.execute("INSERT INTO import_mapping SELECT shop, 'orders', header, field FROM order_mapping")
    op.drop_table("order_import")
    op.drop_table("order_mapping")
