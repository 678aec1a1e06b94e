"""Promises in a conversation: an agent's own words, or an agent's yes to what the buyer asked for. Pure.

A promise is none beside a condition, a question, a refusal, a policy, or when it tells what is done already.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import islice, pairwise

from jinpai.kit.phrases import Screen
from jinpai.kit.text import fold_text
from jinpai.promises.content import Kind
from jinpai.promises.dues import read_due
from jinpai.promises.model import Promise, Spoken
from jinpai.promises.words import TOLD, KindWords, Words

LONGEST = 2_000
"""Characters of one message that are looked at."""

LOOK_BACK = 8
"""How many of the newest messages tell what the talk is about."""

_SENTENCE = re.compile(r"[^。！!？?；;\n～~]+[。！!？?；;\n～~]*")
_CLAUSE = re.compile(
    r"(?:[^，,、。！!？?；;\n～~ ]"
    r"|(?<=[0-9A-Za-z]) +(?=[^，,、。！!？?；;\n～~ ])| +(?=[0-9A-Za-z])"
    r"|(?<=[今明后]天) +| +(?=[之以]?前|左右)"
    r"|(?<=[点号日月]) +| +(?=[点号日月内]|分钟|小时|工作日)"
    r"|(?<=[周期拜][一二三四五六日天]) +|(?<=[上中下]午) +|(?<=[早晚]上) +|(?<=今晚) +|(?<=明[早晚]) +"
    r"|(?<=[前内]) +)+"
)
"""A space parts clauses, but not the words of a time, nor a number from what it counts."""
_OPENING = 12
"""How many characters at the beginning of a message may hold the yes."""

_FILLERS = " 亲嗯恩哈那哎呀"
"""What may stand before the yes."""

_REACH = 6
"""How many characters behind a clause make it an offer: `可以吗`, `您看行吗`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One clause of a sentence, or two neighbouring ones, folded, with what stands before and behind it."""

    text: str
    folded: str
    before: str
    behind: str
    asks: bool

    @property
    def sentence(self) -> str:
        """The whole sentence, folded."""
        return self.before + self.behind

    def meets(self, other: "Part") -> bool:
        """Whether both have a clause in common; they are of one sentence."""
        ends = len(self.before), len(other.before)
        return ends[0] - len(self.folded) < ends[1] and ends[1] - len(other.folded) < ends[0]


def find_promises(words: Words, talk: Sequence[Spoken], *, is_sent: bool = False) -> list[Promise]:
    """What agents promised in this conversation, oldest first; `is_sent`: the goods are on their way already."""
    spoken = [index for index, one in enumerate(talk) if one.role == "agent" and may_promise(words, one.text)]
    return [promise for index in spoken for promise in find_at(words, talk, index, is_sent=is_sent)]


def may_promise(words: Words, text: str) -> bool:
    """Whether it is worth looking for promises in this message of an agent; most hold none, and this is quick."""
    return words.screen.may_find(fold_text(text[:LONGEST])) or _begins_with_yes(words, text)


def find_at(words: Words, talk: Sequence[Spoken], index: int, *, is_sent: bool = False) -> list[Promise]:
    """What the agent's message at this place, which `may_promise`, promised: one promise of a kind."""
    text = talk[index].text[:LONGEST]
    if words.choice.search(fold_text(text)):
        return []
    kinds = tuple(kind for kind in words.kinds if not (kind.entry.unsent and is_sent))
    told: dict[Kind, Promise] = {}
    for promise in _told(words, kinds, talk, index):
        first = told.setdefault(promise.kind, promise)
        if promise.due and not first.due and first.text not in promise.text:
            told[promise.kind] = promise
    rest = tuple(kind for kind in kinds if not kind.entry.money or not _is_paid(words, told))
    if not told or _says_yes(words, text, [one.text for one in told.values()]):
        for promise in _agreed(words, rest, talk, index):
            told.setdefault(promise.kind, promise)
    return list(told.values())


def _is_paid(words: Words, told: Mapping[Kind, Promise]) -> bool:
    return any(kind.entry.money and kind.entry.promise in told for kind in words.kinds)


