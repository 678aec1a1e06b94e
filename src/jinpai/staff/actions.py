"""What can be done with accounts and sessions; each returned action is atomic and leaves its audit row in the journal.

Passwords are hashed and verified before, outside the transaction: an action gets the hash that was verified and
refuses when it is no longer the account's.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, Conflict, NotSignedIn
from jinpai.kit.ids import new_id, new_secret
from jinpai.kit.sealing import fingerprint
from jinpai.staff import store
from jinpai.staff.manage import check_assigns, check_keeps_owners, find_managed
from jinpai.staff.model import (
    SEEN_STEP,
    SESSION_LIFE,
    Account,
    AccountChange,
    Actor,
    NewAccount,
    check_login,
    check_name,
    check_shops,
)
from jinpai.staff.passwords import Passwords

WRONG = "登录名或密码不对，请检查后再试；忘了密码可以请店主重置"


def create_account(by: Actor | None, new: NewAccount, password_hash: str) -> Action[Account]:
    """Add an account; without `by` it is the operator at the command line. Conflict when the login is taken."""

    def action(tx: Tx) -> Account:
        account = Account(
            id=new_id("a"),
            login=check_login(new.login),
            name=check_name(new.name),
            role=new.role,
            shops=check_shops(new.shops),
            active=True,
            created_at=tx.now,
            changed_at=tx.now,
        )
        check_assigns(by, account.shops)
        if store.find_credentials(tx.connection, account.login) is not None:
            raise Conflict("这个登录名已经有人用了，请换一个")
        store.insert_account(tx.connection, account, password_hash)
        _record(tx, "account_created", by, account, {"role": account.role.value, "shops": list(account.shops)})
        return account

    return action


def change_account(by: Actor | None, account_id: str, change: AccountChange) -> Action[Account]:
    """Change an account of one's own shops; other rights or another password end all its sessions."""

    def action(tx: Tx) -> Account:
        before = find_managed(tx.connection, by, account_id)
        if by is not None and by.id == account_id and change.password_hash is not None:
            raise BadInput("修改自己的密码请用“修改密码”，那里会核对旧密码")
        after = _changed(before, change, tx.now)
        check_assigns(by, after.shops)
        check_keeps_owners(tx.connection, before, after)
        changes = _differences(before, after, change)
        if not changes:
            return before
        _update(tx.connection, after, change.password_hash)
        _record(tx, "account_changed", by, after, changes)
        if set(changes) - {"name"}:
            _end_sessions(tx, after.id, keep=None)
        return after

    return action


def change_password(actor: Actor, proof: str, new_hash: str) -> Action[None]:
    """Change one's own password; `proof` is the hash the old one matched. Every other session of the account ends."""

    def action(tx: Tx) -> None:
        if store.get_password_hash(tx.connection, actor.id) != proof:
            raise Conflict("密码刚刚在别处改过，请用新密码重新登录")
        store.set_password(tx.connection, actor.id, new_hash, tx.now)
        tx.append(Entry("password_changed", actor.author, "", data={"account": actor.id}))
        _end_sessions(tx, actor.id, keep=actor.session)

    return action


def check_credentials(passwords: Passwords, found: store.Credentials | None, password: str) -> None:
    """NotSignedIn, after the same work, for an unknown login as for a wrong password or a closed account."""
    matches = passwords.verify(password, None if found is None else found.password_hash)
    if found is None or not found.active or not matches:
        raise NotSignedIn(WRONG)


def sign_in(account_id: str, proof: str, secret: str, replacing: str | None = None) -> Action[Actor]:
    """Open a session for the cookie value `secret`, in place of the browser's earlier one.

    NotSignedIn when the account was closed or its password changed while it was being verified.
    """

    def action(tx: Tx) -> Actor:
        if store.get_password_hash(tx.connection, account_id) != proof:
            raise NotSignedIn(WRONG)
        tx.connection.execute(store.session.delete().where(store.has_ended(tx.now)))
        if replacing is not None:
            _replace_session(tx, fingerprint(replacing))
        tx.connection.execute(
            store.session.insert().values(
                id_hash=fingerprint(secret),
                account=account_id,
                csrf=new_secret(),
                created_at=tx.now,
                seen_at=tx.now,
                expires_at=tx.now + SESSION_LIFE,
            )
        )
        found = store.find_actor(tx.connection, fingerprint(secret), tx.now)
        assert found is not None
        tx.append(Entry("signed_in", found[0].author, "", data={"account": account_id}))
        return found[0]

    return action


