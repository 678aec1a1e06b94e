"""Coming to the desk, leaving it, and saying how one is there; each step is one transaction of the writer.

Who is there is known by sockets, on whatever process they are: every process keeps rows for those it holds and renews
a lease on them, so that the others notice when it was killed. Who loses the last socket keeps conversations for a
grace period, as a due row per shop.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import Author
from jinpai.desk.seats import Status, find_live, find_present
from jinpai.desk.store import desk_process, desk_socket, presence
from jinpai.journal.due import Due, cancel, schedule
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.errors import NotFound
from jinpai.staff.model import ELSEWHERE

GRACE = "grace"
STATUS = "status"
UNATTENDED = "unattended"
TOPIC = "desk"
"""The hint that the queue of `shop` moved, or somebody came, went or changed (then with `account` and `status`)."""

LEASE_MS = 30_000
RESET_MS = 30 * 60_000
"""Who was away from the desk for longer comes back as on the first day: agents online, everybody else off."""

GraceOf = Callable[[str], int]
"""Shop → its grace period in seconds."""


def renew(tx: Tx, process: str) -> None:
    """This process lives on for another lease."""
    until = tx.now + LEASE_MS
    changed = tx.connection.execute(sa.update(desk_process).where(desk_process.c.id == process).values(until=until))
    if changed.rowcount == 0:
        tx.connection.execute(sa.insert(desk_process).values(id=process, until=until))


def arrive(tx: Tx, process: str, account_id: str) -> bool:
    """A socket of this person opened here; tells whether they were not at the desk before."""
    found = find_present(tx.connection, account_id, tx.now)
    if found is None:
        return False
    renew(tx, process)
    mine = sa.and_(desk_socket.c.process == process, desk_socket.c.account == account_id)
    if tx.connection.execute(sa.select(desk_socket.c.account).where(mine)).first() is None:
        tx.connection.execute(sa.insert(desk_socket).values(process=process, account=account_id))
    if found.online:
        return False
    away_for = tx.now - (found.gone_at or 0)
    values: dict[str, object] = {"gone_at": None, "active_at": tx.now}
    if found.since == 0 or away_for > RESET_MS:
        values |= {"status": "online" if found.role == "agent" else "off", "since": tx.now}
    _put(tx.connection, account_id, values)
    cancel(tx.connection, [GRACE], [account_id], "已经回来了", tx.now)
    _tell(tx, found.shops, account=account_id, status=str(values.get("status", found.status)))
    return True


def depart(tx: Tx, process: str, account_id: str, grace: GraceOf) -> None:
    """The last socket of this person on this process ended."""
    mine = sa.and_(desk_socket.c.process == process, desk_socket.c.account == account_id)
    tx.connection.execute(sa.delete(desk_socket).where(mine))
    _leave(tx, [account_id], grace)


def reap(tx: Tx, grace: GraceOf) -> None:
    """Those whose process was killed, and is known by its lease having run out, have left."""
    dead = find_dead(tx.connection, tx.now)
    if not dead:
        return
    theirs = desk_socket.c.process.in_(dead)
    accounts = list(tx.connection.execute(sa.select(desk_socket.c.account).where(theirs).distinct()).scalars())
    tx.connection.execute(sa.delete(desk_socket).where(theirs))
    tx.connection.execute(sa.delete(desk_process).where(desk_process.c.id.in_(dead)))
    _leave(tx, accounts, grace)


def find_dead(connection: Connection, now: int) -> list[str]:
    """The processes whose lease has run out."""
    return list(connection.execute(sa.select(desk_process.c.id).where(desk_process.c.until <= now)).scalars())


def note_activity(tx: Tx, active: Mapping[str, int]) -> None:
    """Remember when these people last did something at the desk (account → ms)."""
    for account_id, at in active.items():
        older = sa.and_(presence.c.account == account_id, presence.c.active_at < at)
        tx.connection.execute(sa.update(presence).where(older).values(active_at=at))


def set_status(tx: Tx, account_id: str, status: Status, line: str | None, by: Author) -> None:
    """Set how somebody is at the desk; `line` (None = unchanged) are their own words for buyers."""
    found = find_present(tx.connection, account_id, tx.now)
    if found is None:
        raise NotFound(ELSEWHERE)
    values: dict[str, object] = {} if line is None else {"line": line}
    if status != found.status or not found.since:
        values |= {"status": status, "since": tx.now, "active_at": tx.now}
        for shop in found.shops:
            data = {"account": account_id, "from": found.status, "to": status}
            tx.append(Entry(STATUS, by.key(), shop, data=data, body={"name": by.name}))
    if values:
        _put(tx.connection, account_id, values)
        _tell(tx, found.shops, account=account_id, status=status)


def note_served(tx: Tx, accounts: Iterable[str]) -> None:
    """These people were just given a conversation."""
    for account_id in accounts:
        tx.connection.execute(sa.update(presence).where(presence.c.account == account_id).values(served_at=tx.now))


def _leave(tx: Tx, accounts: Sequence[str], grace: GraceOf) -> None:
    for account_id in set(accounts) - find_live(tx.connection, accounts, tx.now):
        found = find_present(tx.connection, account_id, tx.now)
        if found is None or found.gone_at is not None:
            continue
        _put(tx.connection, account_id, {"gone_at": tx.now})
        works = [
            Due(shop, GRACE, account_id, f"grace:{account_id}:{shop}:{tx.now}", tx.now + grace(shop) * 1000)
            for shop in found.shops
        ]
        schedule(tx.connection, works, tx.now)
        _tell(tx, found.shops)


def _put(connection: Connection, account_id: str, values: Mapping[str, object]) -> None:
    changed = connection.execute(sa.update(presence).where(presence.c.account == account_id).values(values))
    if changed.rowcount == 0:
        fresh = {"status": "off", "line": "", "since": 0, "active_at": 0, "served_at": 0, "gone_at": None}
        connection.execute(sa.insert(presence).values({"account": account_id, **fresh, **values}))


def _tell(tx: Tx, shops: Iterable[str], **who: str) -> None:
    for shop in shops:
        tx.tell(TOPIC, {"shop": shop, **who})
