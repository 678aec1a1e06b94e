"""What only a whole conversation shows: late answers, urging unheard, the last word left, talking past each other.

Every remark names the agent's message it is about; what was never said is remarked on the last message there is.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import re2

from jinpai.guard.content import TalkRule
from jinpai.guard.folding import BREAK, View, fold
from jinpai.guard.replies import asks


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
    """The agent asked to wait with one of `find`, and took more than `seconds` to come back.

    Where nobody has come back it is remarked on the buyer's last call.
    """
    since: Spoken | None = None
    called: int | None = None
    for at, line in enumerate(lines):
        if line.role != "agent":
            called = at if line.role == "buyer" else called
            continue
        called = None
        if since is not None and _seconds(since, line) > rule.seconds:
            yield at
        since = line if _has(line, words) else None
    if since is not None and called is not None and _seconds(since, lines[called]) > rule.seconds:
        yield called


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
    """The agent asks with one of `find` or `find_like` for what is known: the buyer told it earlier with one of `told`
    or `told_like`, or (with `answered`) was asked for it before and answered. What is wanted for somebody else is not
    known yet.
    """
    known = waiting = False
    told = tuple(map(fold, rule.told))
    told_like, find_like = _compiled(rule.told_like), _compiled(rule.find_like)
    for at, line in enumerate(lines):
        if line.role == "buyer":
            if _MORE.search(line.tight):
                known = waiting = False
            known = known or _is_in(line, told, told_like) or (waiting and _is_answer(line.tight))
            waiting = False
        elif line.role == "agent" and _is_in(line, words, find_like):
            if known:
                yield at
            waiting = rule.answered


def _offered(rule: TalkRule, words: Sequence[str], lines: Sequence[Spoken]) -> Iterator[int]:
    """The agent leaves a choice (甲还是乙) of which the buyer already named one side, and not both."""
    for at, line in enumerate(lines):
        choice = _CHOICE.search(line.tight) if line.role == "agent" else None
        if choice is None:
            continue
        sides = [side for side, other in _sides(choice[1], choice[2]) if side not in other]
        said = [one.tight for one in lines[:at] if one.role == "buyer"]
        if len(sides) == 2 and any(sum(side in tight for side in sides) == 1 and not asks(tight) for tight in said):
            yield at


def _sides(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The words next to 还是, each with the other side."""
    return (one[-_SIDE:], other), (other[:_SIDE], one)


_SIDE = 2
_CHOICE = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:的|色)?(?:呢|呀)?,?还是(?![可不有会要很能没])([\u4e00-\u9fff]{2,8})[^,]{0,4}?(?:呢|呀|啊|吗|哦|$)"
)
_MORE = re.compile(r"也(?:买|要|想|来|给|拍)|再(?:买|来|要|拍|给|定|订)|另一|另外|换成|改成|还(?:想|要)(?:买|给|一)")
"""How a buyer begins to speak of something else."""

_SHORT = 12
_NO_ANSWER = re.compile(r"不知道|不清楚|不确定|没想好|随便|推荐|稍等|等一?下|你先|先说|为什么|干嘛|没有?$")


def _is_answer(tight: str) -> bool:
    """Whether a buyer who was asked tells it, and neither asks back nor puts it off."""
    return not asks(tight) and _NO_ANSWER.search(tight) is None and 1 < len(tight) <= _SHORT


@lru_cache(maxsize=128)
def _compiled(expressions: tuple[str, ...]) -> list[Any]:
    return [re2.compile(expression) for expression in expressions]


def _is_in(line: Spoken, words: Sequence[str], expressions: Sequence[Any]) -> bool:
    return _has(line, words) or any(expression.search(line.tight) for expression in expressions)


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
    "offered": _offered,
}
