"""Addresses others labelled: their parts as learned from them, and province, city and district by the gazetteer.

`JINPAI_BENCH_DATA` names the folder with `address/train.txt` and `address/dev.txt`, a character and its label a line.
The product's own parser learns nothing from them. A part the text writes counts as found when the parser's name for it
says the same, with or without its 省, 市 or 区.
"""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Figure, at_least, plain
from jinpai.copilot.evaluating.addresses import Address, chunks, measure_addresses, read_addresses
from jinpai.kit.addresses.gazetteer import short_name
from jinpai.kit.addresses.parsing import parse_address

DATA = "JINPAI_BENCH_DATA"
LEAST_F1 = 88
PARTS = {"prov": ("province",), "city": ("city", "district"), "district": ("district", "city")}
"""Label → the parser's parts that may hold it: labellers call 义乌市 a city, the gazetteer a district."""
LEAST = {"prov": 99.5, "city": 98.5, "district": 95.0}


def measure() -> list[Figure]:
    """Chunk F1 beside its baseline, and how many provinces, cities and districts that are written are recognised."""
    folder = os.environ.get(DATA)
    if not folder:
        return [Figure("addresses", "skipped", note=f"{DATA} is not set")]
    train, dev = (_read(Path(folder) / "address" / name) for name in ("train.txt", "dev.txt"))
    learned = measure_addresses(train, dev)
    how = f"{len(train):,} addresses → {len(dev):,}; published CRF 86.7 and 89.9 on the test part"
    figures = [
        at_least("addresses: chunk F1, learned", learned["chunk_f1"], LEAST_F1, "%", how),
        plain("addresses: chunk F1, each character's usual label", learned["baseline_chunk_f1"], "%", "baseline"),
    ]
    return [*figures, *_recognised([*train, *dev])]


def _recognised(addresses: Sequence[Address]) -> list[Figure]:
    told: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for one in addresses:
        tokens = [token for token, _ in one]
        parsed = parse_address("".join(tokens).replace("_", " "))
        for start, end, label in chunks([name for _, name in one]):
            if label in PARTS:
                told[label] += 1
                written = short_name("".join(tokens[start:end]))
                found[label] += written in {short_name(getattr(parsed, part)) for part in PARTS[label]}
    return [
        at_least(
            f"addresses: {PARTS[label][0]} recognised by the gazetteer",
            100 * found[label] / max(1, told[label]),
            LEAST[label],
            "%",
            f"{told[label]:,} written, slips of the pen and old names among them; nothing learned",
        )
        for label in PARTS
    ]


def _read(path: Path) -> list[Address]:
    return read_addresses(path, path.read_text("utf-8"))
