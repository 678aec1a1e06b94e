"""Satisfaction on labelled talks: read from lines, learned from the one part, measured on the other."""

import ast
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jinpai.copilot.evaluating.intents import score
from jinpai.copilot.feelings.satisfaction import Turn, cut_talk
from jinpai.kit.errors import BadInput
from jinpai.kit.learning.ridge import learn

EXAMPLE = "['发货了吗|||今天发', '好的|||']<TAB>[54, 0]<TAB>1"
MAX_LINE = 200_000
BETWEEN = "|||"
PRIOR = 0.5
"""How far a label's being frequent speaks for it: less than it is, so that rare ones are not passed over."""
STIFF = 1.0
"""How little a single talk may bend what is learned: its beginnings are learned from beside it, nearly alike."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A talk up to the buyer's last words, and how satisfied people took the buyer to be."""

    turns: tuple[Turn, ...]
    label: str


def read_talks(path: Path, text: str) -> list[Judged]:
    """The talks of a file, one a line: the turns, their acts, the label, with tabs; BadInput names the wrong line."""
    found = [_talk(path, number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not found:
        raise BadInput(f"{path} 里没有数据，请一行写一段会话：{EXAMPLE}")
    return found


def measure_satisfaction(train: Sequence[Judged], test: Sequence[Judged]) -> dict[str, float]:
    """Learn from `train` and measure on `test`, macro-F1 and accuracy in per cent; times are of this machine."""
    if len({one.label for one in train}) < 2:
        raise BadInput("学习用的文件里只有一种标签，至少要有两种")
    started = time.perf_counter()
    cut, labels = [cut_talk(one.turns) for one in train], [one.label for one in train]
    classifier = learn(cut, labels, ridge=STIFF).classifier
    classifier = replace(classifier, prior=classifier.prior * PRIOR)
    learned = time.perf_counter()
    guessed = [classifier.classify(cut_talk(one.turns)) for one in test]
    spent = max(time.perf_counter() - learned, 1e-9)
    scores = score([one.label for one in test], guessed)
    return {
        "macro_f1": scores.macro_f1,
        "accuracy": scores.accuracy,
        "train_seconds": round(learned - started, 2),
        "messages_per_second": round(len(guessed) / spent, 1),
    }


def _talk(path: Path, number: int, line: str) -> Judged:
    parts = line.split("\t")
    try:
        if len(parts) != 3 or len(line) > MAX_LINE:
            raise ValueError
        said, acts = ast.literal_eval(parts[0]), ast.literal_eval(parts[1])
        if not isinstance(said, list) or not isinstance(acts, list) or len(said) != len(acts) or not said:
            raise ValueError
        turns = tuple(_turn(words, str(act)) for words, act in zip(said, acts, strict=True))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        raise BadInput(f"{path} 第 {number} 行看不懂，请写成 {EXAMPLE}") from None
    return Judged(turns, parts[2].strip())


def _turn(words: object, act: str) -> Turn:
    if not isinstance(words, str):
        raise TypeError
    buyer, _, agent = words.partition(BETWEEN)
    return Turn(buyer, agent, act)
