"""Expressions in RE2 syntax: linear in the length of the message whatever the author writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

from jinpai.guard.content import LEXICON_REFERENCE, PatternRule
from jinpai.guard.excuses import Case, Find
from jinpai.guard.screens import screen_of
from jinpai.guard.words import Terms

RULES = 1024
"""So many rules' expressions are kept once a message needed them; shops with the same rules share them."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """A pattern rule, ready for use; `screen` tells in one go whether any of its expressions describes a message.

    The expressions themselves take most of a guard's memory, and many are never needed: they are compiled when the
    screen first lets a message through.
    """

    sources: tuple[str, ...]
    over: str
    screen: Any

    def finds(self, case: Case) -> Iterator[Find]:
        """Every non-empty stretch one of the expressions describes."""
        view = case.view
        read = view.tight if self.over == "tight" else view.plain
        screened = view.encoded if self.over == "tight" else read.encode("utf-8", "replace")
        if self.screen.search(screened) is None:
            return
        for expression in _expressions(self.sources):
            for found in expression.finditer(read):
                start, end = found.span(expression.groupindex.get("hit", 0))
                if start < 0:
                    start, end = found.span()
                if start < end:
                    place = view.span(start, end) if self.over == "tight" else (start, end)
                    yield Find(place[0], place[1], read[start:end])


@lru_cache(maxsize=RULES)
def _expressions(sources: tuple[str, ...]) -> tuple[Any, ...]:
    options = re2.Options()
    options.log_errors = False
    return tuple(re2.compile(source, options) for source in sources)


def compiled(rule: PatternRule, terms: Terms) -> Patterns:
    """The rule's expressions with the word lists put in."""

    def listed(found: Any) -> str:
        return "(?:" + "|".join(map(re2.escape, terms(found[1]))) + ")"

    sources = tuple(LEXICON_REFERENCE.sub(listed, expression) for expression in rule.find)
    return Patterns(sources, rule.over, screen_of(sources))
