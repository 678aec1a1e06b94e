"""Work due at the same moment stands in the index in its order: a batch no longer sorts all of it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('waiting', 'running')")


def upgrade() -> None:
    """Build the index anew."""
    op.drop_index("ix_due_open_due_at", "due")
    op.create_index("ix_due_open_due_at", "due", ["due_at", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
