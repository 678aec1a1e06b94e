"""Promises in a conversation: an agent's own words, or an agent's yes to what the buyer asked for. Pure.

A promise is none beside a condition, a question, a refusal, a policy, or when it tells what is done already.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from jinpai.kit.phrases import Screen, compile_phrases, compile_screen
from jinpai.kit.text import fold_text
from jinpai.promises.content import Kind, PromiseWords, TalkWords
from jinpai.promises.dues import read_due
from jinpai.promises.model import Promise, Spoken
from jinpai.reminders.content import DaysOff

LONGEST = 2_000
"""Characters of one message that are looked at."""

LOOK_BACK = 8
"""How many of the newest messages tell what the talk is about."""

_SENTENCE = re.compile(r"[^。！!？?；;\n～~]+[。！!？?；;\n～~]*")
_CLAUSE = re.compile(r"[^，,、。！!？?；;\n～~ ]+")
_OPENING = 12
"""How many characters at the beginning of a message may hold the yes."""

_FILLERS = " 亲嗯恩哈那哎呀"
"""What may stand before the yes."""

_REACH = 6
"""How many characters behind a clause make it an offer: `可以吗`, `您看行吗`."""

_TALK = ("agreed", "noted", "unwanted", "deferred", "refused", "conditional", "usual", "done", "asking", "offered")


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind of promise and its phrases, compiled."""

    entry: PromiseWords
    said: Any
    asked: Any
    about: Any
    acts: Any
    never: Any


@dataclass(frozen=True, slots=True)
class Words:
    """A shop's phrases, compiled; `kinds` in the order of content, `screen` knows those a promise cannot do without.

    `said` and `acts` are those of all kinds: one look where there is nothing to be found. `years` is when people work.
    """

    kinds: tuple[KindWords, ...]
    screen: Screen
    years: tuple[DaysOff, ...]
    said: Any
    acts: Any
    agreed: Any
    noted: Any
    unwanted: Any
    deferred: Any
    refused: Any
    conditional: Any
    usual: Any
    done: Any
    asking: Any
    offered: Any


@dataclass(frozen=True, slots=True)
class Part:
    """One clause of a sentence, or two neighbouring ones, folded, with what stands before and behind it."""

    text: str
    folded: str
    before: str
    behind: str
    asks: bool


@lru_cache(maxsize=64)
def compile_words(entries: tuple[BaseModel, ...], years: tuple[DaysOff, ...] = ()) -> Words:
    """The phrases of a shop's promise entries, ready for use; working days are counted by `years`."""
    kinds = [entry for entry in entries if isinstance(entry, PromiseWords)]
    talk = next(entry for entry in entries if isinstance(entry, TalkWords))
    needed = [*talk.noted, *(phrase for one in kinds for phrase in (*one.said, *one.acts))]
    return Words(
        tuple(
            KindWords(one, *map(compile_phrases, (one.said, one.asked, one.about, one.acts, one.never)))
            for one in kinds
        ),
        compile_screen(needed),
        years,
        *(compile_phrases(phrase for one in kinds for phrase in getattr(one, name)) for name in ("said", "acts")),
        *(compile_phrases(getattr(talk, name)) for name in _TALK),
    )


def find_promises(words: Words, talk: Sequence[Spoken], *, is_sent: bool = False) -> list[Promise]:
    """What agents promised in this conversation, oldest first; `is_sent`: the goods are on their way already."""
    spoken = [index for index, one in enumerate(talk) if one.role == "agent"]
    return [promise for index in spoken for promise in find_at(words, talk, index, is_sent=is_sent)]


def may_promise(words: Words, text: str) -> bool:
    """Whether it is worth looking for promises in this message of an agent; most hold none, and this is quick."""
    return words.screen.may_find(fold_text(text[:LONGEST])) or _begins_with_yes(words, text)


def find_at(words: Words, talk: Sequence[Spoken], index: int, *, is_sent: bool = False) -> list[Promise]:
    """What the agent's message at this place promised, one promise of a kind."""
    if not may_promise(words, talk[index].text):
        return []
    kinds = tuple(kind for kind in words.kinds if not (kind.entry.unsent and is_sent))
    told = {promise.kind: promise for promise in _told(words, kinds, talk, index)}
    rest = tuple(kind for kind in kinds if not kind.entry.money or not _is_paid(words, told))
    for promise in _agreed(words, rest, talk, index):
        told.setdefault(promise.kind, promise)
    return list(told.values())


def _is_paid(words: Words, told: Mapping[Kind, Promise]) -> bool:
    return any(kind.entry.money and kind.entry.promise in told for kind in words.kinds)


