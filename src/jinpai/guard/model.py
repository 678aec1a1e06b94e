"""What the guard says about a draft.

Draft ──judge──▶ Cleared         may be sent
                 NeedsApproval   a supervisor (or, for `warn`, the agent's confirming keystroke) must agree first
                 Refused         must not be sent, whoever asks
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jinpai.desk.model import Draft
from jinpai.guard.context import NOTHING, Context

Severity = Literal["block", "confirm", "warn", "hint"]
Verdict = Literal["block", "confirm", "warn", "hint", "pass"]

RANK: Mapping[Verdict, int] = {"pass": 0, "hint": 1, "warn": 2, "confirm": 3, "block": 4}


@dataclass(frozen=True, slots=True)
class Hit:
    """One remark of the guard; `start` and `end` count code points of the text as it was written."""

    rule: str
    family: str
    severity: Severity
    start: int
    end: int
    text: str
    why: str
    rewrite: str = ""
    points: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """An earlier message of the conversation, as the guard sees it."""

    role: Literal["buyer", "agent", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What the guard may know beside the text: the newest earlier messages (oldest first), the shop's facts, the time.

    `now` is in ms since 1970 and counts where the context does not say what time it is. With `look` the context is
    found only once a rule asks for it: most messages need none.
    """

    before: tuple[Said, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    context: Context = NOTHING
    now: int | None = None
    look: Callable[[], Context] | None = None


@dataclass(frozen=True, slots=True)
class Cleared:
    """A draft the guard let pass, with its remarks; only `jinpai.guard.judge` makes one."""

    draft: Draft
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedsApproval:
    """A draft that waits for the agent's confirming keystroke (`warn`) or a supervisor (`confirm`)."""

    draft: Draft
    verdict: Literal["confirm", "warn"]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that must not be sent; without hits the guard itself failed, which refuses too."""

    draft: Draft
    hits: tuple[Hit, ...]
    message: str


def verdict_of(hits: tuple[Hit, ...]) -> Verdict:
    """The highest severity among the hits, or `pass`."""
    worst: Verdict = "pass"
    for hit in hits:
        if RANK[hit.severity] > RANK[worst]:
            worst = hit.severity
    return worst
