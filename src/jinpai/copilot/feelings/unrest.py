"""Whether a buyer is growing unhappy: what each message of a reception adds, what has faded since, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from jinpai.copilot.feelings.moods import Moods
from jinpai.kit.text import fold_text
from jinpai.packs.model import ContentEntry, Id

Points = Annotated[int, Field(ge=0, le=100)]

REASONS = 3
LEAST_ALIKE = 4
"""Letters from which on the same words twice are a question asked again, rather than another “在吗”."""


class UnrestRules(ContentEntry):
    """When a supervisor is called, in points from 0 to 100: from `threshold` on, until it is `calm` or less again.

    Of what was there before, `stays` per cent are left with each further message of the buyer. `upset` counts for the
    first word of anger and `upset_more` for each further one; `unanswered` for each message beyond the first that
    nobody has answered; `intents` for what the buyer wants; `relief` is taken off when the buyer is pleased.
    """

    threshold: Annotated[int, Field(ge=1, le=100)] = 60
    calm: Points = 25
    stays: Points = 75
    upset: Points = 35
    upset_more: Points = 15
    shouting: Points = 15
    worried: Points = 8
    urgent: Points = 8
    repeated: Points = 15
    unanswered: Points = 10
    relief: Points = 30
    intents: dict[Id, Points] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A message of the reception: its number in the log, whether the buyer wrote it, and its words."""

    seq: int
    is_buyer: bool
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A message that adds to it: how many points, and why in words."""

    seq: int
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Unrest:
    """How unhappy the buyer seems (0–100), and the messages that say so, the weightiest first."""

    score: int
    reasons: tuple[Reason, ...]


Wants = Callable[[str], Sequence[tuple[str, str]]]
"""The intents of a message that are sure, each with its title."""


def weigh(lines: Sequence[Line], rules: UnrestRules, moods: Moods, wants: Wants) -> Unrest:
    """How unhappy the buyer of this reception seems after its last message."""
    score, unanswered, said, reasons = 0.0, 0, list[str](), list[Reason]()
    for line in lines:
        if not line.is_buyer:
            unanswered = 0
            continue
        unanswered += 1
        points, why = _points(line.text, rules, moods, wants)
        plain = "".join(fold_text(line.text).split())
        if len(plain) >= LEAST_ALIKE and plain in said:
            points, why = points + rules.repeated, [*why, "同样的话又说了一遍"]
        if unanswered > 1 and points:
            points, why = points + rules.unanswered * (unanswered - 1), [*why, f"连着 {unanswered} 条没人回"]
        said.append(plain)
        score = min(100.0, max(0.0, score * rules.stays / 100 + points))
        if points > 0:
            reasons.append(Reason(line.seq, points, "，".join(why)))
    late = reasons[-REASONS * 2 :]
    return Unrest(round(score), tuple(sorted(late, key=lambda one: -one.points)[:REASONS]))


def _points(text: str, rules: UnrestRules, moods: Moods, wants: Wants) -> tuple[int, list[str]]:
    """What this message adds by itself, and why."""
    mood, points, why = moods.feel(text), 0, list[str]()
    if mood.feeling == "upset":
        words = tuple(dict.fromkeys(mood.words))
        points += rules.upset + rules.upset_more * (len(words) - 1)
        why.append(f"说了“{'、'.join(words[:3])}”")
    elif mood.feeling == "worried":
        points += rules.worried
        why.append("有些担心")
    elif mood.feeling == "pleased":
        points -= rules.relief
    if moods.is_shouting(text):
        points += rules.shouting
        why.append("语气很冲")
    elif mood.urgent:
        points += rules.urgent
        why.append("着急")
    for name, title in wants(text):
        if rules.intents.get(name):
            points += rules.intents[name]
            why.append(title)
    return points, why
