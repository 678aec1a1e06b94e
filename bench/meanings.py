"""What hearing meanings adds (the `embed` extra), beside the default in the same run: buyers' messages, question pairs,
our own examples, and what it costs.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.copilot import DATA
from bench.figures import Figure, at_least, at_most, plain
from jinpai.adapters.embedding import make_embedder
from jinpai.copilot.evaluating.intents import Labelled, measure_intents
from jinpai.copilot.evaluating.likeness import measure_pairs, read_pairs
from jinpai.copilot.model import Lessons
from jinpai.entrypoints.cli.eval import read_labelled, read_text
from jinpai.flows.content.shop import load_shop_content
from jinpai.kit.errors import BadInput
from jinpai.kit.learning.anchors import Embed
from jinpai.kit.learning.grams import cut_views
from jinpai.kit.learning.ridge import learn
from jinpai.kit.settings import LOCAL, EmbedSetting

SAMPLE = 200
AT_ONCE = 512


def measure() -> list[Figure]:
    """Everything, in the order of the docstring; without the extra nothing but the word that it is missing."""
    try:
        embed = make_embedder(EmbedSetting(LOCAL))
    except BadInput:
        return [Figure("meanings", "skipped", note="the embed extra is not installed")]
    return [*_public(embed), *_own(load_shop_content("demo").lessons, embed)]


def _public(embed: Embed) -> Iterator[Figure]:
    folder = os.environ.get(DATA)
    if not folder:
        yield Figure("meanings on public data", "skipped", note=f"{DATA} is not set")
        return
    train, test = (_labelled(Path(folder) / "cic" / name) for name in ("train.json", "dev.json"))
    for heard, way in (("wording", None), ("wording and meaning", embed)):
        told = measure_intents(train, test, way)
        yield plain(f"cic dev, {heard}: macro-F1", told["macro_f1"], "%", "10,000 noisy labels → 2,000 noisy labels")
        yield plain(f"cic dev, {heard}: accuracy", told["accuracy"], "%")
        yield plain(f"cic, {heard}: learning", told["train_seconds"], "s")
        yield plain(f"cic, {heard}: messages a second", told["messages_per_second"])
    path = Path(folder) / "lcqmc_bq" / "lcqmc_dev.tsv"
    for heard, way in (("wording", None), ("wording and meaning", embed)):
        found = measure_pairs([], read_pairs(path, read_text(path)), way)
        yield at_least(f"questions, LCQMC dev, {heard}: learned, ρ ×100", found["spearman"], 73)
        yield plain(f"questions, LCQMC dev, {heard}: not learned, as in the product", found["spearman_unlearned"])
        if way is not None:
            yield at_most("questions, LCQMC, both meanings told: a pair", found["milliseconds_per_query"], 10, "ms")


def _own(lessons: Lessons, embed: Embed) -> Iterator[Figure]:
    """Our own examples, each as all others would understand it."""
    examples = lessons.examples()
    texts, labels = [text for text, _ in examples], [name for _, name in examples]
    begun = time.perf_counter()
    parts = [embed(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)]
    told = np.concatenate([part for part in parts if part is not None])
    each = (time.perf_counter() - begun) / len(texts)
    cut = [cut_views(text) for text in texts]
    for heard, meanings in (("wording", None), ("wording and meaning", told)):
        learned = learn(cut, labels, trusted=True, meanings=meanings)
        right = np.array([learned.classifier.names.index(name) for name in labels])
        best = np.argsort(-learned.left_out, 1)
        note = f"{len(texts):,} examples, each left out once"
        yield plain(f"own intents, {heard}: right at first", 100 * float((best[:, 0] == right).mean()), "%", note)
        three = 100 * float((best[:, :3] == right[:, None]).any(1).mean())
        yield plain(f"own intents, {heard}: right among three", three, "%")
    yield plain("a meaning told, among many", 1000 * each, "ms")
    fresh = make_embedder(EmbedSetting(LOCAL))
    fresh(["您好"])
    spent = []
    for text in texts[:: len(texts) // SAMPLE]:
        begun = time.perf_counter()
        fresh([text])
        spent.append(time.perf_counter() - begun)
    yield plain("a meaning told alone, p95", 1000 * float(np.quantile(spent, 0.95)), "ms")


def _labelled(path: Path) -> Labelled:
    pairs = read_labelled(path)
    return Labelled(tuple(text for text, _ in pairs), tuple(label for _, label in pairs))
