"""What came of advice, intents put right, calls of a language model, and buyers taken to be unhappy."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "suggestion",
        *_texts("id", "advice", "shop", "conversation", "person", "source", "kind", "digest", "outcome"),
        *_integers("seq", "place"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_suggestion_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
    )
    op.create_index("ix_suggestion_advice", "suggestion", ["advice"])
    op.create_index("ix_suggestion_shop_at", "suggestion", ["shop", "at"])
    op.create_table(
        "intent_correction",
        *_texts("id", "shop", "conversation", "heard", "meant", "person"),
        *_integers("seq"),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("fact", "at")),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_intent_correction_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_intent_correction"),
    )
    op.create_index("ix_intent_correction_shop_at", "intent_correction", ["shop", "at", "id"])
    op.create_table(
        "model_call",
        *_texts("id", "shop", "conversation", "person", "purpose", "model", "outcome", "why"),
        *_integers("spent_ms", "tokens_in", "tokens_out"),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("at", "cost")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_model_call_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_model_call"),
    )
    op.create_index("ix_model_call_shop_at", "model_call", ["shop", "at", "id"])
    op.add_column("conversation", sa.Column("alarmed_at", sa.BigInteger(), nullable=True))


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _integers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
