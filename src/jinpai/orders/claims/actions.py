"""Opening claims against couriers and moving them; each action is one transaction of the writer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from jinpai.desk.model import Author
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer
from jinpai.orders.claims.model import CLAIMED, MOVED, Claim, Kind, State, check_amount, check_move
from jinpai.orders.claims.store import add_claim, find_of_number, lock_claim, put_claim
from jinpai.orders.model import TOPIC
from jinpai.orders.store import lock_order, order_fact
from jinpai.staff.model import ELSEWHERE


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: of which parcel, why, how much (fen), what proves it, and by when it is to be over (ms)."""

    number: str
    kind: Kind
    amount: int
    evidence: str
    due_at: int


def open_claim(sealer: Sealer, order_id: str, asked: Asked, by: Author) -> Callable[[Tx], Claim]:
    """Claim for a parcel of this order, once; the same again is the same, Conflict when it is claimed otherwise."""

    def act(tx: Tx) -> Claim:
        order = lock_order(tx.connection, sealer, order_id)
        if order is None:
            raise NotFound(ELSEWHERE)
        parcel = next((one for one in order.parcels if one.number == asked.number), None)
        if parcel is None or not asked.number:
            raise BadInput("这个订单没有这个运单号，请刷新看看")
        check_amount(asked.amount, order.paid)
        known = find_of_number(tx.connection, order.shop, asked.number)
        if known is not None:
            if (known.kind, known.amount, known.evidence) == (asked.kind, asked.amount, asked.evidence):
                return known
            raise Conflict("这个运单已经有同事在索赔了，进度在“快递索赔”里看")
        new = Claim(
            id=new_id("cl"), shop=order.shop, order_id=order_id, number=asked.number, courier=parcel.courier,
            kind=asked.kind, state="opened", amount=asked.amount, granted=None, evidence=asked.evidence, answer="",
            opened_by=by.key(), opened_at=tx.now, due_at=asked.due_at, changed_at=tx.now, ended_at=None,
        )  # fmt: skip
        add_claim(tx.connection, new)
        _note(tx, new, CLAIMED, by, [None, "opened"])
        return new

    return act


def move_claim(id_: str, to: State, by: Author, words: str, granted: int | None) -> Callable[[Tx], Claim]:
    """Move it on, with what the courier said and grants (fen); a second click changes nothing.

    Conflict where that is impossible, BadInput without what the move needs.
    """

    def act(tx: Tx) -> Claim:
        known = lock_claim(tx.connection, id_)
        if known is None:
            raise NotFound(ELSEWHERE)
        if known.state == to and known.answer == (words or known.answer):
            return known
        check_move(known, to, words, granted)
        ends = to in ("refused", "paid", "dropped")
        moved = replace(
            known,
            state=to,
            answer=words or known.answer,
            granted=granted if to == "accepted" else known.granted,
            changed_at=tx.now,
            ended_at=tx.now if ends else None,
        )
        put_claim(tx.connection, moved)
        _note(tx, moved, MOVED, by, [known.state, to])
        return moved

    return act


def _note(tx: Tx, claim: Claim, fact: str, by: Author, change: list[str | None]) -> None:
    data: dict[str, Any] = {"order": claim.order_id, "claim": claim.id, "changes": {"claim": change}}
    receipt = tx.append(Entry(fact, by.key(), claim.shop, data=data))
    tx.connection.execute(sa.insert(order_fact).values(order_id=claim.order_id, fact=receipt.id))
    tx.tell(TOPIC, {"shop": claim.shop})
