"""What only a whole conversation shows: late answers, urging unheard, the last word left, talking past each other.

Every remark names the agent's message it is about; what was never said is remarked on the last message there is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import re2

from jinpai.guard.content import TalkRule
from jinpai.guard.folding import BREAK, View, fold


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of the conversation in the tight reading."""

    role: str
    tight: str
    at: datetime | None


def find_messages(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """The messages a conversation rule remarks on; `words` are those of `find` in the tight reading."""
    yield from _SHAPES[rule.shape](rule, words, lines)


def _first_answer(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """A person's first answer later than `seconds` after the buyer's first words."""
    asked = next((line for line in lines if line.role == "buyer"), None)
    first = next((at for at, line in enumerate(lines) if line.role == "agent"), None)
    if asked is not None and first is not None and _seconds(asked, lines[first]) > rule.seconds:
        yield first


def _gap(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """A later answer that took more than `seconds`; the first is another rule's."""
    waiting: Spoken | None = None
    answered = False
    for at, line in enumerate(lines):
        if line.role == "buyer":
            waiting = waiting or line
        elif line.role == "agent":
            if answered and waiting is not None and _seconds(waiting, line) > rule.seconds:
                yield at
            waiting, answered = None, True


def _asked_to_wait(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """The agent asked to wait with one of `find`, and took more than `seconds` to come back."""
    since: Spoken | None = None
    for at, line in enumerate(lines):
        if line.role != "agent":
            continue
        if since is not None and _seconds(since, line) > rule.seconds:
            yield at
        since = line if _has(line, words) else None


def _urged(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """The buyer urged with one of `find` `times` in a row, and nobody answered in between."""
    urged = 0
    for at, line in enumerate(lines):
        if line.role == "agent":
            urged = 0
        elif line.role == "buyer" and _has(line, words):
            urged += 1
            if urged == rule.times:
                yield at


def _last_word(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """The buyer spoke last, and not merely with one of `find` (thanks, goodbye)."""
    if lines and lines[-1].role == "buyer" and lines[-1].tight.replace(BREAK, "") not in words:
        yield len(lines) - 1


def _monologue(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """More than `times` messages of agents in a row, each further one again."""
    row = 0
    for at, line in enumerate(lines):
        row = row + 1 if line.role == "agent" else 0 if line.role == "buyer" else row
        if row > rule.times:
            yield at


def _same_text(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """The agent says the same again, in a text of at least `characters`."""
    said: set[str] = set()
    for at, line in enumerate(lines):
        words_alone = line.tight.replace(BREAK, "")
        if line.role == "agent" and len(words_alone) >= rule.characters:
            if words_alone in said:
                yield at
            said.add(words_alone)


def _asked_again(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """The agent asks with one of `find` for what the buyer told earlier with one of `told` or `told_like`."""
    known = False
    told = tuple(map(fold, rule.told))
    like = [re2.compile(expression) for expression in rule.told_like]
    for at, line in enumerate(lines):
        if line.role == "buyer":
            known = known or _has(line, told) or any(expression.search(line.tight) for expression in like)
        elif line.role == "agent" and known and _has(line, words):
            yield at


def _has(line: Spoken, words: Sequence[str]) -> bool:
    return any(word in line.tight for word in words)


def _seconds(earlier: Spoken, later: Spoken) -> float:
    """Seconds between two messages; 0 where a time is missing, or only one of them knows its zone."""
    one, other = earlier.at, later.at
    if one is None or other is None or (one.tzinfo is None) != (other.tzinfo is None):
        return 0.0
    return (other - one) / timedelta(seconds=1)


def line_of(role: str, text: str, at: datetime | None) -> Spoken:
    """A message as conversation rules read it."""
    return Spoken(role, View(text).tight, at)


_SHAPES: Mapping[str, Callable[[TalkRule, Sequence[str], Sequence[Spoken]], Iterator[int]]] = {
    "first_answer": _first_answer,
    "gap": _gap,
    "asked_to_wait": _asked_to_wait,
    "urged": _urged,
    "last_word": _last_word,
    "monologue": _monologue,
    "same_text": _same_text,
    "asked_again": _asked_again,
}
