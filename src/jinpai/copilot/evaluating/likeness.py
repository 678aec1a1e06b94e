"""Questions told apart on pairs others labelled: without learning, and learned from other pairs, beside TF-IDF."""

import csv
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from jinpai.copilot.evaluating.intents import told_by
from jinpai.copilot.hearing.likeness import learn_likeness
from jinpai.copilot.hearing.pairing import cut_pair, learn_pairs
from jinpai.kit.errors import BadInput
from jinpai.kit.learning.anchors import Embed, directions
from jinpai.kit.learning.features import learn_vocabulary
from jinpai.kit.learning.grams import joined, tidy
from jinpai.kit.learning.matrix import lay_out

FOLDS = 5
AT_ONCE = 512
"""Texts whose meaning is asked for in one go."""
EXAMPLE = "怎么退货<TAB>如何办理退货<TAB>1"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two questions, and whether people took them to ask the same."""

    one: str
    other: str
    same: bool


def read_pairs(path: Path, text: str) -> list[Pair]:
    """The pairs of a file, one a line with tabs or commas; a heading is passed over, BadInput names the wrong line."""
    lines = text.splitlines()
    rows = (line.split("\t") for line in lines) if "\t" in text else csv.reader(lines)
    found: list[Pair] = []
    try:
        for number, row in enumerate(rows, 1):
            if not row or row == [""] or (number == 1 and row[-1].strip().lower() == "label"):
                continue
            if len(row) != 3 or row[2].strip() not in ("0", "1"):
                raise BadInput(f"{path} 第 {number} 行要有两句话和 0 或 1，例如 {EXAMPLE}")
            found.append(Pair(row[0], row[1], row[2].strip() == "1"))
    except csv.Error:
        raise BadInput(f"{path} 读不成表格，请一行写一对：{EXAMPLE}") from None
    if len({pair.same for pair in found}) < 2:
        raise BadInput(f"{path} 里要有问法相同的，也要有不同的，一行一对：{EXAMPLE}")
    return found


def measure_pairs(train: Sequence[Pair], test: Sequence[Pair], embed: Embed | None = None) -> Mapping[str, float]:
    """Spearman's rank correlation with the labels of `test`, times 100: unlearned, and learned from `train`.

    Without `train` each fifth of `test` is judged by what the others teach; no question is on both sides. With `embed`
    the unlearned figure is that of meanings, as in a shop that has them told.
    """
    pairs = (*train, *test)
    known = learn_likeness([text for pair in pairs for text in (pair.one, pair.other)])
    begun = time.perf_counter()
    near = _meant(pairs, embed)
    cut = [cut_pair(known, pair.one, pair.other, how) for pair, how in zip(pairs, near, strict=True)]
    each = (time.perf_counter() - begun) / len(cut)
    unlearned = [
        known.alike(pair.one, pair.other) if how is None else how for pair, how in zip(pairs, near, strict=True)
    ]
    same, learned, spent = [pair.same for pair in (*train, *test)], [0.0] * len(cut), 0.0
    begun = time.perf_counter()
    for teach, judged in [(range(len(train)), range(len(train), len(cut)))] if train else _folds(test):
        divider = learn_pairs([cut[at] for at in teach], [same[at] for at in teach])
        ready = time.perf_counter()
        for at in judged:
            learned[at] = divider.score(cut[at])
        spent += time.perf_counter() - ready
    taken = time.perf_counter() - begun - spent
    return {
        "spearman": _spearman(learned[len(train) :], test),
        "spearman_unlearned": _spearman(unlearned[len(train) :], test),
        "spearman_tfidf": _spearman(_tfidf(test), test),
        "train_seconds": round(taken, 2),
        "milliseconds_per_query": round(1000 * (each + spent / len(test)), 3),
    }


def _meant(pairs: Sequence[Pair], embed: Embed | None) -> Sequence[float | None]:
    """How near the two meanings of each pair are (-1–1); None where meanings are not told."""
    tell = told_by(embed)
    if tell is None:
        return [None] * len(pairs)
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.one, pair.other)))
    told = np.concatenate([tell(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)])
    meant = directions(told, told.mean(0))
    place = {text: at for at, text in enumerate(texts)}
    return [float(meant[place[pair.one]] @ meant[place[pair.other]]) for pair in pairs]


def _spearman(values: Sequence[float], pairs: Sequence[Pair]) -> float:
    if len(set(values)) < 2:
        return 0.0
    return round(100 * float(spearmanr(values, [pair.same for pair in pairs])[0]), 2)


def _folds(pairs: Sequence[Pair]) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """The places of what teaches and of what is judged; questions that hang together by any pair stay together."""
    above: dict[str, str] = {}

    def top(text: str) -> str:
        while above.setdefault(text, text) != text:
            above[text] = text = above[above[text]]
        return text

    for pair in pairs:
        above[top(tidy(pair.one))] = top(tidy(pair.other))
    fold = np.array([zlib.crc32(top(tidy(pair.one)).encode()) % FOLDS for pair in pairs])
    for number in np.unique(fold):
        teach = [int(at) for at in np.flatnonzero(fold != number)]
        if len({pairs[at].same for at in teach}) == 2:
            yield teach, [int(at) for at in np.flatnonzero(fold == number)]


def _tfidf(pairs: Sequence[Pair]) -> list[float]:
    """The baseline: the cosine of letters and pairs of letters, the rarer the heavier."""
    cut = [(_grams(text),) for pair in pairs for text in (pair.one, pair.other)]
    matrix = lay_out(learn_vocabulary(cut), cut)
    return [float(value) for value in np.asarray(matrix[::2].multiply(matrix[1::2]).sum(1)).ravel()]


def _grams(text: str) -> list[str]:
    tidied = tidy(text)
    return list(dict.fromkeys([*tidied, *joined(tidied, 2, "")]))
