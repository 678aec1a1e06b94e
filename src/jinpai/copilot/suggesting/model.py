"""Suggestions as plain types: a reply that may be sent, the scripts it may be made of, what they are made with."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from jinpai.copilot.hearing.likeness import Alike
from jinpai.copilot.skills.answers import Wording

GUESSED = 0.4
"""Below this a meaning is a guess, and the record of the goods spoken of is asked instead."""
MOST = 3
"""Replies an agent is shown at once."""

Kind = Literal["fact", "question", "faq", "script", "phrased"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reply that may be sent as it is: where it comes from, which intent it answers, how sure it fits (0–1).

    `id` names its source for counting what came of it: a script's id, or the wording of a fact. `card` are the ids of
    the product and the variant (or "") whose card goes with it.
    """

    text: str
    source: str
    kind: Kind
    confidence: float
    id: str
    intent: str = ""
    card: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Line:
    """A script that may be said now, all filled in; `weight` is how well it did before (0–1)."""

    id: str
    scene: str
    title: str
    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Material:
    """What suggestions are made of: wordings for facts, scripts by scene, and whether a text passes the guard.

    `liked` is the factor by which what came of a source before moves it in rank, `alike` how alike two questions are.
    """

    wordings: Mapping[str, Wording] = field(default_factory=dict)
    scripts: Callable[[str], Sequence[Line]] = lambda scene: ()
    passes: Callable[[str], bool] = lambda text: True
    said: AbstractSet[str] = frozenset()
    liked: Callable[[str], float] = lambda source: 1.0
    turn: int = 0
    alike: Alike = lambda one, other: 0.0
