"""The queue: who is there, who waits, and what conversations carry beside their messages."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen conversations; open ones that nobody serves stand in the queue since their buyer waits."""
    for column in (
        sa.Column("skill", sa.Text(), nullable=True),
        sa.Column("queued_at", sa.BigInteger(), nullable=True),
        sa.Column("knows", sa.Text(), nullable=True),
        sa.Column("asked_wait_at", sa.BigInteger(), nullable=True),
        sa.Column("waived", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("offline", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False, server_default="[]"),
    ):
        op.add_column("conversation", column)
    op.execute(
        "UPDATE conversation SET queued_at = coalesce(waiting_since, last_at) WHERE status = 'open' AND agent IS NULL"
    )
    op.create_index("ix_conversation_queue", "conversation", ["shop", "queued_at"], **_where("queued_at IS NOT NULL"))
    served = _where("status = 'open' AND agent IS NOT NULL")
    op.create_index("ix_conversation_served_agent", "conversation", ["agent"], **served)
    _presence()


def _presence() -> None:
    op.create_table(
        "presence",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("active_at", sa.BigInteger(), nullable=False),
        sa.Column("served_at", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_presence_account"),
        sa.PrimaryKeyConstraint("account", name="pk_presence"),
    )
    op.create_table(
        "desk_process",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_process"),
    )
    op.create_table(
        "desk_socket",
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_desk_socket_account"),
        sa.ForeignKeyConstraint(["process"], ["desk_process.id"], name="fk_desk_socket_desk_process"),
        sa.PrimaryKeyConstraint("process", "account", name="pk_desk_socket"),
    )
    op.create_index("ix_desk_socket_account", "desk_socket", ["account"])


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
