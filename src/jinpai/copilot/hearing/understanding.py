"""What a buyer means: the intents of a message with how sure that is, the mood, and whether it must not wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from jinpai.copilot.content import Intent
from jinpai.copilot.feelings.moods import Mood, Moods
from jinpai.copilot.hearing.clauses import split_clauses
from jinpai.copilot.hearing.likeness import Alike, Likeness, by_meaning
from jinpai.kit.learning.anchors import Embed, fitting
from jinpai.kit.learning.classifier import Classifier
from jinpai.kit.learning.features import Floats
from jinpai.kit.learning.grams import MAX_CHARACTERS, cut_views

CERTAIN = 0.97
"""How sure an intent is that one of its patterns names."""
LEAST, ENOUGH, MOST = 0.3, 0.4, 4
"""The likeliest intent is told from `LEAST` on, further ones from `ENOUGH` on, at most `MOST`."""
SMALL_BRANCHES = frozenset(("greeting", "talk"))
"""Where courtesies are, which are told after matters of the trade."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """An intent, how sure it is (0–1), and the words that say so."""

    intent: Intent
    confidence: float
    words: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A message understood: intents, what matters most first; `urgent` goes first, `handover` wants a person."""

    meanings: tuple[Meaning, ...]
    mood: Mood
    urgent: bool
    handover: bool


class Understanding:
    """Intents that have been learned; immutable, shared by threads.

    `embed` tells meanings, for a classifier that was learned with them.
    """

    def __init__(
        self, intents: Sequence[Intent], classifier: Classifier, moods: Moods, embed: Embed | None = None
    ) -> None:
        self._classifier = classifier
        self._moods = moods
        self.alike: Alike = Likeness(classifier.vocabulary).alike
        self._embed: Embed | None = None
        if embed is not None and classifier.anchors is not None:
            self._embed = fitting(embed, classifier.anchors)
            self.alike = by_meaning(self._embed, classifier.anchors, self.alike)
        self._intents = {intent.id: intent for intent in intents}
        self._patterns: list[tuple[Any, str]] = [
            (re2.compile(pattern), intent.id) for intent in intents for pattern in intent.patterns
        ]

    def understand(self, text: str) -> Understood:
        """The meanings of this message, whatever it is; none where nothing can be told."""
        text = text[:MAX_CHARACTERS].strip()
        if not any(letter.isalnum() for letter in text):
            return Understood((), self._moods.feel(text), urgent=False, handover=False)
        parts = list(dict.fromkeys((text, *split_clauses(text))))
        told = None if self._embed is None else self._embed(parts)
        found: dict[str, tuple[float, str]] = {}
        for place, part in enumerate(parts):
            for name, share in self._guess(part, None if told is None else told[place]).items():
                if share > found.get(name, (0.0, ""))[0]:
                    found[name] = (share, part)
        meanings = self._chosen(found)
        mood = self._moods.feel(text)
        urgent = mood.urgent or any(one.intent.urgent and one.confidence >= ENOUGH for one in meanings)
        handover = any(one.intent.handover and one.confidence >= ENOUGH for one in meanings)
        return Understood(meanings, mood, urgent, handover)

    def _guess(self, part: str, meaning: Floats | None) -> Mapping[str, float]:
        shares = dict(self._classifier.rank(cut_views(part), MOST, meaning))
        for name in self.named(part):
            shares[name] = max(shares.get(name, 0.0), CERTAIN)
        return shares

    def named(self, part: str) -> frozenset[str]:
        """The intents whose patterns name them in this text."""
        return frozenset(name for pattern, name in self._patterns if pattern.search(part))

    def _chosen(self, found: Mapping[str, tuple[float, str]]) -> tuple[Meaning, ...]:
        """Matters of the trade before courtesies, the surer first."""
        known = [Meaning(self._intents[name], *said) for name, said in found.items() if name in self._intents]
        sure = [one for one in known if one.confidence >= ENOUGH]
        if not sure:
            best = max(known, key=lambda one: one.confidence, default=None)
            return (best,) if best is not None and best.confidence >= LEAST else ()
        sure.sort(key=lambda one: (one.intent.branch in SMALL_BRANCHES, -one.confidence))
        return tuple(sure[:MOST])
