"""Whether reviews are pleased or not, on data others labelled: learned from some, measured on others."""

import csv
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinpai.copilot.feelings.moods import Moods
from jinpai.copilot.feelings.sentiment import cut_review, learn_sentiment, naive_bayes
from jinpai.kit.errors import BadInput

EXAMPLE = '{"sentence": "很好用", "label": "Positive"}'
LABELS: Mapping[str, bool] = {"Positive": True, "1": True, "Negative": False, "0": False}


@dataclass(frozen=True, slots=True)
class Review:
    """What a buyer wrote about goods, and whether people took it for pleased."""

    text: str
    pleased: bool


def read_reviews(path: Path, text: str) -> list[Review]:
    """The reviews of a file: JSON lines with `sentence` and `label`, or a table with `review` and `label`."""
    is_json = text.lstrip("\ufeff \n").startswith("{")
    found = list(_json_lines(path, text) if is_json else _table(path, text))
    if not found:
        raise BadInput(f"{path} 里没有数据，请一行写一条：{EXAMPLE}")
    return found


def measure_sentiment(train: Sequence[Review], test: Sequence[Review], moods: Moods) -> Mapping[str, float]:
    """Accuracy on `test` in percent: learned from `train`, naive Bayes learned from the same, and the mood words alone.

    A review of which the mood words say nothing counts as the commoner label of `train`.
    """
    pleased = [one.pleased for one in train]
    if len(set(pleased)) < 2:
        raise BadInput("学习用的文件里只有一种标签，要有满意的，也要有不满意的")
    started = time.perf_counter()
    cut = [cut_review(one.text) for one in train]
    divider = learn_sentiment(cut, pleased)
    learned = time.perf_counter()
    guessed = [divider.score(cut_review(one.text)) > 0 for one in test]
    spent = max(time.perf_counter() - learned, 1e-9)
    plain = naive_bayes(cut, pleased)
    usual = sum(pleased) * 2 > len(pleased)
    return {
        "accuracy": _right(guessed, test),
        "accuracy_bayes": _right([plain(cut_review(one.text)) > 0 for one in test], test),
        "accuracy_words": _right([_felt(moods, one.text, usual) for one in test], test),
        "train_seconds": round(learned - started, 2),
        "messages_per_second": round(len(test) / spent, 1),
    }


def _right(guessed: Sequence[bool], test: Sequence[Review]) -> float:
    hits = sum(guess == one.pleased for guess, one in zip(guessed, test, strict=True))
    return round(100 * hits / len(test), 2)


def _felt(moods: Moods, text: str, usual: bool) -> bool:
    feeling = moods.feel(text).feeling
    return usual if feeling == "calm" else feeling == "pleased"


def _json_lines(path: Path, text: str) -> Iterator[Review]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            row = None
        yield _review(row if isinstance(row, dict) else {}, "sentence", f"{path} 第 {number} 行")


def _table(path: Path, text: str) -> Iterator[Review]:
    try:
        for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
            yield _review(row, "review", f"{path} 第 {number} 行")
    except csv.Error:
        raise BadInput(f"{path} 读不成表格，请一行写一条：{EXAMPLE}") from None


def _review(row: Mapping[str, object], name: str, place: str) -> Review:
    text, label = row.get(name), str(row.get("label"))
    if not isinstance(text, str) or label not in LABELS:
        raise BadInput(f"{place}要有文字和标签，标签写 Positive 或 Negative（表格里 1 或 0），例如 {EXAMPLE}")
    return Review(text, LABELS[label])
