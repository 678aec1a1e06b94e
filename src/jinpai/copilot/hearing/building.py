"""Learning the intents of a shop's content, once for each wording of their examples."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from jinpai.copilot.hearing.confusing import Mistaken, keep_mistaken
from jinpai.copilot.model import Example, Meanings
from jinpai.kit.learning.classifier import Classifier
from jinpai.kit.learning.features import Floats
from jinpai.kit.learning.grams import cut_views
from jinpai.kit.learning.keeping import keep
from jinpai.kit.learning.ridge import learn

AT_ONCE = 512
"""So many texts are told at a time; what was told until then is kept."""


def learn_examples(examples: Sequence[Example], meanings: Floats | None = None) -> tuple[Classifier, list[Mistaken]]:
    """The classifier these examples make, and those of them that the others would have taken for another intent.

    `meanings` has a vector of each. Learning leaves every example out once anyway, so that telling them apart costs
    nothing more.
    """
    cut, labels = [cut_views(text) for text, _ in examples], [name for _, name in examples]
    learned = learn(cut, labels, trusted=True, meanings=meanings)
    names, curve = learned.classifier.names, learned.classifier.curve
    guesses = learned.left_out.argmax(1)
    mistaken = []
    for (text, name), shares, guess in zip(examples, learned.left_out, guesses, strict=True):
        if names[guess] != name:
            sure = float(shares[guess])
            mistaken.append(Mistaken(text, name, names[guess], curve.at(sure) if curve.sure else sure))
    return learned.classifier, mistaken


def build(examples: Sequence[Example], path: Path, meanings: Meanings | None = None) -> None:
    """Learn the examples and keep the result in this file; for a process of its own, which steps back for others."""
    os.nice(10)
    learn_and_keep(examples, path, meanings)


def learn_and_keep(examples: Sequence[Example], path: Path, meanings: Meanings | None = None) -> Classifier | None:
    """Learn the examples and keep the result in this file, with what was mistaken beside it.

    None, and nothing kept, where their meanings are wanted and cannot be told now.
    """
    told = None
    if meanings is not None:
        told = tell_meanings([text for text, _ in examples], meanings, path.parent)
        if told is None:
            return None
    classifier, mistaken = learn_examples(examples, told)
    keep_mistaken(mistaken, path)
    keep(classifier, path)
    return classifier


def tell_meanings(texts: Sequence[str], meanings: Meanings, folder: Path) -> Floats | None:
    """A vector of each text; those told before are read from a file in this folder. None where one cannot be told."""
    path = folder / f"vectors-{meanings.name}.npz"
    known = _known(path)
    new = [text for text in dict.fromkeys(texts) if text not in known]
    embed = meanings.make() if new else None
    for start in range(0, len(new), AT_ONCE):
        chosen = new[start : start + AT_ONCE]
        told = None if embed is None else embed(chosen)
        if told is None or (known and told.shape[1] != next(iter(known.values())).size):
            return None
        known |= dict(zip(chosen, told, strict=True))
        _keep_known({text: known[text] for text in texts if text in known}, path)
    return np.stack([known[text] for text in texts]) if texts else None


def _known(path: Path) -> dict[str, Floats]:
    try:
        with np.load(path, allow_pickle=False) as file:
            texts, vectors = json.loads(file["texts"].tobytes()), np.asarray(file["vectors"], np.float32)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        return {}
    return dict(zip(texts, vectors, strict=True))


def _keep_known(known: dict[str, Floats], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with draft.open("wb") as file:
        texts = np.frombuffer(json.dumps(list(known)).encode(), np.uint8)
        np.savez(file, texts=texts, vectors=np.stack(list(known.values())).astype(np.float16))
    draft.replace(path)
