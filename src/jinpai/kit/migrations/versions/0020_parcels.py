"""What couriers tell of parcels, where each stands, what the radar found, and what couriers are asked to pay for."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
    _build_traces()
    _build_alerts()
    _build_claims()


def _build_traces() -> None:
    op.create_table(
        "parcel_trace",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "number")),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "text", "author")),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_parcel_trace_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_parcel_trace"),
    )
    op.create_index("ix_parcel_trace_shop_number", "parcel_trace", ["shop", "number", "at"])
    op.create_table(
        "parcel_track",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "number", "state")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("since", "last_at")),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_parcel_track_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_parcel_track"),
        sa.UniqueConstraint("shop", "number", name="uq_parcel_track_shop_number"),
    )


def _build_alerts() -> None:
    op.create_table(
        "parcel_alert",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("order_id", "kind", "shop", "number")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("since", "found_at")),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("settled_by", "why")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("task", "conversation")),
        sa.Column("offered", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_parcel_alert_order_id"),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_parcel_alert_shop"),
        sa.PrimaryKeyConstraint("order_id", "kind", name="pk_parcel_alert"),
    )
    op.create_index("ix_parcel_alert_shop_state", "parcel_alert", ["shop", "state", "found_at"])


def _build_claims() -> None:
    op.create_table(
        "parcel_claim",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "order_id", "number", "courier")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "state", "evidence", "answer")),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("opened_at", "due_at", "changed_at")),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_parcel_claim_shop"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_parcel_claim_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_parcel_claim"),
        sa.UniqueConstraint("shop", "number", name="uq_parcel_claim_shop_number"),
    )
    op.create_index("ix_parcel_claim_shop_state_due_at", "parcel_claim", ["shop", "state", "due_at", "id"])
    op.create_index("ix_parcel_claim_order_id", "parcel_claim", ["order_id"])