def _told(words: Words, kinds: Sequence[KindWords], talk: Sequence[Spoken], index: int) -> Iterator[Promise]:
    """The promises in an agent's own words; a clause gives money back in one way."""
    one = talk[index]

    @cache
    def subjects() -> dict[int, int]:
        earlier = [fold_text(said.text[:LONGEST]) for said in reversed(talk[max(0, index - LOOK_BACK) : index])]
        found = [(age, place) for age, text in enumerate(earlier) for place in _subjects(words, text)]
        return {place: age for age, place in reversed(found)}

    for sentence in _SENTENCE.findall(one.text[:LONGEST]):
        folded = fold_text(sentence)
        ways = {way: _among(kinds, getattr(words, way), folded) for way in TOLD}
        paid: list[Part] = []
        for part in _parts(sentence, folded) if any(ways.values()) else ():
            for kind in _kinds_told(words, ways, subjects, part):
                if kind.entry.money and any(part.meets(other) for other in paid):
                    continue
                if _stands(words, part):
                    paid += [part] if kind.entry.money else []
                    due = None if kind.entry.undated else read_due(part.text, one.at, words.years)
                    yield Promise(kind.entry.promise, part.text, due, index)


def _among(kinds: Sequence[KindWords], screen: Screen, folded: str) -> list[KindWords]:
    places = screen.among(folded)
    return [kind for kind in kinds if kind.place in places]


def _subjects(words: Words, folded: str) -> list[int]:
    """The places of the kinds that are spoken about here."""
    kinds = _among(words.kinds, words.about, folded)
    return [kind.place for kind in kinds if kind.asked.search(folded) or kind.about.search(folded)]


def _parts(sentence: str, folded: str) -> Iterator[Part]:
    """The clauses of a sentence, then each two neighbours: what one clause says is not looked for across two."""
    spans = [clause.span() for clause in _CLAUSE.finditer(sentence)]
    pairs = [(first[0], second[1]) for first, second in pairwise(spans)]
    for start, end in (*spans, *pairs):
        asks = sentence[end : end + 1] in ("?", "？")
        yield Part(sentence[start:end], folded[start:end], folded[:end], folded[end:], asks)


def _kinds_told(
    words: Words, ways: Mapping[str, Sequence[KindWords]], subjects: Callable[[], dict[int, int]], part: Part
) -> list[KindWords]:
    """The kinds these words name; where they name none, those they act on of what was spoken about last.

    `ways` has for `said`, `acts` and `plain` the kinds whose phrase may be in the sentence.
    """
    folded = part.folded

    def told(way: str) -> Iterator[KindWords]:
        for kind in ways[way]:
            if getattr(kind, way).search(folded) and not kind.never.search(folded):
                yield kind

    if named := list(told("said")):
        return named
    acts = list(told("acts"))
    if acts:
        here = _subjects(words, part.before[: -len(folded)])
        ages = [-1 if kind.place in here else subjects().get(kind.place, LOOK_BACK) for kind in acts]
        newest = min(ages)
        if newest < LOOK_BACK:
            return [kind for kind, age in zip(acts, ages, strict=True) if age == newest]
    return list(islice(told("plain"), 1))


def _stands(words: Words, part: Part) -> bool:
    """Whether what is said here is a promise and nothing else."""
    return not (
        part.asks
        or words.asking.search(part.folded)
        or words.offered.search(part.behind[:_REACH])
        or words.closing.search(part.behind)
        or (words.conditional.search(part.before) and not words.firm.search(part.sentence))
        or words.usual.search(part.folded)
        or words.refused.search(part.folded)
        or (words.done.search(part.folded) and not words.noted.search(part.folded))
    )


def _agreed(words: Words, kinds: Sequence[KindWords], talk: Sequence[Spoken], index: int) -> Iterator[Promise]:
    """The promises an agent makes by saying yes."""
    one = talk[index]
    folded = fold_text(one.text[:LONGEST])
    noted = words.noted.search(folded)
    if not _says_yes(words, one.text, ()) and not _commits(words, one.text, folded):
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


def _says_yes(words: Words, text: str, told: Sequence[str]) -> bool:
    """Whether the agent says yes, at the beginning or elsewhere than in what is promised in their own words."""
    rest = reduce(lambda left, part: left.replace(part, "，"), told, text[:LONGEST])
    return _begins_with_yes(words, text) or words.noted.search(fold_text(rest)) is not None


def _begins_with_yes(words: Words, text: str) -> bool:
    clauses = (clause.group() for clause in _CLAUSE.finditer(text[:_OPENING]))
    return any(words.agreed.match(fold_text(clause).lstrip(_FILLERS)) for clause in clauses)


def _commits(words: Words, text: str, folded: str) -> bool:
    """Whether the agent does something for the buyer here, and asks nothing."""
    return bool(words.commits.search(folded)) and not ("?" in text or "？" in text or words.asking.search(folded))


def _is_wish(words: Words, kind: KindWords, line: str) -> bool:
    """Whether the buyer asks for this kind of thing here."""
    for part in _parts(line, fold_text(line)):
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
