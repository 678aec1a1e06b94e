"""What buyers ask and how it was answered, as plain types; times in milliseconds."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Reaction = Literal["pleased", "went_on", "silent", "asked_again", "upset"]
"""What the buyer did after an answer, the best first."""

State = Literal["open", "aside", "proposed"]
"""open: nobody has decided · aside: put aside with a reason · proposed: an answer was made of it."""

GROWN, MORE = 1.5, 3
"""What was decided comes back once it is asked so many times as often as then, and so many questions more."""


@dataclass(frozen=True, slots=True)
class Question:
    """A buyer's message `fact` of the journal, and the first answer a person gave to it.

    `waited` is None where nobody has answered; `by_hand` says that no script and no suggestion was used;
    `who` is the service name of who answered, `reply` what the buyer said next, `product` what they were looking at.
    """

    fact: int
    conversation: str
    seq: int
    at: int
    text: str
    waited: int | None = None
    is_late: bool = False
    is_unanswered: bool = False
    by_hand: bool = False
    answer: str = ""
    who: str = ""
    reply: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions that ask the same, the most central first; `conversations` is in how many it was asked.

    `waited` is the median of those answered, None where none was; `best` the question whose answer went down best;
    `unsure` says that the copilot does not understand it for certain.
    """

    questions: tuple[Question, ...]
    conversations: int
    late: int
    unanswered: int
    by_hand: int
    unsure: bool
    waited: int | None
    longest: int | None
    intent: str
    confidence: float
    best: Question | None
    reaction: Reaction | None
    product: str
    decision: str = ""

    @property
    def centre(self) -> Question:
        """The question that stands for all."""
        return self.questions[0]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A question somebody has decided about, so that the topic is known again: its decision, its words."""

    decision: str
    text: str


class Reading(NamedTuple):
    """What a question means to the copilot: the intent ("" = none), how sure, whether it is sure enough to say so,
    and whether it is only a courtesy."""

    intent: str
    confidence: float
    is_sure: bool
    is_small_talk: bool


def is_back(topic: Topic, asked_then: int) -> bool:
    """Whether a topic decided when it was asked so often has grown so much that it must be seen again."""
    now = len(topic.questions)
    return now >= asked_then * GROWN and now >= asked_then + MORE
