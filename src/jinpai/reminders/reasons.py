"""Why a buyer has not paid: worked out from what was said, by the words content gives. Pure.

The last reason a buyer gave counts; among several in one message, the one content lists first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel

from jinpai.kit.phrases import compile_phrases
from jinpai.kit.text import fold_text
from jinpai.playbook.predicates import UnpaidReason
from jinpai.reminders.content import ReasonWords, TalkWords

LONGEST = 1_000
"""Characters of one message that are looked at."""

_DENIED = re.compile(r"(?:不是|并非|(?<![能要是会好可])不|没|没有|没说|不算|不会|别)(?:因为|嫌|说|觉得|要|是)?$")


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message: who said it, and what."""

    role: Literal["buyer", "agent", "other"]
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of a shop, compiled: by reason in the order of content, and those about the talk itself."""

    said: tuple[tuple[UnpaidReason, Any], ...]
    asked: tuple[tuple[UnpaidReason, Any], ...]
    settled: tuple[tuple[UnpaidReason, Any], ...]
    refused: Any
    reminded: Any
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
        refused=compile_phrases(talk.refused if talk else ()),
        reminded=compile_phrases(talk.reminded if talk else ()),
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
    return any(one.role == "buyer" and _has(words.refused, one.text) for one in talk)


def is_reminder(words: Words, text: str) -> bool:
    """Whether an agent's words remind of the payment."""
    return _has(words.reminded, text)


def _first(patterns: Sequence[tuple[UnpaidReason, Any]], text: str) -> UnpaidReason | None:
    return next((reason for reason, pattern in patterns if _has(pattern, text)), None)


def _has(pattern: Any, text: str) -> bool:
    """Whether the words are there and not denied."""
    folded = fold_text(text[:LONGEST])
    return any(not _DENIED.search(folded[: found.start()]) for found in pattern.finditer(folded))


def _compiled(lists: Sequence[tuple[UnpaidReason, Sequence[str]]]) -> tuple[tuple[UnpaidReason, Any], ...]:
    return tuple((reason, compile_phrases(lines)) for reason, lines in lists if lines)


def _tight(text: str) -> str:
    return "".join(fold_text(text).split())
