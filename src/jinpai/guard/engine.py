"""The rule engine: content entries are compiled once, messages are checked in linear time.

compile_rules(entries) ──▶ Guard ──check(text, situation)──▶ hits

One automaton finds all phrases, and the words that wake the costlier kinds; digits are looked for only where digits
are, replies are compared only when short. Nothing here changes after compiling, so any number of threads may check.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick_rs

from jinpai.guard.content import AnyRule
from jinpai.guard.digits import runs
from jinpai.guard.excuses import MAX_EXAMINED, Case, Excuses, Find
from jinpai.guard.folding import View
from jinpai.guard.links import Links
from jinpai.guard.model import Hit, Situation
from jinpai.guard.numbers import Numbers
from jinpai.guard.patterns import Patterns
from jinpai.guard.replies import LONGEST, Replies, words_of
from jinpai.guard.words import Phrase, stands_alone

MAX_HITS = 20
"""Hits of one rule in one message that are reported."""

Mark = tuple[int, int, int]
"""A word of the automaton found in the tight text: its number, start, end."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a word of the automaton means to one rule: the anchor of a phrase, or (None) a reason to wake it."""

    rule: int
    phrase: Phrase | None


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules of a shop, compiled; immutable."""

    rules: tuple[AnyRule, ...]
    excuses: tuple[Excuses, ...]
    matcher: ahocorasick_rs.AhoCorasick | None
    triggers: tuple[tuple[Trigger, ...], ...]
    woken: dict[int, Patterns | Links]
    numbers: dict[int, Numbers]
    replies: dict[int, Replies]

    def check(self, text: str, situation: Situation | None = None) -> tuple[Hit, ...]:
        """Everything the rules remark on this message, by place; places are code points of `text`."""
        view = View(text)
        case = Case(view, situation or Situation())
        finds: dict[int, list[Find]] = {}
        if self.matcher is not None:
            marks: list[Mark] = self.matcher.find_matches_as_indexes(view.tight, overlapping=True)
            if marks:
                self._marked(case, marks, finds)
        self._counted(case, finds)
        if len(view.tight) <= LONGEST:
            words = words_of(view)
            for index, reply in self.replies.items():
                _note(finds, index, reply.finds(case, words))
        return tuple(self._hits(case, finds)) if finds else ()

    def _marked(self, case: Case, marks: list[Mark], finds: dict[int, list[Find]]) -> None:
        view = case.view
        woken: set[int] = set()
        for word, start, end in marks:
            for trigger in self.triggers[word]:
                index = trigger.rule
                if trigger.phrase is None:
                    woken.add(index)
                    continue
                noted = finds.get(index)
                if noted is not None and len(noted) > MAX_EXAMINED:
                    continue
                whole = trigger.phrase.around(view.tight, start, end)
                if whole is not None and stands_alone(view, *view.span(*whole)):
                    find = Find(*view.span(*whole), view.tight[whole[0] : whole[1]])
                    finds.setdefault(index, []).append(find)
        for index in woken:
            _note(finds, index, self.woken[index].finds(case))

    def _counted(self, case: Case, finds: dict[int, list[Find]]) -> None:
        if not self.numbers:
            return
        found = runs(case.view)
        if not found and not case.situation.before:
            return
        for index, rule in self.numbers.items():
            _note(finds, index, rule.finds(case, found))

    def _hits(self, case: Case, finds: dict[int, list[Find]]) -> list[Hit]:
        hits: list[Hit] = []
        for index, found in finds.items():
            excuses = self.excuses[index]
            guilty = found
            if len(found) <= MAX_EXAMINED:
                if excuses.whole(case):
                    continue
                guilty = [find for find in found if not excuses.one(case, find)]
            hits += (_hit(self.rules[index], case.view.text, start, end) for start, end in _merged(guilty))
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rule))


def _note(finds: dict[int, list[Find]], index: int, found: Iterator[Find]) -> None:
    for find in found:
        noted = finds.setdefault(index, [])
        noted.append(find)
        if len(noted) > MAX_EXAMINED:
            return


def _merged(finds: list[Find]) -> list[tuple[int, int]]:
    """The stretches of the finds, overlapping ones as one, the first MAX_HITS of them."""
    merged: list[tuple[int, int]] = []
    for start, end, _ in sorted(finds):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged[:MAX_HITS]


def _hit(rule: AnyRule, text: str, start: int, end: int) -> Hit:
    return Hit(
        rule=rule.id,
        family=rule.family,
        severity=rule.severity,
        start=start,
        end=end,
        text=text[start:end],
        why=rule.why,
        rewrite=rule.rewrite,
        points=rule.points,
    )
