"""The rule engine: content entries are compiled once, messages are checked in linear time.

compile_rules(entries) ──▶ Guard ──check(text, situation)──▶ hits

One automaton finds all phrases, and the words that wake the costlier kinds; digits are looked for only where digits
are, replies are compared only when short. Nothing here changes after compiling, so any number of threads may check.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import ahocorasick_rs

from jinpai.guard.answers import Answers
from jinpai.guard.claims import outcome
from jinpai.guard.content import AnyRule, ClaimRule, CountRule, SoundRule, TalkRule
from jinpai.guard.context import Context
from jinpai.guard.digits import has_digits, runs
from jinpai.guard.dodges import NO_DODGES, Dodges
from jinpai.guard.excuses import MAX_EXAMINED, Case, Conditions, Excuses, Find
from jinpai.guard.families import EXPLAINS
from jinpai.guard.folding import View
from jinpai.guard.links import Links
from jinpai.guard.model import RANK, Hit, Severity, Situation
from jinpai.guard.numbers import Numbers
from jinpai.guard.patterns import Patterns
from jinpai.guard.questions import Questions
from jinpai.guard.replies import Replies
from jinpai.guard.rewriting import put_right
from jinpai.guard.sounds import Sounds
from jinpai.guard.talks import Spoken, find_messages
from jinpai.guard.tones import Tones
from jinpai.guard.words import Phrase, stands_alone

MAX_HITS = 20
"""Hits of one rule in one message that are reported."""

MAX_TRIED = 200
"""Words of one rule in one message that are looked at; a message with more of them is a hit as a whole."""

Mark = tuple[int, int, int]
"""A word of the automaton found in the tight text: its number, start, end."""


Trigger = tuple[Sequence[int], Sequence[tuple[int, Phrase]]]
"""What a word of the automaton means: the rules it wakes, and those of which it is the anchor of a phrase."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules of a shop, compiled; immutable."""

    rules: tuple[AnyRule, ...]
    excuses: tuple[Excuses, ...]
    matcher: ahocorasick_rs.AhoCorasick | None
    triggers: tuple[Trigger, ...]
    woken: dict[int, Patterns | Links]
    numbers: dict[int, Numbers]
    splits: tuple[int, ...]
    replies: Replies
    sounds: Mapping[int, Sounds]
    questions: Questions
    asking: frozenset[int]
    """The rules that count only after a question."""
    answers: Answers
    conditions: Mapping[int, Conditions]
    tones: Tones
    """The rules about how a message sounds."""
    dodges: Dodges = NO_DODGES
    """The rule about answers that go past the question."""
    talks: tuple[tuple[int, TalkRule, tuple[str, ...]], ...] = ()
    """The rules about whole conversations, with their number and words."""
    traps: "Guard | None" = None
    """The rules that look at the buyer's messages for bait."""

    def overlook(self, said: Sequence[Spoken], context: Context) -> tuple[tuple[int, Hit], ...]:
        """What a whole conversation shows: the message remarked on, and the remark over all of it (places are 0, 0)."""
        return tuple(
            (at, _hit(rule, "", 0, 0, rule.severity))
            for index, rule, words in self.talks
            if rule.given is None or rule.given.holds(context)
            for at in find_messages(rule, words, said)
            if not self.excuses[index].says(said[at].tight)
        )

    def bait(self, text: str, situation: Situation | None = None) -> tuple[Hit, ...]:
        """What in this message of the buyer is bait; `trap_of` names it."""
        return self.traps.check(text, situation) if self.traps is not None else ()

    def trap_of(self, hit: Hit) -> str:
        """The bait this remark of `bait` is about."""
        rules = self.traps.rules if self.traps is not None else ()
        return next((rule.trap or "" for rule in rules if rule.id == hit.rule), "")

    def check(self, text: str, situation: Situation | None = None) -> tuple[Hit, ...]:
        """Everything the rules remark on this message, by place; places are code points of `text`.

        Whether a question stays open, and then how the message sounds, is remarked only where nothing else stops it
        nor explains the sound: one fault, one remark.
        """
        view = View(text)
        case = Case(view, situation or Situation(), self.questions)
        finds: dict[int, list[Find]] = {}
        if self.matcher is not None:
            marks: list[Mark] = self.matcher.find_matches_as_indexes(view.tight, overlapping=True)
            if marks:
                self._marked(case, marks, finds)
        self._counted(case, finds)
        for index, sounds in self.sounds.items():
            _note(finds, index, sounds.finds(case))
        for index, find in self.replies.finds(case).items():
            finds[index] = [find]
        hits = self._hits(case, finds) if finds else []
        for listen in (self.answers.finds, self.tones.finds, self.dodges.finds):
            if hits and any(RANK[hit.severity] > RANK["hint"] or hit.family in EXPLAINS for hit in hits):
                break
            heard = {index: [find] for index, find in listen(case).items()}
            hits = sorted([*hits, *self._hits(case, heard)], key=_place) if heard else hits
        return tuple(hits)

    def _marked(self, case: Case, marks: list[Mark], finds: dict[int, list[Find]]) -> None:
        view = case.view
        woken: set[int] = set()
        tried: dict[int, int] = {}
        for word, start, end in marks:
            wakes, phrases = self.triggers[word]
            woken.update(wakes)
            for index, phrase in phrases:
                tries = tried[index] = tried.get(index, 0) + 1
                if tries > MAX_TRIED:
                    continue
                whole = phrase.around(view.tight, start, end)
                if whole is not None and stands_alone(view, *(place := view.span(*whole))):
                    finds.setdefault(index, []).append(Find(*place, view.tight[whole[0] : whole[1]]))
        for index, tries in tried.items():
            if tries > MAX_TRIED:
                finds[index] = [Find(0, len(view.text), view.tight)] * (MAX_EXAMINED + 1)
        if not woken.isdisjoint(self.asking):
            woken -= self.asking - case.met
        for index in woken:
            if index not in self.conditions or self.conditions[index].may_hold(case):
                _note(finds, index, self.woken[index].finds(case))

    def _counted(self, case: Case, finds: dict[int, list[Find]]) -> None:
        if not self.numbers:
            return
        found = runs(case.view)
        if found:
            for index, rule in self.numbers.items():
                _note(finds, index, rule.finds(case, found))
        elif case.situation.before and has_digits(case.view):
            for index in self.splits:
                _note(finds, index, self.numbers[index].finds(case, found))

    def _hits(self, case: Case, finds: dict[int, list[Find]]) -> list[Hit]:
        hits: list[Hit] = []
        for index, found in finds.items():
            rule = self.rules[index]
            if isinstance(rule, CountRule) and len(found) <= rule.more_than:
                continue
            if index in self.conditions and not self.conditions[index].hold(case):
                continue
            excuses = self.excuses[index]
            guilty = found
            if len(found) <= MAX_EXAMINED:
                if excuses.whole(case, found):
                    continue
                guilty = [find for find in found if not excuses.one(case, find)]
            hits += _judged(rule, case, guilty)
        return sorted(hits, key=_place)


