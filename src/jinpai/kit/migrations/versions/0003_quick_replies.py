"""Scripts Of A Shop, A Team And A Person."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
