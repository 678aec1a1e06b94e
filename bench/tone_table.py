"""Writes src/jinpai/guard/tones.txt, how the guard hears a tone: `python -m bench.tone_table`.

Learned by ridge regression from messages written and judged by us: tests/content/tones, the rules' own proof lines,
the scripts and past talks of the demo shop, and of the corpora what rules are corrected on; nothing only counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import yaml
from numpy.typing import NDArray

from bench.corpus import FIFTH, FOLDER, FOURTH, SECOND, THIRD, corrected_on
from bench.guard import base_entries
from jinpai.flows.content.checks import texts_for_buyers
from jinpai.flows.content.sections import load_shop_pack
from jinpai.guard.content import Lexicon, unwrap
from jinpai.guard.families import MANNERS
from jinpai.guard.folding import View
from jinpai.guard.tones import SCALE, SHORTEST, TABLE, pieces
from jinpai.packs.files import content_root
from jinpai.packs.yaml import Document

RIDGE = 0.7
OFTEN = 2
"""A piece of fewer examples is not learned."""

Example = tuple[str, str]
"""A message in the tight reading and its family, empty for one that is fine."""


def examples() -> list[Example]:
    """Every message learned from, once for each place it stands in."""
    told = [*_of_tones(), *_of_rules(), *_of_pack(), *_of_corpora()]
    return [(tight, family) for text, family in told if len(tight := View(text).tight) >= SHORTEST or not family]


def _of_tones() -> Iterator[Example]:
    folder = FOLDER.with_name("tones")
    unkind: Mapping[str, Sequence[str]] = yaml.safe_load((folder / "unkind.yaml").read_text("utf-8"))
    yield from ((text, family) for family, texts in unkind.items() for text in texts)
    yield from ((text, "") for text in yaml.safe_load((folder / "kind.yaml").read_text("utf-8")))


def _of_rules() -> Iterator[Example]:
    for rule in map(unwrap, base_entries()):
        if isinstance(rule, Lexicon) or rule.trap is not None:
            continue
        proofs = [(line, rule.family) for line in rule.must_block] if rule.family in MANNERS else []
        for line, family in [*proofs, *((line, "") for line in rule.must_pass)]:
            yield line if isinstance(line, str) else line.text, family


def _of_pack() -> Iterator[Example]:
    yield from ((text, "") for _, _, text in texts_for_buyers(load_shop_pack("demo", {}).pack))
    for path in sorted((content_root() / "shops" / "demo" / "conversations").glob("*.yaml")):
        for talk in Document(path.read_text("utf-8")).data:
            yield from ((line["agent"], "") for line in talk["lines"] if "agent" in line)


def _of_corpora() -> Iterator[Example]:
    for entry in [entry for folder in (FOLDER, SECOND, THIRD, FOURTH, FIFTH) for entry in corrected_on(folder)]:
        manners = sorted(entry.expect & MANNERS)
        if entry.talk["messages"][-1]["from"] == "agent" and (manners or not entry.expect):
            yield entry.text, manners[0] if manners else ""


def learn(told: Sequence[Example]) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.int64]]:
    """The weight of every piece for unkindness and for each family, and where they start, in parts of SCALE."""
    cut = [pieces(tight) for tight, _ in told]
    often = Counter(piece for found in cut for piece in set(found))
    place = {piece: at for at, piece in enumerate(sorted(piece for piece, count in often.items() if count >= OFTEN))}
    matrix = np.zeros((len(told), len(place) + 1), np.float32)
    for row, found in enumerate(cut):
        for piece in found:
            if piece in place:
                matrix[row, place[piece]] += 1 / np.sqrt(len(found))
    matrix[:, -1] = 1
    columns: Mapping[str, int] = {family: at for at, family in enumerate(sorted(MANNERS))}
    wanted = np.full((len(told), 1 + len(MANNERS)), -1, np.float32)
    for row, (_, family) in enumerate(told):
        if family:
            wanted[row, [0, 1 + columns[family]]] = 1
    likeness = matrix @ matrix.T + RIDGE * np.eye(len(told), dtype=np.float32)
    weights = np.rint(SCALE * (matrix.T @ np.linalg.solve(likeness, wanted))).astype(np.int64)
    return {piece: weights[at] for piece, at in place.items() if weights[at].any()}, weights[-1]


def build() -> str:
    """The table: the families, where they start, and a line for each piece."""
    weights, starts = learn(examples())
    lines = [" ".join(sorted(MANNERS)), " ".join(map(str, starts))]
    lines += [f"{piece} {' '.join(map(str, found))}" for piece, found in weights.items()]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    TABLE.write_text(build(), "utf-8")
