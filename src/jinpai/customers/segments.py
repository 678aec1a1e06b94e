"""What a customer has bought, and the segment that puts them in: recency, frequency, amount. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pydantic import BaseModel

from jinpai.customers.content import RfmEntry, SegmentEntry

DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Bought:
    """The orders of one customer: `paid` orders, `amount` in fen after refunds, times of the first and last in ms."""

    paid: int = 0
    amount: int = 0
    first_at: int | None = None
    last_at: int | None = None

    def plus(self, amount: int, at: int) -> "Bought":
        """With one more paid order of this amount (fen), placed at this time."""
        return self.together(Bought(1, amount, at, at))

    def together(self, other: "Bought") -> "Bought":
        """What both bought."""
        firsts = [at for at in (self.first_at, other.first_at) if at is not None]
        lasts = [at for at in (self.last_at, other.last_at) if at is not None]
        amount = self.amount + other.amount
        return Bought(self.paid + other.paid, amount, min(firsts, default=None), max(lasts, default=None))


@dataclass(frozen=True, slots=True)
class Segments:
    """A shop's bounds and the segments they make."""

    bounds: RfmEntry | None
    segments: tuple[SegmentEntry, ...]


@lru_cache(maxsize=64)
def compile_segments(entries: tuple[BaseModel, ...]) -> Segments:
    """The segments of a shop's customer entries."""
    return Segments(
        next((entry for entry in entries if isinstance(entry, RfmEntry)), None),
        tuple(entry for entry in entries if isinstance(entry, SegmentEntry)),
    )


def find_segment(segments: Segments, bought: Bought, now: int) -> SegmentEntry | None:
    """The segment of a customer who bought this, by `now` (ms); None for who has bought nothing."""
    bounds = segments.bounds
    if bounds is None or bought.last_at is None:
        return None
    is_recent = now - bought.last_at <= bounds.recent_days * DAY
    wanted = (is_recent, bought.paid >= bounds.often, bought.amount >= Decimal(bounds.amount) * 100)
    return _matching(segments.segments, wanted)


def _matching(segments: Sequence[SegmentEntry], wanted: tuple[bool, bool, bool]) -> SegmentEntry | None:
    return next((one for one in segments if (one.recent, one.often, one.much) == wanted), None)
