"""From content entries to a Guard: which rules are in force, how severe, and one automaton for all their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal, assert_never

import ahocorasick_rs
from pydantic import BaseModel

from jinpai.guard.answers import Answer, Answers
from jinpai.guard.content import (
    AnswerRule,
    AnyRule,
    ClaimRule,
    CountRule,
    DigitsRule,
    Lexicon,
    LinksRule,
    PatternRule,
    ReplyRule,
    SoundRule,
    TalkRule,
    ToneRule,
    WordsRule,
    unwrap,
)
from jinpai.guard.dodges import NO_DODGES, Dodges
from jinpai.guard.engine import Guard
from jinpai.guard.excuses import Conditions, Excuses
from jinpai.guard.folding import fold
from jinpai.guard.links import NEEDS, Links
from jinpai.guard.model import Severity
from jinpai.guard.numbers import Numbers, prepared
from jinpai.guard.patterns import Patterns, compiled
from jinpai.guard.questions import Questions
from jinpai.guard.replies import Replies, Reply
from jinpai.guard.sounds import Sounds
from jinpai.guard.spots import spot
from jinpai.guard.tones import Tones
from jinpai.guard.words import Phrase, phrase, spellings


class RuleError(ValueError):
    """A rule that cannot be compiled; `rule` is its id, `message` tells the author what to change."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(f"“{rule}”：{message}")
        self.rule = rule
        self.message = message


@dataclass(slots=True)
class _Building:
    lexicons: Mapping[str, Lexicon]
    words: dict[str, tuple[list[int], list[tuple[int, Phrase]]]] = field(default_factory=dict)
    woken: dict[int, Patterns | Links] = field(default_factory=dict)
    numbers: dict[int, Numbers] = field(default_factory=dict)
    replies: dict[int, Reply] = field(default_factory=dict)
    sounds: dict[int, Sounds] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    asked: dict[int, tuple[str, ...]] = field(default_factory=dict)
    met: dict[int, tuple[str, ...]] = field(default_factory=dict)
    conditions: dict[int, Conditions] = field(default_factory=dict)
    talks: list[tuple[int, TalkRule, tuple[str, ...]]] = field(default_factory=list)
    tones: dict[str, tuple[int, int]] = field(default_factory=dict)
    dodges: Dodges = NO_DODGES

    def terms(self, id: str) -> tuple[str, ...]:
        """The words of a list; ValueError where there is none of this id."""
        if id not in self.lexicons:
            raise ValueError(f"没有叫“{id}”的词表，请检查大括号里的名字")
        return self.lexicons[id].terms

    def expand(self, phrases: tuple[str, ...]) -> tuple[str, ...]:
        """Phrases without `…` in all their spellings."""
        return tuple(dict.fromkeys(word for text in phrases for word in spellings(text, self.terms)))

    def wake(self, words: Iterable[str], index: int) -> None:
        """Let these words of the automaton wake this rule."""
        for word in words:
            self.words.setdefault(word, ([], []))[0].append(index)

    def anchor(self, found: Phrase, index: int) -> None:
        """Let the automaton look for this phrase of a rule."""
        for word in found.anchors:
            self.words.setdefault(word, ([], []))[1].append((index, found))


def compile_rules(
    entries: Iterable[BaseModel],
    *,
    severity_overrides: Mapping[str, Severity | Literal["off"]] | None = None,
    on: date | None = None,
) -> Guard:
    """The guard these entries make; raises RuleError when a rule cannot be used.

    `severity_overrides` maps ids of rules or families (a rule's own id wins) to another severity or `off`. `on` leaves
    out what is not in force that day; without it everything is.
    """
    found = [entry for entry in map(unwrap, entries) if on is None or _in_force(entry, on)]
    lexicons = tuple(entry for entry in found if isinstance(entry, Lexicon))
    rules = tuple(_weighed((entry for entry in found if not isinstance(entry, Lexicon)), severity_overrides or {}))
    traps = tuple(rule for rule in rules if rule.trap is not None)
    guard = _compiled(lexicons, tuple(rule for rule in rules if rule.trap is None))
    return replace(guard, traps=_compiled(lexicons, traps)) if traps else guard


