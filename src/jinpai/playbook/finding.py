"""Finds quick replies by what an agent types after `/`: a code, words, pinyin or its initials.

Pure and in memory. An index is built when replies change; several (the shop's, a person's own) are asked together.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from jinpai.playbook.lanes import Lane, initials, long_initials, long_syllables, sounds, syllables
from jinpai.playbook.model import Facts
from jinpai.playbook.nearness import nearest
from jinpai.playbook.predicates import When, holds
from jinpai.playbook.replies import ALWAYS, QuickReply

MAX_QUERY = 40
DAY = 86_400_000
HALF_LIFE_DAYS = 14
MEANT = 13
"""How many kinds of match it outweighs that the buyer's words belong to a reply's scene: all."""
NEAR = 30
"""How many kinds of match a reply outweighs that has all of what the buyer said."""
ALL = 100
REMEMBERED = 64
"""For so many things said the nearest replies are kept."""
MANY = 200
"""How many replies one of several words, or a loose resemblance, may bring."""


class Match(IntEnum):
    """How well a reply fits what was typed, best first."""

    CODE = 0
    TITLE = 1
    CODE_START = 2
    TITLE_START = 3
    TITLE_PART = 4
    NAME = 5
    NAME_START = 6
    TEXT = 7
    TITLE_SOUND = 8
    TEXT_WORD = 9
    TEXT_WORD_START = 10
    TEXT_SOUND = 11
    IN_ORDER = 12
    ANY_ORDER = 13


@dataclass(slots=True)
class Used:
    """How often a reply was sent, and when last (ms)."""

    uses: int = 0
    at: int = 0

    def weight(self, now: int) -> float:
        """Uses, worth half as much for every fortnight since the last."""
        return self.uses * 0.5 ** (max(0, now - self.at) / DAY / HALF_LIFE_DAYS) if self.uses else 0.0


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks for a reply, and when: what is true, what they and the shop have used; times in ms.

    `meant` are the scenes the buyer's words belong to, `said` the words themselves: of what fits, the replies of those
    scenes and those nearest to the words come first.
    """

    facts: Facts | None = None
    meant: tuple[str, ...] = ()
    said: str = ""
    mine: Mapping[str, Used] = field(default_factory=dict)
    shop: Mapping[str, Used] = field(default_factory=dict)
    now: int = 0


class Index:
    """Quick replies laid out for searching."""

    def __init__(self, replies: Sequence[QuickReply]) -> None:
        self.replies = tuple(replies)
        self.numbers = {reply.id: number for number, reply in enumerate(self.replies)}
        self.conditions: dict[str, tuple[When, list[int]]] = {}
        titles = [(number, _flat(reply.title)) for number, reply in enumerate(self.replies)]
        texts = [(number, _flat(reply.text)) for number, reply in enumerate(self.replies)]
        names = [(n, name) for n, r in enumerate(self.replies) for name in (*r.folder.split("/"), *r.words)]
        self.codes = Lane([(number, reply.code) for number, reply in enumerate(self.replies) if reply.code])
        self.titles, self.texts = Lane(titles), Lane(texts)
        self.words = Lane(names)
        self.names = Lane([*names, *_spelt(names, initials), *_spelt(names, syllables)])
        self.title_initials = Lane(_spelt(titles, initials))
        self.title_pinyin = Lane(_spelt(titles, syllables))
        self.text_initials = Lane(_spelt(texts, long_initials))
        self.text_pinyin = Lane(_spelt(texts, long_syllables))
        self.usual = [_usual(title) for _, title in titles]
        self.masks = [(_mask(pinyin), _mask(letters)) for pinyin, letters in self.usual]
        self._scenes: dict[str, Index] = {}
        self._near: dict[str, tuple[dict[str, float], Index]] = {}
        for number, reply in enumerate(self.replies):
            if reply.when != ALWAYS:
                self.conditions.setdefault(reply.when.model_dump_json(), (reply.when, []))[1].append(number)

    def hidden(self, facts: Facts | None) -> tuple[set[int], set[int]]:
        """The replies that must not be offered because a condition is not known to hold, and those where it does."""
        untrue: set[int] = set()
        true: set[int] = set()
        for when, numbers in self.conditions.values():
            (true if facts is None or holds(when, facts) else untrue).update(numbers)
        return untrue, true

    def of_scene(self, scene: str) -> "Index":
        """The replies of this scene alone."""
        if scene not in self._scenes:
            self._scenes[scene] = Index([reply for reply in self.replies if reply.scene == scene])
        return self._scenes[scene]

    def near(self, said: str) -> "tuple[dict[str, float], Index]":
        """The replies nearest to these words: how near each is (0–1) by id, and an index of them alone."""
        found = self._near.get(said)
        if found is None:
            if len(self._near) >= REMEMBERED:
                self._near.clear()
            near = nearest((self.titles, self.texts, self.words), len(self.replies), said)
            chosen = {self.replies[number].id: share for number, share in near.items()}
            found = self._near[said] = chosen, Index([self.replies[number] for number in sorted(near)])
        return found


