"""Expressions in RE2 syntax: linear in the length of the message whatever the author writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

from jinpai.guard.content import LEXICON_REFERENCE, PatternRule
from jinpai.guard.excuses import Case, Find
from jinpai.guard.screens import Screen, screen_of
from jinpai.guard.words import Terms

EXPRESSIONS = 4096
"""So many expressions are kept once a message needed them; shops with the same rules share them."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """A pattern rule, ready for use; `screen` tells in one go which of its expressions may describe a message.

    The expressions themselves take most of a guard's memory, and many are never needed: each is compiled when the
    screen first lets a message through to it.
    """

    sources: tuple[str, ...]
    over: str
    screen: Screen

    def finds(self, case: Case) -> Iterator[Find]:
        """Every non-empty stretch one of the expressions describes."""
        view = case.view
        is_tight = self.over == "tight"
        encoded = view.encoded if is_tight else view.plain.encode("utf-8", "replace")
        for at in sorted(self.screen(encoded)):
            expression, hit = expression_of(self.sources[at])
            for found in expression.finditer(encoded):
                start, end = found.span(hit) if found.start(hit) >= 0 else found.span()
                if start < end:
                    form, before = encoded[start:end].decode(), len(encoded[:start].decode())
                    places = before, before + len(form)
                    yield Find(*(view.span(*places) if is_tight else places), form)


@lru_cache(maxsize=EXPRESSIONS)
def expression_of(source: str) -> tuple[Any, int]:
    """The expression, and which of its groups is the hit; without one of that name it is all it describes."""
    options = re2.Options()
    options.log_errors, options.never_capture = False, "(?P<hit>" not in source
    expression = re2.compile(source.encode(), options)
    return expression, expression.groupindex.get(b"hit", 0)


def compiled(rule: PatternRule, terms: Terms) -> Patterns:
    """The rule's expressions with the word lists put in."""

    def listed(found: Any) -> str:
        return "(?:" + "|".join(map(re2.escape, terms(found[1]))) + ")"

    sources = tuple(LEXICON_REFERENCE.sub(listed, expression) for expression in rule.find)
    return Patterns(sources, rule.over, screen_of(sources))
