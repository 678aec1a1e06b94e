"""The whole message, seen beside what the buyer asked: a filler, emoji alone, too short for such a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinpai.guard.excuses import Case, Find
from jinpai.guard.folding import BREAK, View
from jinpai.guard.model import Said

LONGEST = 24
"""Messages with more characters than this in the tight reading are never a mere filler."""

_STICKER = re.compile(r"\[[\u4e00-\u9fff]{1,4}\]|/:[^\s\u4e00-\u9fff]{1,6}|#E-[a-z]\S{0,6}")
_REPEATED = re.compile(r"(.{1,2}?)\1+")
_QUESTION = re.compile(
    r"[?？]|[吗么嘛呢]|什么|怎么|怎样|多少|几[天号时点个件]|哪|啥|为何|如何|是不是|有没有|能不能|可不可以|会不会|要不要|好不好"
)


@dataclass(frozen=True, slots=True)
class Replies:
    """A reply rule, ready for use."""

    shape: str
    whole: frozenset[str]
    when: tuple[str, ...]
    at_most: int
    asked: int

    def finds(self, case: Case, words: str) -> Iterator[Find]:
        """The whole message, where it has the rule's shape in the rule's circumstances; `words` as of `words_of`."""
        if self._shaped(words, case) and any(self._in_time(name, case) for name in self.when):
            yield Find(0, len(case.view.text), words)

    def _shaped(self, words: str, case: Case) -> bool:
        if self.shape == "wordless":
            return not words and bool(case.view.text.strip())
        if self.shape == "whole":
            return self._is_whole(words)
        return 0 < len(words) <= self.at_most and max(map(len, _asked(case)), default=0) >= self.asked

    def _is_whole(self, words: str) -> bool:
        return words in self.whole or collapsed(words) in self.whole

    def _in_time(self, name: str, case: Case) -> bool:
        before = case.situation.before
        if name == "first_answer":
            return bool(before) and all(said.role != "agent" for said in before)
        if name == "question_open":
            return any(_QUESTION.search(said.text) for said in _unanswered(before))
        if name == "again":
            last = next((said for said in reversed(before) if said.role == "agent"), None)
            return last is not None and self._is_whole(words_of(View(last.text)))
        return True


def words_of(view: View) -> str:
    """A message in the tight reading without stickers and clause breaks."""
    text = _STICKER.sub("", view.text)
    tight = view.tight if len(text) == len(view.text) else View(text).tight
    return tight.replace(BREAK, "")


def collapsed(words: str) -> str:
    """The words with repetitions taken once: 哈哈哈 → 哈."""
    return _REPEATED.sub(r"\1", words)


def _unanswered(before: tuple[Said, ...]) -> list[Said]:
    """The buyer's messages since the agent's last one."""
    found: list[Said] = []
    for said in reversed(before):
        if said.role == "agent":
            break
        if said.role == "buyer":
            found.append(said)
    return found


def _asked(case: Case) -> list[str]:
    """The open questions of the buyer, in the tight reading."""
    return [View(said.text).tight for said in _unanswered(case.situation.before) if _QUESTION.search(said.text)]
