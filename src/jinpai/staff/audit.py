"""Who did what and when: what the log says outside conversations, for those who answer for the shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.store import body, journal
from jinpai.staff.model import Account
from jinpai.staff.store import list_accounts

Kind = Literal[
    "signed_in",
    "signed_out",
    "password_changed",
    "account_created",
    "account_changed",
    "content_published",
    "shop_opened",
    "channel_added",
    "channel_changed",
    "channel_secret_rotated",
    "status",
    "order_revealed",
    "task_revealed",
    "promise_settled",
    "orders_exported",
    "conversation_exported",
    "customer_revealed",
    "customer_merged",
    "customer_split",
    "customer_exported",
    "customer_erased",
    "model_set",
    "model_dropped",
    "supplier_set",
    "supplier_dropped",
    "supplier_revealed",
    "courier_set",
    "courier_dropped",
    "penalty_recorded",
    "penalty_withdrawn",
]
"""What is audited; `status` only where somebody else set it."""

PAGE = 50
CHUNK = 500
CHUNKS = 8
"""One question looks at no more than 4,000 rows; who wants to look further back asks on with `next`."""

_FACTS = (
    sa.select(
        journal.c.id, journal.c.at, journal.c.shop, journal.c.kind, journal.c.author, journal.c.data, body.c.content
    )
    .outerjoin(body, body.c.id == journal.c.id)
    .where(journal.c.conversation.is_(None))
    .order_by(journal.c.id.desc())
    .limit(CHUNK)
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing somebody did; `by` and `about` are accounts (id, name), None where it was nobody."""

    id: int
    at: int
    kind: str
    shop: str
    by: tuple[str, str] | None
    about: tuple[str, str] | None
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; times in milliseconds, None = any."""

    shops: Sequence[str]
    person: str | None = None
    kinds: Sequence[Kind] = get_args(Kind)
    since: int | None = None
    until: int | None = None


def read_audit(connection: Connection, wanted: Wanted, before: int | None) -> tuple[list[Fact], int | None]:
    """A page of facts, newest first, and the id to ask on `before`; None when there is nothing further back.

    Facts about accounts belong to no shop: they are told to those who serve a shop together with that account.
    """
    accounts = {account.id: account for account in list_accounts(connection, wanted.shops)}
    found: list[Fact] = []
    at = before
    for _ in range(CHUNKS):
        rows = connection.execute(_query(wanted, at)).all()
        for row in rows:
            at = row.id
            fact = _fact(row, accounts)
            if _is_theirs(fact, wanted, accounts):
                found.append(fact)
                if len(found) == PAGE:
                    return found, at
        if len(rows) < CHUNK:
            return found, None
    return found, at


def _query(wanted: Wanted, before: int | None) -> sa.Select[Any]:
    query = _FACTS.where(journal.c.shop.in_(("", *wanted.shops)), journal.c.kind.in_(wanted.kinds))
    if before is not None:
        query = query.where(journal.c.id < before)
    if wanted.since is not None:
        query = query.where(journal.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(journal.c.at < wanted.until)
    return query


def _fact(row: Any, accounts: dict[str, Account]) -> Fact:
    data = dict(row.data or {})
    content = row.content or {}
    by = row.author.removeprefix("agent:") if row.author.startswith("agent:") else None
    about = data.pop("account", None)
    return Fact(
        id=row.id,
        at=row.at,
        kind=row.kind,
        shop=row.shop,
        by=None if by is None else (by, _name(by, accounts, "")),
        about=None if about is None else (about, _name(about, accounts, str(content.get("name", "")))),
        data=data,
    )


def _name(account_id: str, accounts: dict[str, Account], known: str) -> str:
    found = accounts.get(account_id)
    return known if found is None else found.name


def _is_theirs(fact: Fact, wanted: Wanted, accounts: dict[str, Account]) -> bool:
    parties = {party[0] for party in (fact.by, fact.about) if party is not None}
    if wanted.person is not None and wanted.person not in parties:
        return False
    if fact.kind == "status" and fact.by == fact.about:
        return False
    if fact.shop:
        return True
    return (fact.about or fact.by or ("", ""))[0] in accounts
