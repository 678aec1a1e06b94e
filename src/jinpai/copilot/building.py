"""Learning the intents of a shop's content, once for each wording of their examples."""

import os
from collections.abc import Sequence
from pathlib import Path

from jinpai.copilot.model import Example
from jinpai.kit.learning.classifier import Classifier
from jinpai.kit.learning.grams import cut_views
from jinpai.kit.learning.keeping import keep
from jinpai.kit.learning.ridge import learn


def learn_examples(examples: Sequence[Example]) -> Classifier:
    """The classifier these examples make."""
    return learn([cut_views(text) for text, _ in examples], [name for _, name in examples], trusted=True).classifier


def build(examples: Sequence[Example], path: Path) -> None:
    """Learn the examples and keep the result in this file; for a process of its own, which steps back for others."""
    os.nice(10)
    keep(learn_examples(examples), path)
