"""The arithmetic of stock, free of any database: a book of some variants while one transaction moves them.

Whatever comes, on hand ≥ reserved ≥ 0 for every variant. An order that finds too little holds what there is and waits
for the rest, in the order in which they came; what comes in goes to those who wait first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jinpai.stock.model import Cause, Hold, Kind, Level, Movement, Need, hold_id


class Book:
    """Levels and holds being moved at `now` (ms), and the movements that came of it."""

    def __init__(self, levels: Iterable[Level], holds: Iterable[Hold], now: int) -> None:
        self.levels = {level.sku: level for level in levels}
        self.holds = {hold.id: hold for hold in holds}
        self.movements: list[Movement] = []
        self.changed: dict[str, Hold] = {}
        self._now = now
        self._mine: dict[str, set[str]] = {}
        for hold in self.holds.values():
            self._mine.setdefault(hold.order_id, set()).add(hold.sku)

    def follow(self, need: Need, cause: Cause) -> None:
        """Let the order hold, send or release what it needs by now; what was settled before stays as it is.

        An order from before a variant's opening is in the opening number already and moves nothing.
        """
        for sku in sorted({*need.wanted, *self._mine.get(need.order_id, ())} & self.levels.keys()):
            level, hold = self.levels[sku], self.holds.get(hold_id(need.order_id, sku))
            if hold is None:
                if need.standing == "over" or need.ordered_at < level.opened_at:
                    continue
                since = need.ordered_at
                hold = Hold(hold_id(need.order_id, sku), level.shop, sku, need.order_id, need.number, 0, 0, since)
            if hold.sent_at is None:
                self._settle(level, hold, need, cause)

    def count(self, sku: str, on_hand: int, cause: Cause, kind: Kind = "corrected") -> None:
        """Put what lies there to this number; where it no longer covers what is held, the youngest orders wait."""
        level = self.levels[sku]
        self._move(replace(level, on_hand=on_hand, reserved=min(level.reserved, on_hand)), kind, cause)
        missing = level.reserved - self.levels[sku].reserved
        for hold in sorted(self._of(sku), key=_turn, reverse=True):
            taken = min(missing, hold.held)
            if taken:
                self._put(replace(hold, held=hold.held - taken))
            missing -= taken
        self.fill(sku, cause)

    def fill(self, sku: str, cause: Cause) -> None:
        """Give what is free to the orders that wait, first come, first served."""
        if not self.levels[sku].available:
            return
        for hold in sorted(self._of(sku), key=_turn):
            level = self.levels[sku]
            given = min(hold.missing, level.available)
            if given:
                self._put(replace(hold, held=hold.held + given))
                told = replace(cause, order_id=hold.order_id, number=hold.number)
                self._move(replace(level, reserved=level.reserved + given), "held", told)

    def _settle(self, level: Level, hold: Hold, need: Need, cause: Cause) -> None:
        wanted = need.wanted.get(hold.sku, 0) if need.standing != "over" else 0
        if need.standing == "sent":
            taken = min(wanted, hold.held + level.available)
            after = replace(level, on_hand=level.on_hand - taken, reserved=level.reserved - hold.held)
            self._put(replace(hold, wanted=wanted, held=0, sent_at=self._now))
            self._move(after, "sent", cause, wanted - taken)
        else:
            held = min(wanted, hold.held + level.available)
            self._put(replace(hold, wanted=wanted, held=held))
            kind: Kind = "held" if held > hold.held else "released"
            self._move(replace(level, reserved=level.reserved + held - hold.held), kind, cause)
        self.fill(hold.sku, cause)

    def _of(self, sku: str) -> Sequence[Hold]:
        return [hold for hold in self.holds.values() if hold.sku == sku and hold.sent_at is None]

    def _put(self, hold: Hold) -> None:
        if self.holds.get(hold.id) != hold:
            self.holds[hold.id] = self.changed[hold.id] = hold
            self._mine.setdefault(hold.order_id, set()).add(hold.sku)

    def _move(self, after: Level, kind: Kind, cause: Cause, short: int = 0) -> None:
        before = self.levels[after.sku]
        pieces, held = after.on_hand - before.on_hand, after.reserved - before.reserved
        if not pieces and not held and not short and kind != "opened":
            return
        moved = replace(after, moves=before.moves + 1, changed_at=self._now)
        self.levels[after.sku] = moved
        self.movements.append(
            Movement(
                after.shop, after.sku, moved.moves, self._now, kind, pieces, held, moved.on_hand, moved.reserved, short,
                cause,
            )
        )  # fmt: skip


def _turn(hold: Hold) -> tuple[int, str]:
    """Whose turn it is: who came first."""
    return hold.since, hold.id
