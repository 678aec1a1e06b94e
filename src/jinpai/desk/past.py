"""What was said in another program, told to the log as history: read and found, never sent, queued, counted or judged.

Each buyer has one conversation on the shop's channel of history. A file with older talks than those already there gets
a channel of its own for them, so that every conversation is in order of time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.actions import add_channel
from jinpai.desk.history import find_known
from jinpai.desk.model import HISTORY, PAST_IN, PAST_OUT
from jinpai.desk.store import buyer, channel, conversation
from jinpai.desk.visits import open_conversations
from jinpai.importing.model import Outcome
from jinpai.journal.model import Entry, pending
from jinpai.journal.writer import Tx
from jinpai.kit.bulk import select_in
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer

NAME = "导入的聊天记录"
AT_ONCE = 500
_KEYS = "SELECT client_key FROM journal WHERE client_key IN :values"


@dataclass(frozen=True, slots=True)
class PastLine:
    """One message: with which buyer, by whom, for the shop or not, when (ms), and the words."""

    buyer: str
    speaker: str
    is_ours: bool
    at: int
    text: str


def record_past(sealer: Sealer, shop: str, lines: Sequence[PastLine]) -> Callable[[Tx], list[Outcome]]:
    """Tell the log these lines, in order of time for every buyer; one that is there already stays as it is."""

    def act(tx: Tx) -> list[Outcome]:
        buyers = _meet(tx, shop, lines)
        entries = [_entry(shop, buyers[line.buyer], line) for line in lines]
        known = _known(tx.connection, entries)
        fresh: list[tuple[PastLine, Entry]] = []
        outcomes: list[Outcome] = []
        for line, entry in zip(lines, entries, strict=True):
            key = pending(entry).key
            outcomes.append("unchanged" if key in known else "created")
            if key not in known:
                known.add(key)
                fresh.append((line, entry))
        places = _places(tx, sealer, shop, buyers, [line for line, _ in fresh])
        for line, entry in fresh:
            tx.append(_placed(entry, places[line.buyer]))
        return outcomes

    return act


def foretell_past(connection: Connection, shop: str, lines: Sequence[PastLine]) -> list[Outcome]:
    """What `record_past` would do with these lines, all together."""
    names = sorted({line.buyer for line in lines})
    buyers: dict[str, str] = {}
    for start in range(0, len(names), AT_ONCE):
        buyers |= find_known(connection, shop, names[start : start + AT_ONCE])
    entries = [_entry(shop, buyers.get(line.buyer, line.buyer), line) for line in lines]
    known: set[str | None] = set()
    for start in range(0, len(entries), AT_ONCE):
        known |= _known(connection, entries[start : start + AT_ONCE])
    outcomes: list[Outcome] = []
    for entry in entries:
        key = pending(entry).key
        outcomes.append("unchanged" if key in known else "created")
        known.add(key)
    return outcomes


def _entry(shop: str, buyer_id: str, line: PastLine) -> Entry:
    """The line as a row to be, without its conversation; the same words at the same moment have the same client id."""
    said = "\0".join((shop, buyer_id, line.speaker, str(line.at), line.text))
    return Entry(
        PAST_OUT if line.is_ours else PAST_IN,
        "agent:" if line.is_ours else f"buyer:{buyer_id}",
        shop,
        client_id=blake2b(said.encode(), digest_size=16).hexdigest(),
        body={"text": line.text, "name": line.speaker},
        at=line.at,
    )


def _placed(entry: Entry, place: str) -> Entry:
    return Entry(entry.kind, entry.author, entry.shop, place, entry.client_id, body=entry.body, at=entry.at)


def _known(connection: Connection, entries: Iterable[Entry]) -> set[str | None]:
    return {row[0] for row in select_in(connection, _KEYS, [pending(entry).key for entry in entries])}


def _meet(tx: Tx, shop: str, lines: Sequence[PastLine]) -> Mapping[str, str]:
    """The ids of the buyers by their names; who is new is added, known from their first words on."""
    first: dict[str, int] = {}
    for line in lines:
        first[line.buyer] = min(line.at, first.get(line.buyer, line.at))
    known = find_known(tx.connection, shop, list(first))
    new = {name: new_id("b") for name in first if name not in known}
    rows = [
        {"id": id_, "shop": shop, "name": name, "external_id": name, "created_at": first[name]}
        for name, id_ in new.items()
    ]
    if rows:
        tx.connection.execute(sa.insert(buyer), rows)
    return {**known, **new}


def _places(
    tx: Tx, sealer: Sealer, shop: str, buyers: Mapping[str, str], lines: Sequence[PastLine]
) -> Mapping[str, str]:
    """The conversation of each buyer into which these lines go."""
    first: dict[str, int] = {}
    for line in lines:
        first[line.buyer] = min(line.at, first.get(line.buyer, line.at))
    query = sa.select(channel).where(channel.c.shop == shop, channel.c.kind == HISTORY).order_by(channel.c.id)
    channels: list[Any] = list(tx.connection.execute(query)) if first else []
    talks = sa.select(conversation.c.buyer, conversation.c.channel, conversation.c.last_at, conversation.c.id)
    mine = talks.where(conversation.c.buyer.in_([buyers[name] for name in first]))
    there = {(row.buyer, row.channel): row for row in tx.connection.execute(mine)} if first else {}
    found: dict[str, str] = {}
    wanted: dict[str, Any] = {}
    for name, at in first.items():
        tries = ((one, there.get((buyers[name], one.id))) for one in channels)
        place, talk = next(((one, row) for one, row in tries if row is None or row.last_at <= at), (None, None))
        if talk is not None:
            found[name] = talk.id
            continue
        if place is None:
            channels.append(_new_channel(tx, sealer, shop, len(channels) + 1))
        wanted[name] = (place or channels[-1], buyers[name], at)
    return found | dict(zip(wanted, open_conversations(tx, list(wanted.values())), strict=True))


def _new_channel(tx: Tx, sealer: Sealer, shop: str, number: int) -> Any:
    id_ = f"{shop}-history-{number}"
    add_channel(tx, sealer, id_, shop, HISTORY, NAME if number == 1 else f"{NAME} {number}")
    return tx.connection.execute(sa.select(channel).where(channel.c.id == id_)).one()
