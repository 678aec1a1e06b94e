"""How well parts of addresses are recognised on data others labelled, learned from one file, measured on another."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pycrfsuite

from jinpai.copilot.evaluating.address_features import address_features
from jinpai.kit.errors import BadInput

Address = Sequence[tuple[str, str]]
"""Tokens with their labels, such as ("杭", "B-city")."""

Chunk = tuple[int, int, str]
_EXAMPLE = "杭 B-city"
_LEARNING = {"c1": 0.05, "c2": 0.5, "max_iterations": 60}
"""How the conditional random field is learned: its regularisation and its steps."""


def read_addresses(path: Path, text: str) -> list[Address]:
    """The addresses of a file: a token and its label a line, empty lines between; BadInput names the first mistake."""
    found: list[Address] = []
    current: list[tuple[str, str]] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if not line.strip():
            found += [current] if current else []
            current = []
            continue
        token, _, label = line.rpartition(" ")
        if not token or not (label == "O" or label[:2] in ("B-", "I-")):
            raise BadInput(f"{path} 第 {number} 行不对，请一行写一个字和它的标签，例如 {_EXAMPLE}")
        current.append((token, label))
    if not found:
        raise BadInput(f"{path} 里没有数据，请一行写一个字和它的标签，例如 {_EXAMPLE}")
    return found


def measure_addresses(train: Sequence[Address], test: Sequence[Address]) -> Mapping[str, float]:
    """Chunk F1, precision and recall in percent: a part counts when its beginning, end and label are all right.

    `baseline_chunk_f1` is what the simplest way reaches on the same files: each token as it was labelled most often.
    """
    began = time.perf_counter()
    tagger = learn_addresses(train)
    learned = time.perf_counter() - began
    right, told, wanted = _compared(test, lambda tokens: tagger.tag(address_features(tokens)))
    usual = _usual_labels(train)
    simple, simply_told, _ = _compared(test, lambda tokens: [usual.get(token, "O") for token in tokens])
    return {
        "chunk_f1": round(200 * right / max(told + wanted, 1), 2),
        "precision": round(100 * right / max(told, 1), 2),
        "recall": round(100 * right / max(wanted, 1), 2),
        "baseline_chunk_f1": round(200 * simple / max(simply_told + wanted, 1), 2),
        "train_seconds": round(learned, 1),
    }


def _compared(test: Sequence[Address], label: Callable[[list[str]], list[str]]) -> tuple[int, int, int]:
    """How many parts are right, told and wanted."""
    right = told = wanted = 0
    for one in test:
        gold = chunks([name for _, name in one])
        guess = chunks(label([token for token, _ in one]))
        right, told, wanted = right + len(gold & guess), told + len(guess), wanted + len(gold)
    return right, told, wanted


def _usual_labels(examples: Sequence[Address]) -> Mapping[str, str]:
    """The label each token has most often, the first of those as often."""
    counted: dict[str, Counter[str]] = {}
    for one in examples:
        for token, label in one:
            counted.setdefault(token, Counter())[label] += 1
    return {token: labels.most_common(1)[0][0] for token, labels in counted.items()}


def learn_addresses(examples: Sequence[Address]) -> pycrfsuite.Tagger:
    """What labels the tokens of an address, learned from these; the same examples always give the same."""
    trainer = pycrfsuite.Trainer("lbfgs", _LEARNING, verbose=False)
    for one in examples:
        trainer.append(address_features([token for token, _ in one]), [label for _, label in one])
    tagger = pycrfsuite.Tagger()
    with TemporaryDirectory() as folder:
        trainer.train(path := f"{folder}/addresses")
        tagger.open(path)
    return tagger


def chunks(labels: Sequence[str]) -> set[Chunk]:
    """The parts as (start, end, name); one that goes on under another name begins anew."""
    found: set[Chunk] = set()
    start, name = 0, ""
    for at, label in enumerate([*labels, "O"]):
        kind, _, here = label.partition("-")
        if name and (kind in ("O", "B") or here != name):
            found.add((start, at, name))
            name = ""
        if not name and here:
            start, name = at, here
    return found