def sign_out(actor: Actor) -> Action[None]:
    """End this session; its live sockets close, those of the account's other sessions stay."""

    def action(tx: Tx) -> None:
        _end_one(tx, actor.id, bytes.fromhex(actor.session))

    return action


def find_session(connection: Connection, secret: str, now: int) -> tuple[Actor, bool]:
    """Who acts through the session with this cookie value, and whether `touch` is due; NotSignedIn when it ended."""
    found = store.find_actor(connection, fingerprint(secret), now)
    if found is None:
        raise NotSignedIn("登录已失效，请重新登录")
    actor, seen_at = found
    return actor, now - seen_at >= SEEN_STEP


def touch(session: str) -> Action[None]:
    """Remember that the session is in use; at most once in five minutes, so that reading stays free of writes."""

    def action(tx: Tx) -> None:
        table = store.session
        stale = (table.c.id_hash == bytes.fromhex(session)) & (table.c.seen_at <= tx.now - SEEN_STEP)
        tx.connection.execute(table.update().where(stale).values(seen_at=tx.now))

    return action


def _changed(before: Account, change: AccountChange, now: int) -> Account:
    return replace(
        before,
        name=before.name if change.name is None else check_name(change.name),
        role=before.role if change.role is None else change.role,
        shops=before.shops if change.shops is None else check_shops(change.shops),
        active=before.active if change.active is None else change.active,
        changed_at=now,
    )


def _differences(before: Account, after: Account, change: AccountChange) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if after.role != before.role:
        changes["role"] = after.role.value
    if after.shops != before.shops:
        changes["shops"] = list(after.shops)
    if after.active != before.active:
        changes["active"] = after.active
    if after.name != before.name:
        changes["name"] = True
    if change.password_hash is not None:
        changes["password"] = True
    return changes


def _update(connection: Connection, after: Account, password_hash: str | None) -> None:
    table = store.account
    connection.execute(
        table.update()
        .where(table.c.id == after.id)
        .values(name=after.name, role=after.role.value, active=after.active, changed_at=after.changed_at)
    )
    store.set_shops(connection, after.id, after.shops)
    if password_hash is not None:
        store.set_password(connection, after.id, password_hash, after.changed_at)


def _record(tx: Tx, kind: str, by: Actor | None, account: Account, data: Mapping[str, Any]) -> None:
    author = "system:" if by is None else by.author
    body = {"login": account.login, "name": account.name}
    tx.append(Entry(kind, author, "", data={"account": account.id, **data}, body=body))


def _replace_session(tx: Tx, id_hash: bytes) -> None:
    table = store.session
    owner = tx.connection.execute(sa.select(table.c.account).where(table.c.id_hash == id_hash)).scalar()
    if owner is not None:
        _end_one(tx, owner, id_hash)


def _end_one(tx: Tx, account_id: str, id_hash: bytes) -> None:
    tx.connection.execute(store.session.delete().where(store.session.c.id_hash == id_hash))
    tx.append(Entry("signed_out", f"agent:{account_id}", "", data={"account": account_id}))
    tx.tell("sessions", {"account": account_id, "keep": None, "only": id_hash.hex()})


def _end_sessions(tx: Tx, account_id: str, keep: str | None) -> None:
    table = store.session
    ended = table.c.account == account_id
    if keep is not None:
        ended &= table.c.id_hash != bytes.fromhex(keep)
    tx.connection.execute(sa.delete(table).where(ended))
    tx.tell("sessions", {"account": account_id, "keep": keep})
