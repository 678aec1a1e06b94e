"""What makes a find innocent: the words around it, what the buyer said before, the facts of the shop."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from jinpai.guard.context import Context, Given, known_facts
from jinpai.guard.domains import within_domain
from jinpai.guard.folding import BREAK, DROPPED, View, fold, leaves_open, view_of
from jinpai.guard.model import Situation
from jinpai.guard.questions import NO_QUESTIONS, Questions
from jinpai.guard.spots import Places, Spot, places, spot
from jinpai.guard.unless import Explained, Unless

REACH = 12
"""How many characters of the tight text count as close by."""

MAX_EXAMINED = 60
"""Finds of one rule in one message that are examined for excuses; further ones are hits unexamined."""

_SMILE = re.compile(r"[~～☺-☻\U0001f300-\U0001faff]|\^_*\^|[:;]-?\)|/:\S|\[[^\[\]\s]{1,4}\]|#E-")
_NOT_DIGITS = re.compile(r"[^0-9]+")


class Find(NamedTuple):
    """A stretch of the text a rule found; `form` is what it says without disguise."""

    start: int
    end: int
    form: str


@dataclass(slots=True)
class Case:
    """One message under examination, with what is worked out only where somebody asks."""

    view: View
    situation: Situation
    questions: Questions = NO_QUESTIONS
    _buyer: tuple[View, ...] | None = None
    _open: tuple[View, ...] | None = None
    _met: frozenset[int] | None = None
    _clauses: tuple[tuple[int, int, str], ...] | None = None
    _context: Context | None = None

    @property
    def context(self) -> Context:
        """What is known around the message, found when it is first asked for."""
        if self._context is None:
            look = self.situation.look
            self._context = self.situation.context if look is None else look()
        return self._context

    @property
    def clauses(self) -> tuple[tuple[int, int, str], ...]:
        """Where each clause begins and ends, and its words; many agents set a blank where a comma belongs."""
        if self._clauses is None:
            view = self.view
            kept = "".join(BREAK if sign.isspace() else char for sign, char in zip(view.text, view.kept, strict=True))
            parts = kept.split(BREAK)
            starts = accumulate((len(part) + 1 for part in parts), initial=0)
            found = (
                (start, start + len(part), part.replace(DROPPED, ""))
                for start, part in zip(starts, parts, strict=False)
            )
            self._clauses = tuple(found)
        return self._clauses

    @property
    def open(self) -> tuple[View, ...]:
        """The buyer's messages since a person last answered, newest first."""
        if self._open is None:
            found: list[View] = []
            for said in reversed(self.situation.before):
                if said.role == "agent":
                    break
                if said.role == "buyer":
                    found.append(view_of(said.text))
            self._open = tuple(found)
        return self._open

    @property
    def met(self) -> frozenset[int]:
        """The rules whose `buyer_asks` the buyer asked, and nobody has answered."""
        if self._met is None:
            heard = [self.questions.heard(view.tight).met for view in self.open]
            self._met = heard[0] if len(heard) == 1 else frozenset[int]().union(*heard)
        return self._met

    @property
    def buyer(self) -> tuple[View, ...]:
        """The buyer's earlier messages."""
        if self._buyer is None:
            self._buyer = tuple(view_of(said.text) for said in self.situation.before if said.role == "buyer")
        return self._buyer

    def facts(self, name: str) -> tuple[str, ...]:
        """The shop's facts of this name; whatever is not a list of texts counts as not given."""
        known = self.situation.facts if self.situation.look is None else known_facts(self.context)
        values: Any = known.get(name)
        if not isinstance(values, list | tuple | set | frozenset):
            return ()
        return tuple(value for value in values if isinstance(value, str))


def digits_of(text: str) -> str:
    """The digits of a number as the guard reads it, without anything else."""
    return _NOT_DIGITS.sub("", fold(text))


Expand = Callable[[tuple[str, ...]], tuple[str, ...]]
"""Phrases of a rule → the same in the tight reading, word lists put in."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An `explained`, ready for use."""

    at_least: int
    idle: re.Pattern[str] | None
    kindly: Spot | None

    @staticmethod
    def of(explained: Explained, expand: Expand) -> "Explanation":
        """The explanation an author wants to see."""
        idle = sorted(expand(explained.idle), key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, idle))) if idle else None
        return Explanation(explained.at_least, pattern, spot(expand(explained.kindly)))

    def given(self, case: Case, found: Sequence[Find]) -> bool:
        """Whether the clauses without any of the finds say enough."""
        if self.kindly is not None and not self.kindly(case.view.tight):
            return False
        told = 0
        places = sorted((find.start, find.end) for find in found)
        nearest = 0
        for start, end, words in case.clauses:
            while nearest < len(places) and places[nearest][1] <= start:
                nearest += 1
            if nearest == len(places) or places[nearest][0] >= end:
                told += len(self.idle.sub("", words) if self.idle else words)
        return told >= self.at_least


