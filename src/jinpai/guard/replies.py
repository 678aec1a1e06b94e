"""The whole message, seen beside what the buyer asked: a filler, emoji alone, too short for such a question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinpai.guard.excuses import Case, Find
from jinpai.guard.folding import BREAK, View, view_of
from jinpai.guard.questions import KEPT

LONGEST = 24
"""Messages with more characters than this in the tight reading are never a mere filler."""

_STICKER = re.compile(r"\[[\u4e00-\u9fff]{1,4}\]|/:[^\s\u4e00-\u9fff]{1,6}|#E-[a-z]\S{0,6}")
_REPEATED = re.compile(r"(.{1,2}?)\1+")
_QUESTION = re.compile(
    r"[?？]|[吗么嘛呢]|什么|怎么|怎样|多少|几[天号时点个件]|哪|啥|为何|如何|是不是|有没有|能不能|可不可以|会不会|要不要|好不好|多[大长重高宽深厚久]|([一-龥])[不没]\1|[不没呗]$"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply rule, ready for use."""

    shape: str
    whole: frozenset[str]
    when: tuple[str, ...]
    at_most: int
    asked: int

    def in_time(self, case: Case) -> bool:
        """Whether the circumstances are those the rule is about."""
        return any(self._is_time(name, case) for name in self.when)

    def is_whole(self, words: str) -> bool:
        """Whether a message of these words is one of the rule's phrases."""
        return words in self.whole or collapsed(words) in self.whole

    def _is_time(self, name: str, case: Case) -> bool:
        before = case.situation.before
        if name == "alone":
            return not before
        if name == "first_answer":
            return bool(before) and all(said.role != "agent" for said in before)
        if name == "question_open":
            return any(asks(view.text) for view in case.open)
        if name == "again":
            last = next((said for said in reversed(before) if said.role == "agent"), None)
            return last is not None and self.is_whole(words_of(view_of(last.text)))
        return True


class Replies:
    """All reply rules of a guard by their number."""

    def __init__(self, rules: Mapping[int, Reply]) -> None:
        self._rules = rules
        self._whole: dict[str, list[int]] = {}
        for index, rule in rules.items():
            for words in rule.whole:
                self._whole.setdefault(words, []).append(index)
        self._signs = frozenset(map(frozenset, self._whole))
        self._wordless = [index for index, rule in rules.items() if rule.shape == "wordless"]
        self._short = [index for index, rule in rules.items() if rule.shape == "short"]
        self._longest = max((rule.at_most for rule in rules.values() if rule.shape == "short"), default=0)

    def finds(self, case: Case) -> dict[int, Find]:
        """The rules whose shape a message has, in their circumstances; the find is the whole message."""
        if len(case.view.tight) > LONGEST or not case.view.text.strip():
            return {}
        words = words_of(case.view)
        named = set(self._whole.get(words, ()))
        if frozenset(words) in self._signs:
            named.update(self._whole.get(collapsed(words), ()))
        if not words:
            named.update(self._wordless)
        elif len(words) <= self._longest:
            longest = max(map(len, _asked(case)), default=0)
            named.update(index for index in self._short if self._is_short(index, words, longest))
        whole = Find(0, len(case.view.text), words)
        return {index: whole for index in named if self._rules[index].in_time(case)}

    def _is_short(self, index: int, words: str, asked: int) -> bool:
        rule = self._rules[index]
        return len(words) <= rule.at_most and asked >= rule.asked


@lru_cache(KEPT)
def asks(text: str) -> bool:
    """Whether a buyer's message asks something."""
    return _QUESTION.search(text) is not None


def words_of(view: View) -> str:
    """A message in the tight reading without stickers and clause breaks."""
    text = view.text
    if "[" in text or "/:" in text or "#E-" in text:
        text = _STICKER.sub("", text)
    tight = view.tight if len(text) == len(view.text) else View(text).tight
    return tight.replace(BREAK, "")


def collapsed(words: str) -> str:
    """The words with repetitions taken once: 哈哈哈 → 哈."""
    return _REPEATED.sub(r"\1", words)


def _asked(case: Case) -> list[str]:
    """The open questions of the buyer, in the tight reading."""
    return [view.tight for view in case.open if asks(view.text)]
