"""What people decide about a customer; each action is one transaction of the writer, and a fact of the log.

What the law lets a customer erase stands in the fact's body alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from jinpai.customers.model import AXES, FACT_KINDS, TYPES, Axis
from jinpai.customers.nightly import retain
from jinpai.customers.store import (
    Customer,
    Judged,
    Kind,
    drop_judged,
    find_person,
    get_customer,
    put_customer,
    put_judged,
)
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, NotFound
from jinpai.kit.ids import new_id

JUDGED = "customer_judged"
CHANGED = "customer_changed"
REVEALED: Final = "customer_revealed"
MERGED = "customer_merged"
SPLIT = "customer_split"
EXPORTED: Final = "customer_exported"
IMPORTED: Final = "customer_imported"
ERASED: Final = "customer_erased"

Verdict = Literal["accepted", "struck", "open"]
"""It is so · it is not so · nobody knows, the talk alone tells."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
ELSEWHERE = "没有这位客户，可能不归您的店铺管"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a fact or a type of a buyer; `conversation` and `seq` are the message that says so."""

    kind: Kind
    value: str
    verdict: Verdict
    conversation: str | None = None
    seq: int | None = None


def judge(buyer: str, judgement: Judgement, author: str) -> Action[None]:
    """The action that accepts, strikes out or reopens; of a type another one accepted before is no longer so."""
    kind, value = judgement.kind, judgement.value
    if kind in AXES and value not in TYPES[kind]:
        raise BadInput("没有这种买家类型，请刷新页面再试")
    if kind not in AXES and kind not in FACT_KINDS:
        raise BadInput("没有这一项档案，请刷新页面再试")

    def act(tx: Tx) -> None:
        known = _known(tx, buyer)
        if judgement.verdict == "open":
            drop_judged(tx.connection, buyer, kind, value)
        else:
            if judgement.verdict == "accepted":
                for other in _others(kind, value):
                    drop_judged(tx.connection, buyer, kind, other)
            row = Judged(
                new_id("f"), known.shop, buyer, kind, value, judgement.verdict, judgement.conversation, judgement.seq,
                author, tx.now,
            )  # fmt: skip
            put_judged(tx.connection, row)
            retain(tx.connection, known.shop, tx.now)
        told = {"buyer": buyer, "kind": kind, "state": judgement.verdict}
        data = told | {"about": judgement.conversation, "seq": judgement.seq}
        tx.append(Entry(JUDGED, author, known.shop, data=data, body={"value": value}))

    return act


def change(
    buyer: str, changes: Mapping[str, Any], author: str, said: tuple[str, int] | None = None
) -> Action[Customer]:
    """The action that writes `quiet` and `note`; what changes nothing leaves no trace.

    `said` is the message (conversation, seq) in which the customer asked for quiet.
    """

    def act(tx: Tx) -> Customer:
        known = _known(tx, buyer)
        changed = replace(known, **changes)
        if changed == known:
            return known
        if changed.quiet != known.quiet:
            changed = hushed(changed, tx.now if changed.quiet else None, author, said)
        put_customer(tx.connection, changed)
        if changed.note:
            retain(tx.connection, known.shop, tx.now)
        names = [name for name in changes if getattr(known, name) != getattr(changed, name)]
        data: dict[str, Any] = {"buyer": buyer, "fields": names, "quiet": changed.quiet}
        if said is not None:
            data |= {"about": said[0], "seq": said[1]}
        tx.append(Entry(CHANGED, author, known.shop, data=data, body={"note": changed.note}))
        return changed

    return act


def hushed(known: Customer, at: int | None, author: str, said: tuple[str, int] | None = None) -> Customer:
    """The customer with a wish for quiet since `at` (ms), told by this author, in this message; None: without one."""
    if at is None:
        return replace(known, quiet=False, quiet_at=None, quiet_by=None, quiet_conversation=None, quiet_seq=None)
    conversation, seq = said or (None, None)
    return replace(known, quiet=True, quiet_at=at, quiet_by=author, quiet_conversation=conversation, quiet_seq=seq)


def note_looked(
    kind: Literal["customer_revealed", "customer_exported"], buyer: str, shop: str, author: str
) -> Action[None]:
    """The action that notes that somebody looked at how to reach this buyer, or took their record away."""

    def act(tx: Tx) -> None:
        tx.append(Entry(kind, author, shop, data={"buyer": buyer}))

    return act


def merge(buyer: str, into: str, author: str) -> Action[str]:
    """The action that takes this buyer for the person another one is; returns that person's first name's id.

    Nothing is moved: talks, orders and facts stay with the name they came under, so that `split` undoes it wholly.
    """

    def act(tx: Tx) -> str:
        known, target = _known(tx, buyer), _known(tx, into)
        if target.shop != known.shop:
            raise NotFound(ELSEWHERE)
        root = find_person(tx.connection, into)[0]
        if buyer in find_person(tx.connection, into):
            raise BadInput("这两个已经是同一位客户了")
        if known.same_as is not None or len(find_person(tx.connection, buyer)) > 1:
            raise BadInput("要合并过来的客户自己还合着别的名字，请先把它们拆开")
        put_customer(tx.connection, replace(known, same_as=root))
        tx.append(Entry(MERGED, author, known.shop, data={"buyer": buyer, "into": root}))
        return root

    return act


def split(buyer: str, author: str) -> Action[None]:
    """The action that takes a merge back; BadInput where this buyer is nobody else."""

    def act(tx: Tx) -> None:
        known = _known(tx, buyer)
        if known.same_as is None:
            raise BadInput("这位客户没有和别的名字合并，不用拆开")
        put_customer(tx.connection, replace(known, same_as=None))
        tx.append(Entry(SPLIT, author, known.shop, data={"buyer": buyer, "from": known.same_as}))

    return act


def _known(tx: Tx, buyer: str) -> Customer:
    known = get_customer(tx.connection, buyer)
    if known is None:
        raise NotFound(ELSEWHERE)
    if known.erased_at is not None:
        raise NotFound("这位客户的资料已按本人要求删除，不能再改")
    return known


def _others(kind: Kind, value: str) -> list[str]:
    """The types that cannot be so when this one is."""
    axis: Axis | None = next((one for one in AXES if one == kind), None)
    return [] if axis is None else sorted(TYPES[axis] - {value})