def _told(words: Words, kinds: Sequence[KindWords], talk: Sequence[Spoken], index: int) -> Iterator[Promise]:
    """The promises in an agent's own words."""
    one = talk[index]

    @cache
    def wished() -> list[KindWords]:
        earlier = fold_text(" ".join(said.text[:LONGEST] for said in talk[max(0, index - LOOK_BACK) : index]))
        return [kind for kind in kinds if kind.asked.search(earlier) or kind.about.search(earlier)]

    for sentence in _SENTENCE.findall(one.text[:LONGEST]):
        is_paid = False
        taken: set[str] = set()
        for part in _parts(sentence):
            for kind in _kinds_told(words, kinds, wished, part):
                if kind.entry.promise in taken or (kind.entry.money and is_paid):
                    continue
                if _stands(words, part):
                    taken.add(kind.entry.promise)
                    is_paid = is_paid or kind.entry.money
                    due = None if kind.entry.undated else read_due(part.text, one.at, words.years)
                    yield Promise(kind.entry.promise, part.text, due, index)


def _parts(sentence: str) -> Iterator[Part]:
    """The clauses of a sentence, then each two neighbours: what one clause says is not looked for across two."""
    spans = [clause.span() for clause in _CLAUSE.finditer(sentence)]
    pairs = [(first[0], second[1]) for first, second in pairwise(spans)]
    folded = fold_text(sentence)
    for start, end in (*spans, *pairs):
        asks = sentence[end : end + 1] in ("?", "？")
        yield Part(sentence[start:end], folded[start:end], folded[:end], folded[end:], asks)


def _kinds_told(
    words: Words, kinds: Sequence[KindWords], wished: Callable[[], list[KindWords]], part: Part
) -> list[KindWords]:
    """The kinds these words name; where they name none, the wished ones they act on."""

    def told(kind: KindWords, way: Any) -> bool:
        return way.search(part.folded) is not None and kind.never.search(part.folded) is None

    named = [kind for kind in kinds if told(kind, kind.said)] if words.said.search(part.folded) else []
    if named or not words.acts.search(part.folded):
        return named
    return [kind for kind in wished() if told(kind, kind.acts)]


def _stands(words: Words, part: Part) -> bool:
    """Whether what is said here is a promise and nothing else."""
    return not (
        part.asks
        or words.asking.search(part.folded)
        or words.offered.search(part.behind[:_REACH])
        or words.conditional.search(part.before)
        or words.usual.search(part.folded)
        or words.refused.search(part.folded)
        or (words.done.search(part.folded) and not words.noted.search(part.folded))
    )


def _agreed(words: Words, kinds: Sequence[KindWords], talk: Sequence[Spoken], index: int) -> Iterator[Promise]:
    """The promises an agent makes by saying yes."""
    one = talk[index]
    folded = fold_text(one.text[:LONGEST])
    noted = words.noted.search(folded)
    if not noted and not _begins_with_yes(words, one.text):
        return
    hindrances = (words.deferred, words.refused, words.conditional, words.usual)
    if any(way.search(folded) for way in hindrances) or (words.done.search(folded) and not noted):
        return
    for kind in kinds:
        wish = next((line for line in _request(talk, index) if _is_wish(words, kind, line)), "")
        if wish and not kind.never.search(folded):
            told = () if kind.entry.undated else (one.text, wish)
            due = next((due for text in told if (due := read_due(text, one.at, words.years))), None)
            yield Promise(kind.entry.promise, one.text.strip(), due, index)


def _begins_with_yes(words: Words, text: str) -> bool:
    clauses = (clause.group() for clause in _CLAUSE.finditer(text[:_OPENING]))
    return any(words.agreed.match(fold_text(clause).lstrip(_FILLERS)) for clause in clauses)


def _is_wish(words: Words, kind: KindWords, line: str) -> bool:
    """Whether the buyer asks for this kind of thing here."""
    for part in _parts(line):
        wish = kind.asked.search(part.folded)
        if wish and not kind.never.search(part.folded) and not words.unwanted.search(part.folded[: wish.end()]):
            return True
    return False


def _request(talk: Sequence[Spoken], index: int) -> list[str]:
    """What the buyer said since an agent spoke before."""
    lines: list[str] = []
    for one in reversed(talk[:index]):
        if one.role == "agent":
            break
        if one.role == "buyer":
            lines.append(one.text[:LONGEST])
    return lines


def title_of(words: Words, kind: Kind) -> str:
    """The kind's name for people."""
    return next(one.entry.title for one in words.kinds if one.entry.promise == kind)
