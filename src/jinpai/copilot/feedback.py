"""What came of advice: how often each source was shown, sent as it was, sent after editing or passed over.

From it a source gains or loses a little when suggestions are ranked: bounded, and smoothed so that a new one is taken
for as good as the usual until enough is known of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Outcome = Literal["open", "sent", "edited", "ignored"]
"""open: nobody has answered yet · sent: word for word · edited: sent with changes · ignored: other words were said."""

USUAL = 0.25
"""How often a suggestion is taken where nothing is known of its source: it is one of up to three."""
STRENGTH = 8
"""As many showings as count like that before the source's own begin to outweigh them."""
EDITED = 0.6
"""What an edited one is worth beside one sent as it was."""
SWING = 0.1
"""How much a source may gain or lose in rank."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the showings of one source ended; `shown` counts those not answered yet too."""

    source: str
    kind: str
    shown: int
    sent: int
    edited: int
    ignored: int

    def plus(self, other: "Tally") -> "Tally":
        """Both together, under this one's name."""
        return replace(
            self,
            shown=self.shown + other.shown,
            sent=self.sent + other.sent,
            edited=self.edited + other.edited,
            ignored=self.ignored + other.ignored,
        )


def liking(tally: Tally | None) -> float:
    """The factor by which this source's suggestions rank, `1 - SWING` to `1 + SWING`; 1 when nothing is known."""
    if tally is None:
        return 1.0
    settled = tally.sent + tally.edited + tally.ignored
    taken = (tally.sent + EDITED * tally.edited + USUAL * STRENGTH) / (settled + STRENGTH)
    return 1.0 + SWING * ((taken - USUAL) / (1 - USUAL) if taken > USUAL else (taken - USUAL) / USUAL)


def likings(tallies: Mapping[str, Tally], sources: str) -> float:
    """The factor of a suggestion from one source, or of several (`a+b`) together: that of the least liked."""
    return min(liking(tallies.get(one)) for one in sources.split("+"))
