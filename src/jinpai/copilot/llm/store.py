"""What shops set of their language models, and the calls that were made: the tables and the settings' queries."""

from dataclasses import asdict, fields
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.copilot.llm.model import Setting
from jinpai.kit.database import Json, metadata

KEY: Final = "model_setting.key"
WORDS: Final = "model_call.words"
"""What these columns are sealed as."""

model_setting = sa.Table(
    "model_setting",
    metadata,
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), primary_key=True),
    sa.Column("is_on", sa.Boolean, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("key", sa.LargeBinary),
    sa.Column("is_near", sa.Boolean, nullable=False),
    sa.Column("uses", Json, nullable=False),
    sa.Column("daily_tokens", sa.BigInteger),
    sa.Column("monthly_tokens", sa.BigInteger),
    sa.Column("limit_ms", sa.Integer, nullable=False),
    sa.Column("price_read", sa.Integer, nullable=False),
    sa.Column("price_written", sa.Integer, nullable=False),
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
)
"""One row per shop that has a language model of its own; the key is sealed and never told again."""

model_call = sa.Table(
    "model_call",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("spent_ms", sa.Integer, nullable=False),
    sa.Column("tokens_in", sa.Integer, nullable=False),
    sa.Column("tokens_out", sa.Integer, nullable=False),
    sa.Column("cost", sa.BigInteger, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("words", sa.LargeBinary),
    sa.Index("ix_model_call_shop_at", "shop", "at", "id"),
)
"""One row per call of a language model, `cost` in millionths of a yuan. `words` is what it was shown, masked, and
what it answered, sealed; it goes after some days, and with the customer who is forgotten."""

_NAMES = tuple(part.name for part in fields(Setting))


def find_setting(connection: Connection, shop: str) -> Setting | None:
    """What this shop has set for itself."""
    query = sa.select(*(model_setting.c[name] for name in _NAMES)).where(model_setting.c.shop == shop)
    row = connection.execute(query).one_or_none()
    return None if row is None else Setting(**{**row._mapping, "uses": tuple(row.uses)})


def put_setting(connection: Connection, new: Setting) -> None:
    """Store what this shop sets, in the place of what it had set."""
    drop_setting(connection, new.shop)
    connection.execute(sa.insert(model_setting).values({**asdict(new), "uses": list(new.uses)}))


def drop_setting(connection: Connection, shop: str) -> None:
    """Let go what this shop had set."""
    connection.execute(sa.delete(model_setting).where(model_setting.c.shop == shop))