def find_replies(indexes: Sequence[Index], query: str, asking: Asking, limit: int) -> list[QuickReply]:
    """The replies that fit, best first, at most `limit`; without a query those used lately, then in their order.

    A code or title typed in full comes first. Of the rest a better kind of match (`Match`) counts for a reply, more its
    scene being what the buyer means, most its being near to what they said; among equals what this agent used, then
    the shop, then what is true now.
    """
    words = query.lower().split()[:6] if len(query) <= MAX_QUERY else []
    ranked: dict[str, tuple[tuple[float, ...], QuickReply]] = {}
    for part, index in enumerate(indexes):
        near, *nearest_ones = index.near(asking.said) if words and asking.said else ({},)
        meant = [index.of_scene(scene) for scene in asking.meant] if words else []
        for place in (index, *meant, *nearest_ones):
            for key, _, reply in _ranked(place, query, words, asking, limit):
                if place is index or reply.id not in ranked:
                    worth = _worth(reply, key[0], asking, near)
                    ranked[reply.id] = ((worth, *key, part, index.numbers[reply.id]), reply)
    return [reply for _, reply in heapq.nsmallest(limit, ranked.values(), key=lambda pair: pair[0])]


def _worth(reply: QuickReply, kind: float, asking: Asking, near: Mapping[str, float]) -> float:
    """What decides first, in whole steps of kinds of match, the less the better."""
    if kind <= Match.TITLE:
        return float(kind) - ALL
    is_meant = reply.scene in asking.meant and kind < Match.IN_ORDER
    return round(kind - MEANT * is_meant - NEAR * near.get(reply.id, 0.0))


def _ranked(
    index: Index, query: str, words: Sequence[str], asking: Asking, limit: int
) -> Iterator[tuple[tuple[float, ...], int, QuickReply]]:
    """What fits in one index, each with what decides its place: the kind of match before all."""
    untrue, true = index.hidden(asking.facts)
    found = _matches(index, words, untrue, limit) if query.strip() else _untyped(index, asking, untrue, limit)
    for number, kind in found.items():
        reply = index.replies[number]
        yield (kind, *_used(reply.id, asking), *_fit(index, number, words, true)), number, reply


def _used(reply: str, asking: Asking) -> tuple[float, float]:
    mine, shop = asking.mine.get(reply), asking.shop.get(reply)
    return -mine.weight(asking.now) if mine else 0.0, -shop.weight(asking.now) if shop else 0.0


def _fit(index: Index, number: int, words: Sequence[str], true: set[int]) -> tuple[bool, bool, int]:
    """What decides among replies nobody has used: a condition that is true, the words in the title, a short title."""
    title, letters = index.replies[number].title, index.usual[number][1]
    if not words:
        return False, False, 0
    return number not in true, not all(word in title or word in letters for word in words), len(title)


def _untyped(index: Index, asking: Asking, untrue: set[int], limit: int) -> dict[int, int]:
    used = [index.numbers[id_] for id_ in {**asking.mine, **asking.shop} if id_ in index.numbers]
    found = {number: 0 for number in used if number not in untrue}
    for number in range(len(index.replies)):
        if len(found) >= limit + len(used):
            break
        if number not in untrue:
            found.setdefault(number, 1)
    return found


