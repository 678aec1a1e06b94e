"""Learning the intents of a shop's content, once for each wording of their examples."""

import os
from collections.abc import Sequence
from pathlib import Path

from jinpai.copilot.confusing import Mistaken, keep_mistaken
from jinpai.copilot.model import Example
from jinpai.kit.learning.classifier import Classifier
from jinpai.kit.learning.grams import cut_views
from jinpai.kit.learning.keeping import keep
from jinpai.kit.learning.ridge import learn


def learn_examples(examples: Sequence[Example]) -> tuple[Classifier, list[Mistaken]]:
    """The classifier these examples make, and those of them that the others would have taken for another intent.

    Learning leaves every example out once anyway, so that telling them apart costs nothing more.
    """
    learned = learn([cut_views(text) for text, _ in examples], [name for _, name in examples], trusted=True)
    names, curve = learned.classifier.names, learned.classifier.curve
    guesses = learned.left_out.argmax(1)
    mistaken = []
    for (text, name), shares, guess in zip(examples, learned.left_out, guesses, strict=True):
        if names[guess] != name:
            sure = float(shares[guess])
            mistaken.append(Mistaken(text, name, names[guess], curve.at(sure) if curve.sure else sure))
    return learned.classifier, mistaken


def build(examples: Sequence[Example], path: Path) -> None:
    """Learn the examples and keep the result in this file; for a process of its own, which steps back for others."""
    os.nice(10)
    learn_and_keep(examples, path)


def learn_and_keep(examples: Sequence[Example], path: Path) -> Classifier:
    """Learn the examples and keep the result in this file, with what was mistaken beside it."""
    classifier, mistaken = learn_examples(examples)
    keep_mistaken(mistaken, path)
    keep(classifier, path)
    return classifier
