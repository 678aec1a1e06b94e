"""The index of what was said, how far it has followed the log, and that what is erased leaves it at once.

SQLite and PostgreSQL keep the index each in its own way, so these tables are not among those the rooms declare.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SQLITE = (
    """CREATE VIRTUAL TABLE message_index
    USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize=ascii)""",
    "INSERT INTO message_index (message_index, rank) VALUES ('automerge', 0)",
    """CREATE TRIGGER body_erased AFTER UPDATE OF content ON body WHEN new.content IS NULL
    BEGIN DELETE FROM message_index WHERE rowid = new.id; END""",
    """CREATE TRIGGER body_removed AFTER DELETE ON body
    BEGIN DELETE FROM message_index WHERE rowid = old.id; END""",
)
"""The follower merges the index by and by; left to itself FTS5 would do so while somebody waits for the writer."""

_POSTGRES = (
    "CREATE TABLE message_index (id BIGINT CONSTRAINT pk_message_index PRIMARY KEY, tokens TSVECTOR NOT NULL)",
    """CREATE INDEX ix_message_index_tokens ON message_index USING gin (tokens)
    WITH (fastupdate = on, gin_pending_list_limit = 512)""",
    """CREATE FUNCTION forget_message() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN DELETE FROM message_index WHERE id = old.id; RETURN NULL; END $$""",
    """CREATE TRIGGER body_erased AFTER UPDATE OF content ON body FOR EACH ROW WHEN (new.content IS NULL)
    EXECUTE FUNCTION forget_message()""",
    """CREATE TRIGGER body_removed AFTER DELETE ON body FOR EACH ROW EXECUTE FUNCTION forget_message()""",
)


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "bookmark",
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name="pk_bookmark"),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRES:
        op.execute(statement)
