"""What buyers tell of themselves that is worth knowing next time. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from jinpai.customers.content import FactEntry
from jinpai.customers.model import FactKind, Told, Utterance
from jinpai.kit.numerals import read_number
from jinpai.kit.phrases import NUMBER, compile_phrases
from jinpai.kit.text import fold_text

LONGEST = 500
"""Characters of one message that are looked at."""

Measure = Callable[[str], int | float | str | None]
"""Reads what can be measured of a person from a message: a number in the unit of the profile, or a day."""

_NUMBER = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class FactWords:
    """One kind of fact, compiled: a way to hear each value, and the words beside which none counts."""

    entry: FactEntry
    values: tuple[tuple[str, Any], ...]
    never: Any


@lru_cache(maxsize=64)
def compile_facts(entries: tuple[BaseModel, ...]) -> tuple[FactWords, ...]:
    """The facts of a shop's customer entries, ready for use, in the order of content."""
    facts = [entry for entry in entries if isinstance(entry, FactEntry)]
    return tuple(FactWords(one, _values(one), compile_phrases(_never(one))) for one in facts)


def find_told(words: Sequence[FactWords], measures: Mapping[str, Measure], talk: Sequence[Utterance]) -> list[Told]:
    """What the buyer told, each value once with the message that said it last; of a single fact the newest alone."""
    found: dict[tuple[FactKind, str], Told] = {}
    for at, one in enumerate(talk):
        if one.role != "buyer":
            continue
        text = one.text[:LONGEST]
        folded = fold_text(text)
        for fact in words:
            for value in _heard(fact, measures, text, folded):
                key = (fact.entry.fact, "" if fact.entry.single else value)
                found.pop(key, None)
                found[key] = Told(fact.entry.fact, value, at)
    order = {fact.entry.fact: place for place, fact in enumerate(words)}
    return sorted(found.values(), key=lambda told: (order[told.kind], told.message))


def title_of(words: Sequence[FactWords], kind: str) -> str:
    """The fact's name for people; the kind itself where content has taken it away."""
    return next((one.entry.title for one in words if one.entry.fact == kind), kind)


def _heard(fact: FactWords, measures: Mapping[str, Measure], text: str, folded: str) -> Iterator[str]:
    entry = fact.entry
    if fact.never.search(folded):
        return
    if entry.measure is not None:
        measured = measures[entry.measure](text) if entry.measure in measures else None
        if measured is not None:
            yield entry.value.replace("#", measured if isinstance(measured, str) else f"{measured:g}")
        return
    for value, match in _outermost([(value, said.search(folded)) for value, said in fact.values]):
        if entry.number is not None:
            number = _number(match.group(), entry.number.least, entry.number.most)
            if number is not None:
                yield entry.value.replace("#", str(number))
        else:
            yield entry.value.replace("@", value)
            if entry.single:
                return


def _outermost(found: Sequence[tuple[str, Any]]) -> Sequence[tuple[str, Any]]:
    """The values that were heard, without those heard only inside the word of another (`朋友` in `小朋友`)."""
    heard = [(value, match) for value, match in found if match]
    spans = [match.span() for _, match in heard]
    return [
        (value, match)
        for value, match in heard
        if not any(
            begins <= match.start() and match.end() <= ends and (begins, ends) != match.span() for begins, ends in spans
        )
    ]


def _number(text: str, least: int, most: int) -> int | None:
    for found in _NUMBER.findall(text):
        try:
            value = read_number(found.split()[0])
        except ValueError:
            continue
        if least <= value <= most:
            return value
    return None


def _values(entry: FactEntry) -> tuple[tuple[str, Any], ...]:
    if not entry.values:
        return (("", compile_phrases(entry.said)),)
    return tuple(
        (one.name, compile_phrases([_with(phrase, one.said) for phrase in entry.said])) for one in entry.values
    )


def _never(entry: FactEntry) -> list[str]:
    every = "/".join(one.said for one in entry.values)
    return [_with(phrase, every) for phrase in entry.never]


def _with(phrase: str, said: str) -> str:
    """The phrase with every way to say the value in the place of `@`."""
    parts = []
    for part in phrase.split("…"):
        words = [
            word.replace("@", way) for word in part.split("/") for way in (said.split("/") if "@" in word else [""])
        ]
        parts.append("/".join(words))
    return "…".join(parts)
