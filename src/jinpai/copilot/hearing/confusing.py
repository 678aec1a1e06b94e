"""Which intents are taken for which: examples that all others together would call something else, kept beside what was
learned from them.
"""

import os
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import orjson

KEPT = 40
"""So many files of this kind stay; the oldest go."""


@dataclass(frozen=True, slots=True)
class Mistaken:
    """An example of `intent` that the other examples take for `guess`, and how sure they are (0–1)."""

    text: str
    intent: str
    guess: str
    sure: float


def mistaken_file(model: Path) -> Path:
    """Where the mistaken of the model in this file lie."""
    return model.with_name(model.name.replace("intents-", "mistaken-")).with_suffix(".json")


def keep_mistaken(mistaken: Sequence[Mistaken], model: Path) -> None:
    """Write them beside the model's file, whole or not at all, and take away the oldest."""
    path = mistaken_file(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    draft.write_bytes(orjson.dumps([astuple(one) for one in mistaken]))
    draft.replace(path)
    for old in sorted(path.parent.glob("mistaken-*.json"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def find_mistaken(model: Path) -> list[Mistaken] | None:
    """The mistaken of the model in this file; None where they were not kept. A broken file is taken away."""
    path = mistaken_file(model)
    try:
        return [Mistaken(*one) for one in orjson.loads(path.read_bytes())]
    except OSError:
        return None
    except (ValueError, TypeError):
        path.unlink(missing_ok=True)
        return None