@dataclass(frozen=True, slots=True)
class Excuses:
    """A rule's `unless`, ready for use."""

    message: Spot | None
    together: tuple[Spot, ...]
    heard: Spot | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    inside: Places | None
    whether: bool
    smile: bool
    buyer_said: bool
    facts: tuple[str, ...]
    given: Given | None
    explained: Explanation | None

    @staticmethod
    def of(unless: Unless, expand: Expand) -> "Excuses":
        """The excuses a rule's author wrote."""
        inside = expand(unless.inside)
        return Excuses(
            spot(expand(unless.message)),
            tuple(found for group in unless.together if (found := spot(expand(group))) is not None),
            spot(expand(unless.heard)),
            expand(unless.before),
            expand(unless.after),
            places(inside),
            unless.whether,
            unless.smile,
            unless.buyer_said,
            unless.facts,
            unless.given,
            Explanation.of(unless.explained, expand) if unless.explained else None,
        )

    def whole(self, case: Case, found: Sequence[Find]) -> bool:
        """Whether the message as a whole is excused, these finds of the rule in it."""
        if self.given is not None and self.given.holds(case.context):
            return True
        if self.smile and _SMILE.search(case.view.text):
            return True
        tight = case.view.tight
        if self.together and all(group(tight) for group in self.together):
            return True
        if self.says(tight):
            return True
        if self.heard is not None and any(map(self.heard, (view.tight for view in case.buyer))):
            return True
        return self.explained is not None and self.explained.given(case, found)

    def says(self, tight: str) -> bool:
        """Whether a message has words that make it innocent wherever they stand."""
        return self.message is not None and self.message(tight)

    def one(self, case: Case, find: Find) -> bool:
        """Whether this find is excused."""
        tight = case.view.tight
        start, end = case.view.place(find.start, find.end)
        if self.whether and leaves_open(tight, start):
            return True
        if self.before and _any_in(self.before, clause_before(tight, start)):
            return True
        if self.after and _any_in(self.after, clause_after(tight, end)):
            return True
        if self.inside is not None and any(one <= start and end <= other for one, other in self.inside(tight)):
            return True
        if self.buyer_said and _said(case, find):
            return True
        return any(_FACTS[name](case, find) for name in self.facts)


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a rule counts at all."""

    index: int
    given: Given | None
    asks: bool

    def may_hold(self, case: Case) -> bool:
        """Whether it is worth looking for the words at all; what would have to be looked up is not asked yet."""
        return case.situation.look is not None or self.hold(case)

    def hold(self, case: Case) -> bool:
        """Whether what must be known is known, and the buyer has asked what must have been asked."""
        if self.asks and self.index not in case.met:
            return False
        return self.given is None or self.given.holds(case.context)


def clause_before(tight: str, start: int) -> str:
    """What stands close before this place in the same clause."""
    return tight[max(0, start - REACH) : start].rpartition(BREAK)[2]


def clause_after(tight: str, end: int) -> str:
    """What stands close after this place in the same clause."""
    return tight[end : end + REACH].partition(BREAK)[0]


def _any_in(words: tuple[str, ...], window: str) -> bool:
    return bool(window) and any(word in window for word in words)


def _around(tight: str, word: str, start: int, end: int) -> bool:
    """Whether the word stands in the text so that it covers from start to end."""
    length = len(word)
    return length >= end - start and tight.find(word, max(0, end - length), start + length) != -1


def _said(case: Case, find: Find) -> bool:
    if find.form.isdigit():
        return any(find.form in digits_of(view.text) for view in case.buyer)
    return any(find.form in view.tight or find.form in view.plain for view in case.buyer)


def _known_number(case: Case, find: Find) -> bool:
    return any(digits_of(number) == find.form for number in case.facts("numbers"))


def _own_domain(case: Case, find: Find) -> bool:
    return any(within_domain(find.form.rpartition("@")[2], domain) for domain in case.facts("domains"))


def _own_name(case: Case, find: Find) -> bool:
    tight = case.view.tight
    start, end = case.view.place(find.start, find.end)
    names = filter(None, map(fold, case.facts("names")))
    return any(name in tight[start:end] or _around(tight, name, start, end) for name in names)


def _excluded(case: Case, find: Find) -> bool:
    """Whether either side named a place without free shipping; people say 内蒙 for 内蒙古."""
    places = case.context.product.free_shipping_except
    return any(fold(place)[:2] in view.tight for place in places for view in (case.view, *case.buyer))


_FACTS: Mapping[str, Callable[[Case, Find], bool]] = {
    "numbers": _known_number,
    "domains": _own_domain,
    "names": _own_name,
    "excluded": _excluded,
}
