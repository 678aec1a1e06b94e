"""What the guard remarked on what was said, and what people made of it: the plain types.

    open ──appeal──▶ appealed ──decide──▶ agreed | overturned       (a supervisor may decide without an appeal)

An overturned remark leaves the agent's record and becomes a line the rule must let pass.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

State = Literal["open", "appealed", "agreed", "overturned"]
STATES: Final[tuple[State, ...]] = get_args(State)
Verdict = Literal["agreed", "overturned"]

REVIEWED = "talk_reviewed"
APPEALED = "hit_appealed"
DECIDED = "hit_decided"
"""The kinds of their facts in the journal."""


@dataclass(frozen=True, slots=True)
class HitRecord:
    """One remark on what an agent said; `begins` and `ends` are its place in the message, in code points.

    `message` is the journal row of the message and `seq` its number in the conversation; `after` says that it was
    found when the conversation ended, `confirmed` that the agent sent it in spite of a warning. `appeal` and `decision`
    are journal rows.
    """

    id: str
    shop: str
    conversation: str
    message: int
    seq: int
    at: int
    agent: str
    rule: str
    family: str
    severity: str
    begins: int
    ends: int
    why: str
    points: int
    confirmed: bool
    after: bool
    state: State
    appeal: int | None
    decision: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which remarks are looked for; everything given must fit, times in milliseconds."""

    shops: tuple[str, ...]
    agent: str = ""
    family: str = ""
    state: str = ""
    since: int | None = None
    until: int | None = None
