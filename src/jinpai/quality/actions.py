"""What happens to remarks: they are kept with what was said, appealed, agreed with or overturned."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import MESSAGE_OUT, Author
from jinpai.desk.projection import Change
from jinpai.journal.model import Entry, Receipt, Row
from jinpai.journal.writer import Tx
from jinpai.kit.bulk import insert_many
from jinpai.kit.errors import BadInput, Conflict, NotAllowed, NotFound
from jinpai.quality.model import APPEALED, DECIDED, REVIEWED, HitRecord, Verdict
from jinpai.quality.store import COLUMNS, get_hit, guard_hit

Act = Callable[[Tx], Receipt]


def kept_hits(connection: Connection, changes: Sequence[Change]) -> None:
    """The hook that keeps the remarks on what agents said, in the transaction that logs it."""
    rows = [values for change in changes for row in change.rows for values in _values(row)]
    insert_many(connection, guard_hit, COLUMNS, rows)


def appeal(hit_id: str, by: Author, reason: str) -> Act:
    """The agent whose words were remarked on says why that is wrong, once; NotFound for anybody else."""

    def act(tx: Tx) -> Receipt:
        hit = _get(tx, hit_id)
        if hit.agent != by.id:
            raise NotFound("没有找到这条命中；只能申诉自己的")
        if hit.state == "overturned":
            raise Conflict("这条命中已经被推翻了，不用再申诉")
        if hit.appeal is not None:
            raise Conflict("这条命中已经申诉过了，请等主管处理")
        receipt = tx.append(_entry(hit, APPEALED, by, {}, reason))
        _change(tx, hit, state="appealed", appeal=lambda: receipt.id)
        return receipt

    return act


def decide(hit_id: str, by: Author, verdict: Verdict, reason: str) -> Act:
    """A supervisor agrees or overturns, nobody for themselves; to overturn, or after an appeal, a reason is needed."""

    def act(tx: Tx) -> Receipt:
        hit = _get(tx, hit_id)
        if hit.agent == by.id:
            raise NotAllowed("不能判自己的命中，请另一位主管来看")
        if not reason and (verdict == "overturned" or hit.state == "appealed"):
            raise BadInput("请写一句理由，客服能看到")
        if hit.state == verdict:
            raise Conflict("这条命中已经是这个结论了，请刷新页面")
        receipt = tx.append(_entry(hit, DECIDED, by, {"verdict": verdict}, reason))
        _change(tx, hit, state=verdict, decision=lambda: receipt.id)
        return receipt

    return act


def _values(row: Row) -> Iterator[tuple[Any, ...]]:
    """The remarks a row of the log tells of, as rows of the table."""
    entry = row.entry
    if entry.kind == MESSAGE_OUT and "hits" in entry.data and entry.author.startswith("agent:"):
        where = {"message": row.id, "seq": row.seq, "at": row.at, "agent": Author.read(entry.author).id}
        confirmed = bool(entry.data.get("confirmed"))
        for number, hit in enumerate(entry.data["hits"]):
            yield _one(f"h_{row.id}_{number}", entry, {**where, **hit}, confirmed=confirmed, after=False)
    elif entry.kind == REVIEWED:
        for number, hit in enumerate(entry.data["hits"]):
            yield _one(f"h_{row.id}_{number}", entry, hit, confirmed=False, after=True)


def _one(id_: str, entry: Entry, hit: Mapping[str, Any], *, confirmed: bool, after: bool) -> tuple[Any, ...]:
    place = (hit["message"], hit["seq"], hit["at"], hit["agent"])
    rule = (hit["rule"], hit["family"], hit["severity"], hit["start"], hit["end"], hit["why"], hit["points"])
    return (id_, entry.shop, entry.conversation, *place, *rule, confirmed, after, "open", None, None)


def _get(tx: Tx, hit_id: str) -> HitRecord:
    hit = get_hit(tx.connection, hit_id)
    if hit is None:
        raise NotFound("没有找到这条命中")
    return hit


def _entry(hit: HitRecord, kind: str, by: Author, data: Mapping[str, Any], reason: str) -> Entry:
    told = {"hit": hit.id, **data}
    body = {"name": by.name, **({"reason": reason} if reason else {})}
    return Entry(kind, by.key(), hit.shop, conversation=hit.conversation, data=told, body=body)


def _change(tx: Tx, hit: HitRecord, state: str, **rows: Callable[[], int]) -> None:
    """Note the new state and the journal row behind it; asking for the connection numbers that row."""
    connection = tx.connection
    values = {"state": state} | {name: number() for name, number in rows.items()}
    connection.execute(sa.update(guard_hit).where(guard_hit.c.id == hit.id).values(**values))
