"""A purchase: the plain types, and what may follow on what.

proposed ──▶ approved ──▶ sent ──▶ done
   ├─▶ refused    │        └ counted as often as goods come: received, inspected, shelved
   └──────────────┴─▶ cancelled
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from jinpai.kit.errors import BadInput, Conflict
from jinpai.stock.model import MOST

ASKED: Final = "purchase_asked"
MOVED: Final = "purchase_moved"
COUNTED: Final = "purchase_counted"
"""The kinds of their facts in the journal."""

State = Literal["proposed", "approved", "sent", "done", "refused", "cancelled"]
Stage = Literal["proposed", "approved", "sent", "receiving", "done", "refused", "cancelled"]
"""The state as people see it: `sent` until the first piece arrives, from then on `receiving`."""

OPEN: Final[tuple[State, ...]] = ("proposed", "approved", "sent")
ENDED: Final[tuple[State, ...]] = ("done", "refused", "cancelled")
MAX_LINES: Final = 200
MAX_WORDS: Final = 300

_FROM: Final[Mapping[State, tuple[State, ...]]] = {
    "proposed": (),
    "approved": ("proposed",),
    "refused": ("proposed",),
    "sent": ("approved",),
    "cancelled": ("proposed", "approved"),
    "done": ("sent",),
}
_STANDS: Final[Mapping[State, str]] = {
    "proposed": "还在等审批",
    "approved": "已经批准了",
    "sent": "已经下单了",
    "done": "已经办完了",
    "refused": "已经被驳回了",
    "cancelled": "已经取消了",
}
_NEEDS_WORDS: Final[Mapping[State, str]] = {"refused": "请写下为什么驳回", "cancelled": "请写下为什么取消"}


@dataclass(frozen=True, slots=True)
class Line:
    """A variant of a purchase, in pieces; good + defective ≤ received, shelved ≤ good. `price` of one in fen."""

    sku: str
    title: str
    ordered: int
    received: int = 0
    good: int = 0
    defective: int = 0
    shelved: int = 0
    price: int | None = None

    @property
    def is_settled(self) -> bool:
        """Whether all that was ordered has come, been looked at, and is on the shelf as far as it is good."""
        is_whole = self.received >= self.ordered
        return is_whole and self.received == self.good + self.defective and self.shelved == self.good


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought from one supplier; times in ms, `steps` counts what happened to it.

    `expected_at` is the day it should be there, `lead_days` from when it was asked for, then from when it was ordered.
    """

    id: str
    shop: str
    number: str
    supplier: str
    state: State
    asked_by: str
    asked_at: int
    approved_by: str | None
    changed_at: int
    ended_at: int | None
    steps: int
    lead_days: int | None = None
    expected_at: int | None = None
    lines: tuple[Line, ...] = ()

    @property
    def stage(self) -> Stage:
        """How far it is, as people see it."""
        return "receiving" if self.state == "sent" and any(line.received for line in self.lines) else self.state


@dataclass(frozen=True, slots=True)
class Tally:
    """What has been counted of a variant altogether by now; None leaves a number as it was."""

    sku: str
    received: int | None = None
    good: int | None = None
    defective: int | None = None
    shelved: int | None = None


def check_lines(lines: Sequence[Line]) -> None:
    """BadInput when there is nothing to buy, too much, or the same variant twice."""
    if not lines:
        raise BadInput("采购单里还没有商品，请先选要买的规格")
    if len(lines) > MAX_LINES:
        raise BadInput(f"一张采购单最多 {MAX_LINES} 行，请分成几张")
    if len({line.sku for line in lines}) < len(lines):
        raise BadInput("同一个规格写了两行，请合成一行")
    if any(not 1 <= line.ordered <= MOST for line in lines):
        raise BadInput(f"每行要买 1 到 {MOST:,} 件，请核对数量")


def check_move(known: Purchase, to: State, words: str) -> None:
    """Conflict where this cannot follow, BadInput where it needs words."""
    if known.state not in _FROM[to]:
        raise Conflict(f"这张采购单{_STANDS[known.state]}，请刷新看看最新的进展")
    if not words and to in _NEEDS_WORDS:
        raise BadInput(_NEEDS_WORDS[to])
    if to != "done":
        return
    open_ = [line for line in known.lines if line.received != line.good + line.defective or line.shelved != line.good]
    if open_:
        raise Conflict(f"“{open_[0].title}”到的货还没有验完、上完架，不能结单")
    if not words and any(line.received != line.ordered for line in known.lines):
        raise BadInput("到货和订货数量不一样，请写一句怎么处理的再结单")


def tally(known: Purchase, counted: Sequence[Tally]) -> tuple[Line, ...]:
    """The lines after this count, whatever it says; BadInput for a variant the purchase does not have."""
    by_sku = {line.sku: line for line in known.lines}
    for one in counted:
        if one.sku not in by_sku:
            raise BadInput(f"这张采购单里没有规格“{one.sku[:60]}”，请刷新再填")
        told = {name: getattr(one, name) for name in ("received", "good", "defective", "shelved")}
        told = {name: value for name, value in told.items() if value is not None}
        by_sku[one.sku] = replace(by_sku[one.sku], **told)
    return tuple(by_sku[line.sku] for line in known.lines)


def check_tally(known: Purchase, lines: Sequence[Line]) -> None:
    """BadInput naming the first line whose numbers cannot be."""
    for before, line in zip(known.lines, lines, strict=True):
        _check_line(before, line)


def _check_line(before: Line, line: Line) -> None:
    if not all(0 <= number <= MOST for number in (line.received, line.good, line.defective, line.shelved)):
        raise BadInput(f"“{line.title}”的数量要在 0 到 {MOST:,} 件之间，请核对")
    if line.good + line.defective > line.received:
        raise BadInput(f"“{line.title}”到了 {line.received} 件，验了 {line.good + line.defective} 件，验的不能比到的多")
    if line.shelved > line.good:
        raise BadInput(f"“{line.title}”验好 {line.good} 件，上架 {line.shelved} 件，上架的不能比验好的多")
    if line.shelved < before.shelved:
        raise BadInput(f"“{line.title}”已经上架 {before.shelved} 件，要减少请到库存里更正")
