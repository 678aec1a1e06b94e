"""Quick replies of teams and persons, their stars, and every use of one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "quick_reply",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("folder", "code", "title", "text")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("created_at", "changed_at")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_quick_reply_shop"),
        sa.ForeignKeyConstraint(["person"], ["account.id"], name="fk_quick_reply_person"),
        sa.PrimaryKeyConstraint("id", name="pk_quick_reply"),
    )
    op.create_index("ix_quick_reply_shop_person", "quick_reply", ["shop", "person"])
    op.create_table(
        "script_star",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("person", "shop", "script")),
        sa.ForeignKeyConstraint(["person"], ["account.id"], name="fk_script_star_person"),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_script_star_shop"),
        sa.PrimaryKeyConstraint("person", "shop", "script", name="pk_script_star"),
    )
    op.create_table(
        "script_use",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("shop", "script", "person", "conversation")),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_script_use"),
    )
    op.create_index("ix_script_use_shop_id", "script_use", ["shop", "id"])
