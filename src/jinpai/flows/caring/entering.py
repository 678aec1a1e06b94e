"""A care task and the due row that brings it up are entered together, and withdrawn together."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from jinpai.care.model import Care
from jinpai.care.store import add_cares, put_care
from jinpai.customers.care import CareEntry
from jinpai.customers.store import customer
from jinpai.journal.due import Due, find_by_key, finish, postpone, schedule
from jinpai.journal.writer import Tx
from jinpai.kit.ids import new_id

CARE = "care"
"""The kind of work that looks at a task whose time has come, or is over."""


def add_planned(tx: Tx, new: Sequence[Care]) -> None:
    """Enter these tasks, those that can still be done, of nobody who was forgotten; each has a due row."""
    gone = _forgotten(tx, [one.buyer for one in new])
    fresh = add_cares(tx.connection, [one for one in new if one.ends_at > tx.now and one.buyer not in gone])
    works = [Due(one.shop, CARE, one.buyer, _key(one), one.due_at, {"care": one.id}) for one in fresh]
    schedule(tx.connection, works, tx.now)


def withdraw(tx: Tx, one: Care, why: str) -> None:
    """This task is not to be done, and nothing waits for it."""
    put_care(tx.connection, replace(one, state="cancelled", why=why))
    work = find_by_key(tx.connection, _key(one))
    if work is not None:
        finish(tx.connection, work, "cancelled", why, tx.now)


def renew(tx: Tx, one: Care) -> None:
    """A task that was withdrawn is planned again."""
    put_care(tx.connection, replace(one, state="planned", why=""))
    work = find_by_key(tx.connection, _key(one))
    if work is not None:
        postpone(tx.connection, work, one.due_at, "")


def task_of(
    entry: CareEntry,
    shop: str,
    buyer: str,
    key: str,
    times: tuple[int, int],
    now: int,
    order: str | None = None,
    about: str = "",
) -> Care:
    """A planned task of this entry of content; `times` (ms) are when it is due and when it is given up."""
    due, ends = times
    return Care(
        id=new_id("e"), shop=shop, buyer=buyer, key=key, plan=entry.id, occasion=entry.occasion, about=about,
        order_id=order, due_at=due, ends_at=ends, state="planned", why="", means="", conversation=None, author="",
        fact=None, done_at=None, outcome="", settled_by="", created_at=now,
    )  # fmt: skip


def _forgotten(tx: Tx, buyers: Sequence[str]) -> set[str]:
    erased = sa.and_(customer.c.buyer.in_(buyers), customer.c.erased_at.is_not(None))
    return set(tx.connection.execute(sa.select(customer.c.buyer).where(erased)).scalars()) if buyers else set()


def _key(one: Care) -> str:
    return f"{CARE}:{one.id}"
