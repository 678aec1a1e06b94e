"""Files of conversations: which there are; their bytes lie with a files adapter under their digest."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.store import file
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


def add_file(added: File) -> Callable[[Tx], File]:
    """Note the file; nobody sees it before a message carries it."""

    def act(tx: Tx) -> File:
        tx.connection.execute(sa.insert(file).values(**asdict(added), created_at=tx.now))
        return added

    return act


def find_file(connection: Connection, file_id: str) -> File | None:
    """The file with this id, if there is one."""
    columns = [file.c[name] for name in File.__slots__]
    row = connection.execute(sa.select(*columns).where(file.c.id == file_id)).one_or_none()
    return None if row is None else File(*row)
