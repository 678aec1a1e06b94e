"""The log's plain types: what is asked to be written, what was written, and the pure function between."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

import orjson

from jinpai.kit.errors import Conflict

_NOTHING: Mapping[str, Any] = {}


class Entry(NamedTuple):
    """One fact to be appended; `body` holds what the law may ask to erase, `data` what stays.

    `client_id` makes the entry idempotent within its author: the same id with the same content is written once.
    `asked` stands for the body in that comparison where the body holds what was looked up when it was written.
    `at` (ms) is when it happened, for history that is told afterwards; without it, now. It and `Row` are tuples because
    dozens are read for every message, and a tuple is made in a third of a frozen dataclass's time.
    """

    kind: str
    author: str
    shop: str
    conversation: str | None = None
    client_id: str | None = None
    data: Mapping[str, Any] = _NOTHING
    body: Mapping[str, Any] = _NOTHING
    asked: Mapping[str, Any] | None = None
    at: int | None = None


class Row(NamedTuple):
    """One fact as it stands in the log; `seq` counts 1, 2, 3 … within a conversation, 0 outside one."""

    id: int
    at: int
    seq: int
    entry: Entry


class Receipt:
    """Where an appended entry stands once its transaction is committed."""

    __slots__ = ("again", "at", "conflict", "id", "seq")

    def __init__(self) -> None:
        self.id = 0
        self.seq = 0
        self.at = 0
        self.again = False
        self.conflict = False

    def check(self) -> "Receipt":
        """This receipt; Conflict when its client id had been used for other content."""
        if self.conflict:
            raise Conflict("这个消息编号已经用于另一段内容，请换一个新的编号再发")
        return self


@dataclass(frozen=True, slots=True)
class Known:
    """A client id that is already in the log: the digest of its content and where it stands."""

    digest: str
    id: int
    seq: int
    at: int


@dataclass(slots=True)
class Pending:
    """An entry waiting for its number, with the receipt that will tell it."""

    entry: Entry
    receipt: Receipt
    key: str | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Projection:
    """Keeps a room's present state in step: called with the open connection and the batch's rows, same transaction.

    Each of `reads` is a SELECT about the batch's conversations (`:values`), asked in the journal's own round trip; what
    was found follows as a further argument. `project` speaks to the database through `kit.bulk` alone: its statements
    travel together with those of the journal.
    """

    project: Callable[..., None]
    reads: tuple[str, ...] = ()


def pending(entry: Entry) -> Pending:
    """The entry with its idempotency key and the digest of its content (None without a client id)."""
    if entry.client_id is None:
        return Pending(entry, Receipt(), None, None)
    key = blake2b(f"{entry.author}\0{entry.client_id}".encode(), digest_size=16).hexdigest()
    said = entry.body if entry.asked is None else entry.asked
    content = orjson.dumps([entry.kind, entry.conversation, said], option=orjson.OPT_SORT_KEYS)
    return Pending(entry, Receipt(), key, blake2b(content, digest_size=16).hexdigest())


def number(
    batch: Sequence[Pending], heads: Mapping[str, int], known: Mapping[str, Known], last_id: int, now: int
) -> list[tuple[Pending, Row]]:
    """The rows to insert, in order, each receipt filled; repeated and conflicting ids get a receipt but no row.

    `heads` has the last seq of each conversation (absent = 0), `known` the client keys already in the log, `now`
    the time in milliseconds.
    """
    seqs = dict(heads)
    seen = dict(known)
    rows: list[tuple[Pending, Row]] = []
    for item in batch:
        if item.key is not None and item.digest is not None:
            first = seen.get(item.key)
            if first is not None:
                _repeat(item, first)
                continue
        last_id += 1
        conversation = item.entry.conversation
        seq = 0
        if conversation is not None:
            seq = seqs[conversation] = seqs.get(conversation, 0) + 1
        receipt = item.receipt
        at = now if item.entry.at is None else item.entry.at
        receipt.id, receipt.seq, receipt.at = last_id, seq, at
        rows.append((item, Row(last_id, at, seq, item.entry)))
        if item.key is not None and item.digest is not None:
            seen[item.key] = Known(item.digest, last_id, seq, at)
    return rows


def _repeat(item: Pending, first: Known) -> None:
    receipt = item.receipt
    receipt.id, receipt.seq, receipt.at = first.id, first.seq, first.at
    receipt.again = True
    receipt.conflict = first.digest != item.digest
