"""Who is at the desk, and who queues there: the questions asked of presence and of waiting conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import Conversation
from jinpai.desk.store import conversation, desk_process, desk_socket, get_conversations, presence, shop
from jinpai.staff.store import account, account_shop

Status = Literal["online", "busy", "away", "off"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""online: gets new buyers · busy: keeps those they have · away: back soon · off: not in the shop."""

QUEUE_LENGTH = 2_000
"""How many of a queue are counted; who stands further back has no place yet."""

_OPEN = (
    sa.select(conversation.c.agent, sa.func.count().label("open"))
    .where(conversation.c.status == "open", conversation.c.agent.is_not(None))
    .group_by(conversation.c.agent)
    .subquery()
)
_LIVE = (
    sa.select(desk_socket.c.account)
    .join(desk_process, desk_process.c.id == desk_socket.c.process)
    .where(desk_process.c.until > sa.bindparam("now"))
    .distinct()
    .subquery()
)
_PRESENT = (
    sa.select(account.c.id, account.c.login, account.c.name, account.c.role, presence.c.status, presence.c.line)
    .add_columns(presence.c.since, presence.c.active_at, presence.c.served_at, presence.c.gone_at)
    .add_columns(_OPEN.c.open, _LIVE.c.account.label("live"))
    .outerjoin_from(account, presence, presence.c.account == account.c.id)
    .outerjoin(_OPEN, _OPEN.c.agent == account.c.id)
    .outerjoin(_LIVE, _LIVE.c.account == account.c.id)
    .order_by(account.c.login)
)


@dataclass(frozen=True, slots=True)
class Present:
    """A colleague as the desk sees them: `online` = one of their sockets is open, `open` = conversations they serve."""

    account: str
    login: str
    name: str
    role: str
    status: Status
    line: str
    since: int
    open: int
    online: bool
    active_at: int
    served_at: int
    gone_at: int | None
    shops: tuple[str, ...]


def list_present(connection: Connection, shops: Sequence[str], now: int) -> list[Present]:
    """Every active account that serves at least one of these shops, by login; `now` in ms."""
    theirs = sa.select(account_shop.c.account).where(account_shop.c.shop.in_(shops))
    return _present(connection, sa.and_(account.c.active, account.c.id.in_(theirs)), now)


def find_present(connection: Connection, account_id: str, now: int) -> Present | None:
    """One account at the desk, also one that has been closed."""
    found = _present(connection, account.c.id == account_id, now)
    return found[0] if found else None


def find_live(connection: Connection, accounts: Sequence[str], now: int) -> set[str]:
    """Which of these accounts have a socket open, on whatever process."""
    query = sa.select(_LIVE.c.account).where(_LIVE.c.account.in_(accounts))
    return set(connection.execute(query, {"now": now}).scalars())


def list_shops(connection: Connection) -> list[str]:
    """The ids of all shops."""
    return list(connection.execute(sa.select(shop.c.id).order_by(shop.c.id)).scalars())


def list_queue(connection: Connection, shops: Sequence[str], limit: int) -> list[Conversation]:
    """Who queues in these shops, first come first."""
    found = read_queue(connection, shops, limit)
    states = get_conversations(connection, [id_ for _, id_ in found])
    return [states[id_] for _, id_ in found]


def read_queue(connection: Connection, shops: Sequence[str] | None, limit: int) -> list[tuple[str, str]]:
    """Shop and conversation of those who queue, first come first; of every shop when none is named."""
    query = sa.select(conversation.c.shop, conversation.c.id).where(conversation.c.queued_at.is_not(None))
    if shops is not None:
        query = query.where(conversation.c.shop.in_(shops))
    rows = connection.execute(query.order_by(conversation.c.queued_at, conversation.c.id).limit(limit))
    return [(row.shop, row.id) for row in rows]


def read_positions(connection: Connection, states: Sequence[Conversation]) -> dict[str, int]:
    """The places (from 1) in their shops' queues of those of these conversations that queue."""
    shops = {state.shop for state in states if state.queued_at is not None}
    return count_positions(read_queue(connection, sorted(shops), QUEUE_LENGTH)) if shops else {}


def count_positions(queue: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The place in its shop of each conversation of a queue given as (shop, conversation), first come first."""
    counts: dict[str, int] = {}
    positions: dict[str, int] = {}
    for place, conversation_id in queue:
        positions[conversation_id] = counts[place] = counts.get(place, 0) + 1
    return positions


def find_held(connection: Connection, account_id: str, shop_id: str, *, waiting: bool) -> list[str]:
    """The open conversations this account serves in this shop; with `waiting` those whose buyer waits."""
    query = sa.select(conversation.c.id).where(
        conversation.c.agent == account_id, conversation.c.shop == shop_id, conversation.c.status == "open"
    )
    if waiting:
        query = query.where(conversation.c.waiting_since.is_not(None))
    return list(connection.execute(query.order_by(conversation.c.waiting_since, conversation.c.id)).scalars())


def _present(connection: Connection, condition: sa.ColumnElement[bool], now: int) -> list[Present]:
    rows = connection.execute(_PRESENT.where(condition), {"now": now}).all()
    links = sa.select(account_shop).where(account_shop.c.account.in_([row.id for row in rows]))
    shops: dict[str, list[str]] = {row.id: [] for row in rows}
    for link in connection.execute(links.order_by(account_shop.c.shop)):
        shops[link.account].append(link.shop)
    return [
        Present(
            row.id,
            row.login,
            row.name,
            row.role,
            row.status or "off",
            row.line or "",
            row.since or 0,
            row.open or 0,
            row.live is not None,
            row.active_at or 0,
            row.served_at or 0,
            row.gone_at,
            tuple(shops[row.id]),
        )
        for row in rows
    ]
