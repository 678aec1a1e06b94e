"""Writes src/jinpai/guard/dodges.txt, how the guard hears that a question is dodged: `python -m bench.dodge_table`.

Learned by ridge regression from questions with answers written and judged by us: tests/content/answers, the proof lines
of the rules about answers, past talks of the demo shop, and of the corpora what rules are corrected on. An answer to a
question of another kind is an example of dodging too.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bench.corpus import FIFTH, FOLDER, FOURTH, HINTING, SECOND, THIRD, Entry, corrected_on
from bench.guard import base_entries
from jinpai.guard.content import Lexicon, unwrap
from jinpai.guard.dodges import LONGEST, LONGEST_QUESTION, SHORTEST, TABLE, TAG_PART, contents
from jinpai.guard.folding import View
from jinpai.guard.lines import Line
from jinpai.guard.tones import SCALE
from jinpai.guard.tones import pairs as cut
from jinpai.packs.files import content_root
from jinpai.packs.yaml import Document

RIDGE = 0.4
OFTEN = 2
ACROSS = 3
"""How many answers to questions of another kind each phrasing of a question gets."""

Pair = tuple[str, str, bool]
"""A question and an answer in the tight reading, and whether the answer dodges."""


def examples(corpora: Sequence[Path] = (FOLDER, SECOND, THIRD, FOURTH, FIFTH)) -> list[Pair]:
    """Every pair learned from."""
    told = [*_of_answers(), *_of_rules(), *_of_talks(), *_of_corpora(corpora)]
    read = [(View(asked).tight, View(text).tight, dodges) for asked, text, dodges in told]
    return [
        one for one in dict.fromkeys(read) if len(one[0]) <= LONGEST_QUESTION and SHORTEST <= len(one[1]) <= LONGEST
    ]


def _of_answers() -> Iterator[Pair]:
    chance = random.Random(1)
    kinds: dict[str, list[dict[str, list[str]]]] = {}
    whatever: dict[str, list[str]] = {}
    for path in sorted(FOLDER.with_name("answers").glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        if "fine" in data:
            whatever = data
        else:
            kinds.update(data)
    asked = [(kind, ask) for kind, told in kinds.items() for one in told for ask in one["ask"]]
    for kind, told in kinds.items():
        others = [text for other, rest in kinds.items() if other != kind for one in rest for text in one["fine"]]
        for one in told:
            for ask in one["ask"]:
                yield from ((ask, text, False) for text in chance.sample(one["fine"], min(5, len(one["fine"]))))
                yield from ((ask, text, True) for text in chance.sample(one["evasive"], min(5, len(one["evasive"]))))
                plain = [
                    text
                    for text in chance.sample(others, 3 * ACROSS)
                    if not text.startswith(("不", "有", "可以", "能"))
                ]
                yield from ((ask, text, True) for text in plain[:ACROSS])
    for name, texts in whatever.items():
        yield from ((ask, text, name == "evasive") for text in texts for _, ask in chance.sample(asked, 8))


def _of_rules() -> Iterator[Pair]:
    for rule in map(unwrap, base_entries()):
        if isinstance(rule, Lexicon) or rule.trap is not None:
            continue
        lines = [
            *((line, rule.family == "evasive") for line in rule.must_block if rule.family == "evasive"),
            *((line, False) for line in rule.must_pass),
        ]
        for line, dodges in lines:
            if isinstance(line, Line) and line.by == "agent" and line.before and line.before[-1].buyer:
                yield line.before[-1].buyer, line.text, dodges


def _of_talks() -> Iterator[Pair]:
    for path in sorted((content_root() / "shops" / "demo" / "conversations").glob("*.yaml")):
        for talk in Document(path.read_text("utf-8")).data:
            for one, other in zip(talk["lines"], talk["lines"][1:], strict=False):
                if "buyer" in one and "agent" in other:
                    yield one["buyer"], other["agent"], False


def _of_corpora(folders: Sequence[Path]) -> Iterator[Pair]:
    for folder in folders:
        for entry in corrected_on(folder):
            yield from pair_of(entry)


def pair_of(entry: Entry) -> Iterator[Pair]:
    """The last question and its answer, when the answer dodges or nothing is wrong with it."""
    before, last = ([{"from": "", "text": ""}, *entry.talk["messages"]])[-2:]
    if (
        before["from"] == "buyer"
        and last["from"] == "agent"
        and ("evasive" in entry.expect or not entry.expect - HINTING)
    ):
        yield before["text"], last["text"], "evasive" in entry.expect


def build(told: Sequence[Pair], ridge: float = RIDGE) -> str:
    """The table: where it starts, the names of what is contained, and a line for each pair of characters."""
    said = [cut(text) for _, text, _ in told]
    asked = [cut(ask) for ask, _, _ in told]
    held = [contents(text, ask) for ask, text, _ in told]
    names = sorted({name for found in held for name in found})
    at_name = {name: at for at, name in enumerate(names)}
    pairs = _often(said)
    questions = ["*", *_often(asked)]
    mine = _parts(said, {piece: at for at, piece in enumerate(pairs)})
    theirs = _parts(asked, {piece: at for at, piece in enumerate(questions)})
    theirs[:, 0] = 1
    has = np.zeros((len(told), len(names)), np.float32)
    for row, found in enumerate(held):
        has[row, [at_name[name] for name in found]] = TAG_PART
    wanted = np.array([1 if dodges else -1 for _, _, dodges in told], np.float32)
    likeness = mine @ mine.T + (theirs @ theirs.T) * (has @ has.T) + 1
    shares = np.linalg.solve(likeness + ridge * np.eye(len(told), dtype=np.float32), wanted)
    weighed = np.rint(SCALE * (mine.T @ shares)).astype(np.int64)
    beside = np.rint(SCALE * (theirs.T @ (shares[:, None] * has))).astype(np.int64)
    lines = [str(round(SCALE * float(shares.sum()))), " ".join(names)]
    lines += [f"a {piece} {weight}" for piece, weight in zip(pairs, weighed, strict=True) if weight]
    lines += [f"q {piece} {' '.join(map(str, row))}" for piece, row in zip(questions, beside, strict=True)]
    return "".join(f"{line}\n" for line in lines)


def _parts(cut: Sequence[Sequence[str]], places: Mapping[str, int]) -> NDArray[np.float32]:
    """Which of the pieces each text has, longer texts less of each."""
    matrix = np.zeros((len(cut), len(places)), np.float32)
    for row, found in enumerate(cut):
        for piece in found:
            if piece in places:
                matrix[row, places[piece]] += 1 / np.sqrt(len(found))
    return matrix


def _often(cut: Sequence[Sequence[str]]) -> list[str]:
    counts = Counter(piece for found in cut for piece in set(found))
    return sorted(piece for piece, count in counts.items() if count >= OFTEN)


if __name__ == "__main__":
    TABLE.write_text(build(examples()), "utf-8")
