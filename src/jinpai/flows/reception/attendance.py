"""Who is at the desk on this process: sockets come and go, a lease is renewed, and who does nothing is noticed."""

import threading
from collections import Counter
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from jinpai.desk.model import Author
from jinpai.desk.presence import UNATTENDED, arrive, depart, find_dead, note_activity, reap, renew, set_status
from jinpai.desk.seats import find_present
from jinpai.desk.store import conversation, desk_socket, presence
from jinpai.flows.ports import House
from jinpai.flows.reception.routing import give_back, rules_of, share_out
from jinpai.flows.send import opinion
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput
from jinpai.kit.ids import new_id

_log = structlog.get_logger()

_IDLE = (
    sa.select(presence.c.account, conversation.c.shop, sa.func.min(conversation.c.waiting_since).label("waits"))
    .add_columns(presence.c.active_at)
    .join_from(presence, conversation, conversation.c.agent == presence.c.account)
    .where(presence.c.status == "online", presence.c.gone_at.is_(None), conversation.c.status == "open")
    .where(conversation.c.waiting_since.is_not(None))
    .group_by(presence.c.account, conversation.c.shop, presence.c.active_at)
)


class Attendance:
    """The people whose desks this process holds; safe to call from any thread, never waits for the database."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._process = new_id("p")
        self._sockets: Counter[str] = Counter()
        self._active: dict[str, int] = {}
        self._lock = threading.Lock()

    def arrive(self, account: str) -> None:
        """A desk of this person opened."""
        with self._lock:
            self._sockets[account] += 1
            if self._sockets[account] == 1:
                self._house.writer.submit(self._arrival(account), _noted)

    def leave(self, account: str) -> None:
        """A desk of this person closed."""
        with self._lock:
            self._sockets[account] -= 1
            if not self._sockets[account]:
                del self._sockets[account]
                self._active.pop(account, None)
                self._house.writer.submit(self._departure(account), _noted)

    def act(self, account: str) -> None:
        """This person did something at the desk."""
        with self._lock:
            self._active[account] = self._house.clock.now()

    def beat(self) -> None:
        """Renew the lease, notice processes that were killed and agents who do nothing (blocks)."""
        house, now = self._house, self._house.clock.now()
        with self._lock:
            here, active = set(self._sockets), self._active
            self._active = {}
        with house.database.read() as connection:
            mine = sa.select(desk_socket.c.account).where(desk_socket.c.process == self._process)
            known = set(connection.execute(mine).scalars())
            dead = [process for process in find_dead(connection, now) if process != self._process]
        for account in here ^ known:
            self._tell_again(account)
        if here:
            self._renew(active)
        if dead:
            house.writer.run(lambda tx: reap(tx, self._grace))
        notice_unattended(house)

    def _tell_again(self, account: str) -> None:
        """What the database believes of this person could not be written, or was undone: say how it is by now."""
        with self._lock:
            action = self._arrival(account) if account in self._sockets else self._departure(account)
            self._house.writer.submit(action, _noted)

    def _renew(self, active: dict[str, int]) -> None:
        """Renew the lease and write down what was done, which the next beat does again where it failed."""

        def act(tx: Tx) -> None:
            renew(tx, self._process)
            note_activity(tx, active)

        try:
            self._house.writer.run(act)
        except Exception:
            with self._lock:
                self._active = {**active, **self._active}
            raise

    def _arrival(self, account: str) -> Action[None]:
        def act(tx: Tx) -> None:
            if arrive(tx, self._process, account):
                found = find_present(tx.connection, account, tx.now)
                for shop in found.shops if found is not None else ():
                    share_out(self._house, tx, shop)

        return act

    def _departure(self, account: str) -> Action[None]:
        return lambda tx: depart(tx, self._process, account, self._grace)

    def _grace(self, shop: str) -> int:
        return rules_of(self._house, shop).grace_seconds


def notice_unattended(house: House) -> None:
    """Online, but nothing done while a buyer waits for longer than the shop allows: away, and the buyers go on."""
    with house.database.read() as connection:
        idle = _find_idle(house, connection, house.clock.now())
    for account in idle:
        house.writer.run(_relieve(house, account))


def check_line(house: House, shop: str, line: str) -> None:
    """BadInput when the guard would stop an automatic text with this line in it."""
    if line:
        for hit in opinion(house, shop, line, ()):
            if hit.severity != "hint":
                raise BadInput(f"这句附言不能用：{hit.why}，请换个说法")


def _find_idle(house: House, connection: Connection, now: int) -> list[str]:
    return sorted(
        {
            row.account
            for row in connection.execute(_IDLE)
            if max(row.active_at, row.waits) + rules_of(house, row.shop).unattended_minutes * 60_000 <= now
        }
    )


def _relieve(house: House, account: str) -> Action[None]:
    """Away in one step for all their shops, unless by now they answered, left or were relieved elsewhere."""

    def act(tx: Tx) -> None:
        found = find_present(tx.connection, account, tx.now)
        if found is None or not found.online or account not in _find_idle(house, tx.connection, tx.now):
            return
        set_status(tx, account, "away", None, Author("system"))
        for shop in found.shops:
            waiting = give_back(tx, account, shop, "unattended", waiting=True)
            if waiting:
                tx.append(Entry(UNATTENDED, f"agent:{account}", shop, data={"account": account, "waiting": waiting}))
                share_out(house, tx, shop)

    return act


def _noted(value: Any, error: Exception | None) -> None:
    """The next beat comes back to what could not be written."""
    if error is not None:
        _log.warning("attendance_waits", error=type(error).__name__)
