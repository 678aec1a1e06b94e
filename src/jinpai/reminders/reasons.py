"""Why a buyer has not paid: worked out from what was said, by the words content gives. Pure.

The last reason a buyer gave counts; among several in one message, the one content lists first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel

from jinpai.kit.text import fold_text
from jinpai.playbook.predicates import UnpaidReason
from jinpai.reminders.content import ReasonWords, TalkWords

GAP = 8
"""How many characters `…` may stand for."""

LONGEST = 1_000
"""Characters of one message that are looked at."""

_NUMBER = "[0-9一二两三四五六七八九十百千万几多]{1,6}"
_DENIED = re.compile(r"(?:不是|并非|(?<![能要是会好可])不|没|没有|没说|不算|不会|别)(?:因为|嫌|说|觉得|要|是)?$")


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message: who said it, and what."""

    role: Literal["buyer", "agent", "other"]
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of a shop, compiled: by reason in the order of content, and those about the talk itself."""

    said: tuple[tuple[UnpaidReason, re.Pattern[str]], ...]
    asked: tuple[tuple[UnpaidReason, re.Pattern[str]], ...]
    settled: tuple[tuple[UnpaidReason, re.Pattern[str]], ...]
    refused: re.Pattern[str] | None
    reminded: re.Pattern[str] | None
    yes: frozenset[str]
    no: frozenset[str]


@lru_cache(maxsize=64)
def compile_words(entries: tuple[BaseModel, ...]) -> Words:
    """The words of a shop's reminder entries, ready for use."""
    reasons = [entry for entry in entries if isinstance(entry, ReasonWords)]
    talk = next((entry for entry in entries if isinstance(entry, TalkWords)), None)
    return Words(
        said=_compiled([(one.reason, one.said) for one in reasons]),
        asked=_compiled([(one.reason, one.asked) for one in reasons]),
        settled=_compiled([(one.reason, one.settled) for one in reasons]),
        refused=_pattern(talk.refused) if talk else None,
        reminded=_pattern(talk.reminded) if talk else None,
        yes=frozenset(_tight(word) for word in talk.yes) if talk else frozenset(),
        no=frozenset(_tight(word) for word in talk.no) if talk else frozenset(),
    )


def find_reason(words: Words, talk: Sequence[Utterance]) -> UnpaidReason:
    """The reason the buyer gave last; unknown when none was given."""
    found: UnpaidReason = "unknown"
    asked: UnpaidReason | None = None
    for one in talk:
        if one.role == "agent":
            asked = _first(words.asked, one.text)
        elif one.role == "buyer":
            tight = _tight(one.text)
            confirmed = asked if tight in words.yes else None
            if found == asked and tight in words.no:
                found = "unknown"
            found = _first(words.said, one.text) or confirmed or found
    return found


def is_settled(words: Words, reason: UnpaidReason, talk: Sequence[Utterance]) -> bool:
    """Whether an agent has said, after the buyer last gave this reason, that it is taken care of."""
    settled = False
    for one in talk:
        if one.role == "buyer" and _first(words.said, one.text) == reason:
            settled = False
        elif one.role == "agent" and any(name == reason and _has(way, one.text) for name, way in words.settled):
            settled = True
    return settled


def is_refused(words: Words, talk: Sequence[Utterance]) -> bool:
    """Whether the buyer does not want the goods, or no reminders."""
    return words.refused is not None and any(one.role == "buyer" and _has(words.refused, one.text) for one in talk)


def is_reminder(words: Words, text: str) -> bool:
    """Whether an agent's words remind of the payment."""
    return words.reminded is not None and _has(words.reminded, text)


def _first(patterns: Sequence[tuple[UnpaidReason, re.Pattern[str]]], text: str) -> UnpaidReason | None:
    return next((reason for reason, pattern in patterns if _has(pattern, text)), None)


def _has(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the words are there and not denied."""
    folded = fold_text(text[:LONGEST])
    return any(not _DENIED.search(folded[: found.start()]) for found in pattern.finditer(folded))


def _compiled(lists: Sequence[tuple[UnpaidReason, Sequence[str]]]) -> tuple[tuple[UnpaidReason, re.Pattern[str]], ...]:
    found = ((reason, _pattern(lines)) for reason, lines in lists)
    return tuple((reason, pattern) for reason, pattern in found if pattern is not None)


def _pattern(lines: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{_line(line)})" for line in lines)) if lines else None


def _line(line: str) -> str:
    """`甲/乙…丙` as a pattern: bounded gaps, so that the time stays linear."""
    parts = ("|".join(_word(word) for word in part.split("/") if word) for part in line.split("…"))
    return f".{{0,{GAP}}}?".join(f"(?:{part})" for part in parts)


def _word(word: str) -> str:
    """A word as it stands in folded text, `#` as any number."""
    return _NUMBER.join(re.escape(fold_text(part).strip()) for part in word.split("#"))


def _tight(text: str) -> str:
    return "".join(fold_text(text).split())
