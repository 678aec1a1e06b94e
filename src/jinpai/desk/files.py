"""Files of conversations: which there are; their bytes lie with a files adapter under their digest."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.store import conversation, file
from jinpai.journal.due import Due, schedule
from jinpai.journal.store import body, journal
from jinpai.journal.writer import Tx


@dataclass(frozen=True, slots=True)
class File:
    """A picture somebody put into a conversation; sizes in bytes and pixels, digests as the files adapter gave them."""

    id: str
    conversation: str
    author: str
    type: str
    bytes: int
    width: int
    height: int
    digest: str
    thumb: str


SWEEP = "file_sweep"
"""The kind of work that looks whether a file was sent after all."""

KEPT_MS = 86_400_000
"""How long a file that no message carries is kept."""


def add_file(added: File) -> Callable[[Tx], File]:
    """Note the file; nobody sees it before a message carries it, and after a day without one it goes."""

    def act(tx: Tx) -> File:
        place = sa.select(conversation.c.shop).where(conversation.c.id == added.conversation)
        shop = tx.connection.execute(place).scalar_one()
        tx.connection.execute(sa.insert(file).values(**asdict(added), created_at=tx.now))
        schedule(tx.connection, [Due(shop, SWEEP, added.id, f"file:{added.id}", tx.now + KEPT_MS)], tx.now)
        return added

    return act


def find_file(connection: Connection, file_id: str) -> File | None:
    """The file with this id, if there is one."""
    columns = [file.c[name] for name in File.__slots__]
    row = connection.execute(sa.select(*columns).where(file.c.id == file_id)).one_or_none()
    return None if row is None else File(*row)


def is_sent(connection: Connection, kept: File) -> bool:
    """Whether a message of its conversation carries the file."""
    written = sa.type_coerce(body.c.content, sa.Text)
    query = sa.select(journal.c.id).join(body, body.c.id == journal.c.id)
    query = query.where(journal.c.conversation == kept.conversation, written.contains(kept.id, autoescape=True))
    return connection.execute(query.limit(1)).first() is not None


def remove_file(connection: Connection, removed: File) -> list[str]:
    """Forget the file; returns the digests that no other file has."""
    connection.execute(sa.delete(file).where(file.c.id == removed.id))
    return find_unshared(connection, (removed.digest, removed.thumb))


def find_unshared(connection: Connection, wanted: Sequence[str]) -> list[str]:
    """Those of these digests that no file has."""
    digests = sorted(set(wanted))
    still = sa.select(file.c.digest, file.c.thumb).where(file.c.digest.in_(digests) | file.c.thumb.in_(digests))
    kept = {digest for row in connection.execute(still) for digest in row}
    return [digest for digest in digests if digest not in kept]