def _matches(index: Index, words: Sequence[str], untrue: set[int], limit: int) -> dict[int, int]:
    """Reply → how it matches every one of the words; each as well as it can, together as badly as the worst."""
    if not words:
        return {}
    if len(words) == 1:
        return _matches_of(index, words[0], untrue, limit)
    found: dict[int, int] | None = None
    for word in words:
        here = {n: kind for n, kind in _matches_of(index, word, untrue, MANY).items() if kind <= Match.TEXT_WORD_START}
        found = here if found is None else {n: max(kind, here[n]) for n, kind in found.items() if n in here}
    return found or {}


def _matches_of(index: Index, word: str, untrue: set[int], enough: int) -> dict[int, int]:
    found: dict[int, int] = {}
    last = Match.CODE
    for kind, numbers in _lanes(index, word):
        if kind != last and len(found) >= enough:
            break
        last = kind
        for number in numbers:
            if number not in found and number not in untrue:
                found[number] = kind
    return found


def _lanes(index: Index, word: str) -> Iterator[tuple[Match, Iterable[int]]]:
    """The kinds of match, best first, each with the replies it finds; none is searched before it is asked for."""
    typed = word.isascii() and word.isalnum()
    yield Match.CODE, index.codes.whole(word)
    yield Match.TITLE, index.titles.whole(word)
    if typed:
        yield Match.TITLE, index.title_initials.whole(word)
        yield Match.TITLE, index.title_pinyin.whole(word)
    yield Match.CODE_START, index.codes.starting(word)
    yield Match.TITLE_START, index.titles.starting(word)
    if typed:
        yield Match.TITLE_START, index.title_initials.starting(word)
        yield Match.TITLE_START, index.title_pinyin.starting(word)
    yield Match.TITLE_PART, index.titles.holding(word)
    if typed:
        yield Match.TITLE_PART, index.title_initials.beginning(word)
        yield Match.TITLE_PART, index.title_pinyin.beginning(word)
    yield Match.NAME, index.names.whole(word)
    yield Match.NAME_START, index.names.starting(word)
    yield Match.TEXT, index.texts.holding(word)
    if typed and len(word) > 1:
        yield Match.TITLE_SOUND, index.title_initials.holding(word)
        yield Match.TEXT_WORD, index.text_initials.words(word)
        yield Match.TEXT_WORD_START, index.text_initials.beginning(word)
        yield Match.TEXT_SOUND, index.text_initials.holding(word)
        yield Match.TEXT_SOUND, index.text_pinyin.beginning(word)
    if typed and len(word) > 2:
        yield from _loosely(index, word)
    elif not typed and len(word) > 2:
        yield Match.ANY_ORDER, _resembling(index, word)


def _resembling(index: Index, word: str) -> list[int]:
    """The replies that have at least half of the pairs of characters of a longer wording."""
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    shared: Counter[int] = Counter()
    for pair in pairs:
        shared.update({*index.titles.holding(pair), *index.names.holding(pair), *index.texts.holding(pair)})
    best = sorted(((count, -number) for number, count in shared.items() if count * 2 >= len(pairs)), reverse=True)
    return [-number for _, number in best[:MANY]]


def _loosely(index: Index, word: str) -> Iterator[tuple[Match, list[int]]]:
    letters = _mask(word)
    likely = (number for number, (mask, _) in enumerate(index.masks) if mask & letters == letters)
    yield Match.IN_ORDER, [number for number in likely if _in_order(word, index.usual[number][0])]
    likely = (number for number, (_, mask) in enumerate(index.masks) if mask & letters == letters)
    wanted = [(letter, word.count(letter)) for letter in set(word)]
    yield Match.ANY_ORDER, [n for n in likely if all(index.usual[n][1].count(one) >= k for one, k in wanted)]


def _in_order(word: str, text: str) -> bool:
    at = -1
    for letter in word:
        at = text.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _mask(text: str) -> int:
    mask = 0
    for letter in text:
        mask |= 1 << (ord(letter) & 63)
    return mask


def _usual(title: str) -> tuple[str, str]:
    """A title's usual pinyin, and its usual initials."""
    usual = [sound[0] for sound in sounds(title) if sound]
    return "".join(usual), "".join(sound[0] for sound in usual)


def _flat(text: str) -> str:
    return " ".join(text.split()).lower()


def _spelt(texts: Iterable[tuple[int, str]], spell: Callable[[str], Iterable[str]]) -> list[tuple[int, str]]:
    return [(number, spelt) for number, text in texts for spelt in spell(text)]