def _place(hit: Hit) -> tuple[int, int, str]:
    return hit.start, hit.end, hit.rule


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


def _judged(rule: AnyRule, case: Case, guilty: list[Find]) -> Iterator[Hit]:
    """The hits these finds are, with the severity the rule's kind gives them."""
    text = case.view.text
    if isinstance(rule, CountRule):
        places = _merged(guilty)
        if len(places) > rule.more_than:
            yield _hit(rule, text, places[0][0], places[-1][1], rule.severity)
    elif isinstance(rule, ClaimRule):
        outcomes = [(find, outcome(rule.fact, case, find)) for find in guilty]
        for verdict, severity in (("false", rule.severity), ("silent", rule.silent)):
            if severity is not None:
                told = [find for find, found in outcomes if found == verdict]
                yield from (_hit(rule, text, start, end, severity) for start, end in _merged(told))
    elif isinstance(rule, SoundRule):
        for find in guilty[:MAX_HITS]:
            hit = _hit(rule, text, find.start, find.end, rule.severity)
            yield replace(hit, rewrite=put_right(text, find.start, guilty))
    else:
        yield from (_hit(rule, text, start, end, rule.severity) for start, end in _merged(guilty))


def _hit(rule: AnyRule, text: str, start: int, end: int, severity: Severity) -> Hit:
    return Hit(
        rule=rule.id,
        family=rule.family,
        severity=severity,
        start=start,
        end=end,
        text=text[start:end],
        why=rule.why,
        rewrite=rule.rewrite,
        points=rule.points,
    )
