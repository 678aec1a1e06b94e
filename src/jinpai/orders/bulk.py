"""The same change to many orders at once: each is changed or comes back with the reason, none is passed over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Refusal
from jinpai.kit.sealing import Sealer
from jinpai.orders.actions import change_order
from jinpai.orders.changes import MAX_REMARK, Change, unchanged_since
from jinpai.orders.model import Flag, Order

MOST_AT_ONCE = 200
"""So many orders at most are changed in one go."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the orders: those as they stand now, and by id why the others were left as they were."""

    done: tuple[Order, ...]
    refused: Mapping[str, str]


def change_each(sealer: Sealer, author: str, change: Change, seen: Mapping[str, int]) -> Callable[[Tx], Changed]:
    """Change these orders (id → `changed_at` as looked at), noted in each; always in the same sequence."""

    def act(tx: Tx) -> Changed:
        done: dict[str, Order] = {}
        refused: dict[str, str] = {}
        for id_ in sorted(seen):
            try:
                done[id_] = change_order(sealer, id_, author, unchanged_since(seen[id_], change))(tx)
            except Refusal as why:
                refused[id_] = str(why)
        return Changed(tuple(done[id_] for id_ in seen if id_ in done), refused)

    return act


def mark(flag: Flag | None, words: str) -> Change:
    """Put this flag (None: as it was) and add these words to the remark, once."""
    text = words.strip()
    if flag is None and not text:
        raise BadInput("请选一面旗子，或写上要加的备注")

    def change(order: Order, now: int) -> Order:
        is_there = not text or text in order.remark.split("；")
        remark = order.remark if is_there else "；".join(part for part in (order.remark, text) if part)
        if len(remark) > MAX_REMARK:
            raise BadInput(f"加上去就超过 {MAX_REMARK} 个字了，请先精简这一单的备注")
        chosen = order.flag if flag is None else flag
        if (order.remark, order.flag) == (remark, chosen):
            return order
        return replace(order, remark=remark, flag=chosen, changed_at=max(now, order.changed_at + 1))

    return change
