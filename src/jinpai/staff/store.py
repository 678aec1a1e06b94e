"""Accounts and sessions: the tables and the questions asked of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.database import metadata
from jinpai.staff.model import SESSION_IDLE, Account, Actor, Role

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("login", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
)
"""One row per person; `login` is stored folded, so that upper and lower case cannot make two of one."""

account_shop = sa.Table(
    "account_shop",
    metadata,
    sa.Column("account", sa.Text, sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Index("ix_account_shop_shop", "shop"),
)
"""The shops an account serves."""

session = sa.Table(
    "session",
    metadata,
    sa.Column("id_hash", sa.LargeBinary, primary_key=True),
    sa.Column("account", sa.Text, sa.ForeignKey("account.id"), nullable=False, index=True),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
)
"""One row per signed-in browser; `id_hash` is the SHA-256 of what the cookie holds."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is verified against."""

    account: str
    password_hash: str = field(repr=False)
    active: bool


def get_account(connection: Connection, account_id: str) -> Account | None:
    """The account with this id."""
    found = read_accounts(connection, account.c.id == account_id)
    return found[0] if found else None


def find_credentials(connection: Connection, login: str) -> Credentials | None:
    """What the account with this folded login is verified by."""
    row = connection.execute(
        sa.select(account.c.id, account.c.password_hash, account.c.active).where(account.c.login == login)
    ).first()
    return None if row is None else Credentials(row.id, row.password_hash, row.active)


def get_password_hash(connection: Connection, account_id: str) -> str | None:
    """The password hash of an active account."""
    query = sa.select(account.c.password_hash).where(account.c.id == account_id, account.c.active)
    return connection.execute(query).scalar()


def list_accounts(connection: Connection, shops: Sequence[str]) -> list[Account]:
    """The accounts that serve at least one of these shops, by login, with all their shops."""
    theirs = sa.select(account_shop.c.account).where(account_shop.c.shop.in_(shops))
    return read_accounts(connection, account.c.id.in_(theirs))


def name_authors(connection: Connection, authors: Collection[str]) -> dict[str, str]:
    """The names of those authors (`agent:<account>`) who have an account."""
    ids = {author.removeprefix("agent:") for author in authors if author.startswith("agent:")}
    rows = connection.execute(sa.select(account.c.id, account.c.name).where(account.c.id.in_(ids)))
    return {f"agent:{row.id}": row.name for row in rows}


def read_accounts(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Account]:
    """The accounts that meet the condition, by login."""
    rows = connection.execute(sa.select(account).where(condition).order_by(account.c.login)).all()
    links = connection.execute(
        sa.select(account_shop)
        .where(account_shop.c.account.in_([row.id for row in rows]))
        .order_by(account_shop.c.shop)
    ).all()
    shops: dict[str, list[str]] = {row.id: [] for row in rows}
    for link in links:
        shops[link.account].append(link.shop)
    return [
        Account(
            id=row.id,
            login=row.login,
            name=row.name,
            role=Role(row.role),
            shops=tuple(shops[row.id]),
            active=row.active,
            created_at=row.created_at,
            changed_at=row.changed_at,
        )
        for row in rows
    ]


def find_actor(connection: Connection, id_hash: bytes, now: int) -> tuple[Actor, int] | None:
    """Who acts through this session and when it was last seen; None when it has ended or the account is closed."""
    row = connection.execute(
        sa.select(account.c.id, account.c.login, account.c.name, account.c.role, session.c.csrf, session.c.seen_at)
        .join_from(session, account)
        .where(session.c.id_hash == id_hash, account.c.active, ~has_ended(now))
    ).first()
    if row is None:
        return None
    shops = connection.execute(
        sa.select(account_shop.c.shop).where(account_shop.c.account == row.id).order_by(account_shop.c.shop)
    ).scalars()
    actor = Actor(row.id, row.login, row.name, Role(row.role), tuple(shops), id_hash.hex(), row.csrf)
    return actor, row.seen_at


def has_ended(now: int) -> sa.ColumnElement[bool]:
    """The condition that a session is over: too old, or unused for too long."""
    return (session.c.expires_at <= now) | (session.c.seen_at <= now - SESSION_IDLE)


def count_owners(connection: Connection, shop: str, besides: str) -> int:
    """How many other active owners the shop has."""
    query = (
        sa.select(sa.func.count())
        .select_from(account)
        .join(account_shop)
        .where(
            account_shop.c.shop == shop,
            account.c.role == Role.OWNER,
            account.c.active,
            account.c.id != besides,
        )
    )
    return connection.execute(query).scalar_one()


def insert_account(connection: Connection, new: Account, password_hash: str) -> None:
    """Add an account with its shops."""
    connection.execute(
        account.insert().values(
            id=new.id,
            login=new.login,
            name=new.name,
            role=new.role.value,
            password_hash=password_hash,
            active=new.active,
            created_at=new.created_at,
            changed_at=new.changed_at,
        )
    )
    set_shops(connection, new.id, new.shops)


def set_shops(connection: Connection, account_id: str, shops: Sequence[str]) -> None:
    """Make these the account's shops."""
    connection.execute(account_shop.delete().where(account_shop.c.account == account_id))
    if shops:
        connection.execute(account_shop.insert(), [{"account": account_id, "shop": shop} for shop in shops])


def set_password(connection: Connection, account_id: str, password_hash: str, now: int) -> None:
    """Replace the password hash."""
    connection.execute(
        account.update().where(account.c.id == account_id).values(password_hash=password_hash, changed_at=now)
    )
