"""What is looked for, and the tokens by which the index finds it: pieces of text, and marks for everything else.

Whoever said it, where, and when are marks in the same index, so that one look-up answers words and filters together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b

from jinpai.journal.model import Row
from jinpai.kit.clock import local_date
from jinpai.kit.text import cut_grams, fold_text, split_words, word_grams

MARK = "\ue000"
"""Begins every mark; a private character, which no folded text holds."""

MAX_WORDS = 10
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)
MAX_MARKS = 400


@dataclass(frozen=True, slots=True)
class Sought:
    """What to find: every word, in these shops, under these conditions; times in ms, `until` not included."""

    words: tuple[str, ...]
    shops: tuple[str, ...]
    since: int | None = None
    until: int | None = None
    author: str | None = None
    channel: str | None = None
    rule: str | None = None
    conversation: str | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A token of the index, or all that begin so."""

    token: str
    is_beginning: bool = False


Groups = Sequence[Sequence[Term]]
"""Of each group at least one term must be there."""


def split_query(text: str) -> tuple[str, ...]:
    """The folded words somebody typed, at most ten."""
    return tuple(split_words(text)[:MAX_WORDS])


@lru_cache(4096)
def mark(kind: str, value: str) -> str:
    """The token that stands for a property of a message."""
    return MARK + blake2b(f"{kind}\0{value}".encode(), digest_size=6).hexdigest()


def row_tokens(row: Row, text: str, channel: str) -> set[str]:
    """The tokens of a message, by all of which it can be found."""
    entry, day = row.entry, local_date(row.at)
    marks = {mark("shop", entry.shop), mark("author", entry.author), mark("channel", channel)}
    marks.add(mark("conversation", entry.conversation or ""))
    marks |= {mark("day", day.isoformat()), mark("month", f"{day:%Y-%m}")}
    marks |= {mark("rule", hit["rule"]) for hit in entry.data.get("hits", ())}
    return cut_grams(text) | marks


def query_groups(sought: Sought, conversations: Sequence[str] = (), *, every_shop: bool = False) -> Groups:
    """The tokens a message must have to be what is sought; what they cannot tell is looked at afterwards.

    With `conversations` it must be of one of them; more than some hundred would not help and are left out. Where the
    shops are all there are, their marks would be read for nothing.
    """
    shops = [Term(mark("shop", shop)) for shop in sought.shops]
    groups: list[list[Term]] = []
    for kind in ("author", "channel", "rule", "conversation"):
        value = getattr(sought, kind)
        if value is not None:
            groups.append([Term(mark(kind, value))])
    if len(conversations) <= MAX_MARKS:
        groups.append([Term(mark("conversation", one)) for one in conversations])
    if sought.since is not None or sought.until is not None:
        groups.append(_time_terms(sought.since, sought.until))
    for word in sought.words:
        whole, beginnings = word_grams(word)
        groups += [[Term(gram)] for gram in dict.fromkeys(whole)] + [[Term(gram, True)] for gram in beginnings]
    some = [group for group in groups if group]
    return some if some and every_shop else [shops, *some]


def find_ranges(words: Sequence[str], text: str) -> list[tuple[int, int]] | None:
    """Where the words stand in the text, in code points, in order and apart; None when one is missing."""
    folded = fold_text(text)
    places: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        if at < 0:
            return None
        while at >= 0:
            places.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    return _joined(sorted(places))


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _time_terms(since: int | None, until: int | None) -> list[Term]:
    """Days and whole months that cover the time; none when they would be too many to help."""
    day = _FIRST if since is None else max(local_date(since), _FIRST)
    last = _LAST if until is None else min(local_date(until - 1), _LAST)
    terms: list[Term] = []
    while day <= last and len(terms) <= MAX_MARKS:
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        if day.day == 1 and following - timedelta(days=1) <= last:
            terms.append(Term(mark("month", f"{day:%Y-%m}")))
            day = following
        else:
            terms.append(Term(mark("day", day.isoformat())))
            day += timedelta(days=1)
    return terms if len(terms) <= MAX_MARKS else []