@lru_cache(maxsize=8)
def _compiled(lexicons: tuple[Lexicon, ...], rules: tuple[AnyRule, ...]) -> Guard:
    """What these rules make; shops with the same rules share it, and a shop that changed others need not wait."""
    building = _Building({lexicon.id: lexicon for lexicon in lexicons})
    excuses: list[Excuses] = []
    for index, rule in enumerate(rules):
        try:
            _add(building, index, rule)
            excuses.append(Excuses.of(rule.unless, building.expand))
            if rule.given is not None or rule.buyer_asks:
                building.met[index] = building.expand(rule.buyer_asks)
                building.conditions[index] = Conditions(index, rule.given, bool(rule.buyer_asks))
        except ValueError as error:
            raise RuleError(rule.id, str(error)) from None
    words, questions = list(building.words), Questions(building.asked, building.met)
    contiguous = ahocorasick_rs.Implementation.ContiguousNFA
    return Guard(
        rules=rules,
        excuses=tuple(excuses),
        matcher=ahocorasick_rs.AhoCorasick(words, implementation=contiguous) if words else None,
        triggers=tuple((tuple(wakes), tuple(phrases)) for wakes, phrases in building.words.values()),
        woken=building.woken,
        numbers=building.numbers,
        splits=tuple(index for index, numbers in building.numbers.items() if numbers.split),
        replies=Replies(building.replies),
        sounds=building.sounds,
        questions=questions,
        asking=frozenset(index for index, words in building.met.items() if words),
        answers=Answers(building.answers, questions),
        conditions=building.conditions,
        talks=tuple(building.talks),
        tones=Tones.of(building.tones),
        dodges=building.dodges,
    )


def _in_force(entry: Lexicon | AnyRule, day: date) -> bool:
    return (entry.since or day) <= day <= (entry.until or day)


def _weighed(rules: Iterable[AnyRule], overrides: Mapping[str, Severity | Literal["off"]]) -> Iterable[AnyRule]:
    for rule in rules:
        severity = overrides.get(rule.id, overrides.get(rule.family, rule.severity))
        if severity == rule.severity:
            yield rule
        elif severity != "off":
            yield rule.model_copy(update={"severity": severity})


def _answer(building: _Building, rule: AnswerRule) -> Answer:
    return Answer(
        asked_like=rule.asked_like,
        not_asked=building.expand(rule.not_asked),
        wants=rule.wants,
        names=spot(building.expand(rule.names)),
        named=tuple((building.expand(one.asked), spot(building.expand(one.names))) for one in rule.named),
        about=tuple(building.expand(group) for group in rule.about),
        at_least=rule.at_least,
        at_most=rule.at_most,
    )


def _add(building: _Building, index: int, rule: AnyRule) -> None:
    match rule:
        case WordsRule() | ClaimRule() | CountRule():
            for text in rule.find:
                building.anchor(phrase(text, building.terms), index)
        case PatternRule():
            building.woken[index] = compiled(rule, building.terms)
            building.wake(building.expand(rule.needs), index)
        case LinksRule():
            building.woken[index] = Links(rule.shape, rule.allow)
            building.wake(building.expand(NEEDS), index)
        case DigitsRule():
            building.numbers[index] = Numbers(
                shape=rule.shape,
                shortest=rule.length[0],
                longest=rule.length[1],
                near=building.expand(rule.near),
                only_near=rule.only_near or rule.shape == "run",
                allow=prepared(rule.allow),
                split=rule.split,
                innocent=building.expand(rule.unless.before),
            )
        case ReplyRule():
            whole = frozenset(map(fold, building.expand(rule.find)))
            building.replies[index] = Reply(rule.shape, whole, rule.when, rule.at_most, rule.asked)
        case SoundRule():
            building.sounds[index] = Sounds(rule.find, rule.fine)
        case AnswerRule():
            building.asked[index] = building.expand(rule.asked)
            building.answers[index] = _answer(building, rule)
        case TalkRule():
            building.talks.append((index, rule, building.expand(rule.find)))
        case ToneRule(family="evasive"):
            building.dodges = Dodges(index, rule.at_least)
        case ToneRule():
            building.tones[rule.family] = (index, rule.at_least)
        case _:
            assert_never(rule)
