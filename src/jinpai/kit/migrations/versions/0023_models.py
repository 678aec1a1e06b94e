"""Language models that shops set for themselves, and the words of their calls for some days."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table, and the column of words: calls made before have none."""
    op.create_table(
        "model_setting",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("is_near", sa.Boolean(), nullable=False),
        sa.Column("uses", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("daily_tokens", "monthly_tokens")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("limit_ms", "price_read", "price_written")),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_model_setting_shop"),
        sa.PrimaryKeyConstraint("shop", name="pk_model_setting"),
    )
    op.add_column("model_call", sa.Column("words", sa.LargeBinary(), nullable=True))
