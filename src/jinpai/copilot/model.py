"""What there is to understand, as plain types."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinpai.copilot.content import Intent
from jinpai.copilot.moods import MoodWords

FORM = "1"
"""Changes with the way of learning, so that nothing kept by an older program is read."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is to be understood in a shop: the intents, and the words for moods."""

    intents: tuple[Intent, ...] = ()
    moods: tuple[MoodWords, ...] = ()


def fingerprint(intents: Sequence[Intent]) -> str:
    """What these intents are learned from, as a short name: the same examples have the same."""
    told = sorted((intent.id, list(intent.examples)) for intent in intents)
    return hashlib.sha256(json.dumps([FORM, told], ensure_ascii=False).encode()).hexdigest()[:24]


def model_file(folder: Path, name: str) -> Path:
    """Where what was learned under this fingerprint lies."""
    return folder / f"intents-{name}.npz"
