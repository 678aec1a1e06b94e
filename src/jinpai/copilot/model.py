"""What there is to understand, as plain types."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from jinpai.copilot.content import Intent
from jinpai.copilot.feelings.moods import MoodWords
from jinpai.kit.learning.anchors import Embed

Example: TypeAlias = tuple[str, str]
"""A text and the intent it is an example of."""

FORM = "4"
"""Changes with the way of learning, so that nothing kept by an older program is read."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """What tells meanings as vectors: `name` changes with the model, `make` makes it, in whichever process calls it."""

    name: str
    make: Callable[[], Embed]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is to be understood in a shop: the intents, the words for moods, and what people put right.

    A correction is a text and the id of the intent it means.
    """

    intents: tuple[Intent, ...] = ()
    moods: tuple[MoodWords, ...] = ()
    corrections: tuple[Example, ...] = ()

    def examples(self) -> list[Example]:
        """Everything there is to learn from: of each text the intent people say it means, else that of content."""
        told = dict(self.corrections)
        given = [(text, intent.id) for intent in self.intents for text in intent.examples]
        known = {intent.id for intent in self.intents}
        right = [(text, name) for text, name in told.items() if name in known]
        return [one for one in given if one[0] not in told] + right


def fingerprint(examples: Sequence[Example], meanings: Meanings | None = None) -> str:
    """What is learned from these examples, as a short name: the same examples have the same, told by the same model."""
    form = FORM if meanings is None else f"{FORM} {meanings.name}"
    return hashlib.sha256(json.dumps([form, sorted(examples)], ensure_ascii=False).encode()).hexdigest()[:24]


def model_file(folder: Path, name: str) -> Path:
    """Where what was learned under this fingerprint lies."""
    return folder / f"intents-{name}.npz"
