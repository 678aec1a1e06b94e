"""What the engine is worth on labelled data: it learns from one part and is measured on another."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jinpai.kit.errors import BadInput
from jinpai.kit.learning.anchors import Embed
from jinpai.kit.learning.features import Floats
from jinpai.kit.learning.grams import cut_views
from jinpai.kit.learning.ridge import learn


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts, each with the label people gave it."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Macro-F1 and accuracy in per cent over the measured texts."""

    macro_f1: float
    accuracy: float


def measure_intents(train: Labelled, test: Labelled, embed: Embed | None = None) -> dict[str, float]:
    """Learn from `train`, whose labels may be wrong, and measure on `test`; times are wall-clock on this machine.

    With `embed` meanings are heard beside wordings.
    """
    tell = told_by(embed)
    started = time.perf_counter()
    cut = [cut_views(text) for text in train.texts]
    classifier = learn(cut, train.labels, meanings=None if tell is None else tell(train.texts)).classifier
    learned = time.perf_counter()
    guessed = [classifier.classify(cut_views(text), None if tell is None else tell([text])[0]) for text in test.texts]
    spent = max(time.perf_counter() - learned, 1e-9)
    scores = score(test.labels, guessed)
    return {
        "macro_f1": scores.macro_f1,
        "accuracy": scores.accuracy,
        "train_seconds": round(learned - started, 2),
        "messages_per_second": round(len(guessed) / spent, 1),
    }


def told_by(embed: Embed | None) -> Callable[[Sequence[str]], Floats] | None:
    """The same, but BadInput where meanings cannot be told; None where they are not wanted."""
    if embed is None:
        return None

    def tell(texts: Sequence[str]) -> Floats:
        found = embed(texts)
        if found is None:
            raise BadInput("JINPAI_EMBED 的接口现在用不了，请检查地址、密钥和模型名，或者先去掉这个设置")
        return found

    return tell


def score(right: Sequence[str], guessed: Sequence[str]) -> Scores:
    """How well the guesses fit; the mean F1 is over every label that is right or guessed somewhere."""
    hits = Counter(one for one, other in zip(right, guessed, strict=True) if one == other)
    named, said = Counter(right), Counter(guessed)
    ratios = [2 * hits[label] / (named[label] + said[label]) for label in named | said]
    return Scores(round(100 * sum(ratios) / len(ratios), 2), round(100 * hits.total() / len(right), 2))
