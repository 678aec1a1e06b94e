"""A shop's words of promises, compiled: how each kind sounds, and what makes none of it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from jinpai.kit.phrases import Screen, compile_phrases, compile_screen
from jinpai.promises.content import Kind, PromiseWords, TalkWords
from jinpai.reminders.content import DaysOff

TOLD = ("said", "acts", "plain")
"""The ways in which an agent's own words promise something of a kind."""

_TALK = (
    *("agreed", "noted", "commits", "unwanted", "deferred", "refused", "conditional", "usual", "done", "asking"),
    *("offered", "closing", "firm", "choice"),
)


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind of promise and its phrases, compiled; `place` is where it stands among all."""

    place: int
    entry: PromiseWords
    said: Any
    asked: Any
    about: Any
    acts: Any
    plain: Any
    never: Any


@dataclass(frozen=True, slots=True)
class Words:
    """A shop's phrases, compiled; `kinds` in the order of content, `screen` knows those a promise cannot do without.

    `said`, `acts`, `plain` and `about` tell by their places which kinds may have such a phrase in a text: few, of
    many. `years` is when people work.
    """

    kinds: tuple[KindWords, ...]
    screen: Screen
    years: tuple[DaysOff, ...]
    said: Screen
    acts: Screen
    plain: Screen
    about: Screen
    agreed: Any
    noted: Any
    commits: Any
    unwanted: Any
    deferred: Any
    refused: Any
    conditional: Any
    usual: Any
    done: Any
    asking: Any
    offered: Any
    closing: Any
    firm: Any
    choice: Any


@lru_cache(maxsize=64)
def compile_words(entries: tuple[BaseModel, ...], years: tuple[DaysOff, ...] = ()) -> Words:
    """The phrases of a shop's promise entries, ready for use; working days are counted by `years`."""
    kinds = [entry for entry in entries if isinstance(entry, PromiseWords)]
    talk = next(entry for entry in entries if isinstance(entry, TalkWords))
    needed = [*talk.noted, *talk.commits, *(phrase for one in kinds for phrase in (*one.said, *one.acts, *one.plain))]
    told = [[getattr(one, name) for one in kinds] for name in TOLD]
    return Words(
        tuple(
            KindWords(at, one, *map(compile_phrases, (one.said, one.asked, one.about, one.acts, one.plain, one.never)))
            for at, one in enumerate(kinds)
        ),
        compile_screen(needed),
        years,
        *(compile_screen(*groups) for groups in (*told, [(*one.asked, *one.about) for one in kinds])),
        *(compile_phrases(getattr(talk, name)) for name in _TALK),
    )


def title_of(words: Words, kind: Kind) -> str:
    """The kind's name for people."""
    return next(one.entry.title for one in words.kinds if one.entry.promise == kind)
