"""Promises and bargaining attitudes against labels written by people who had not seen the words (tests/content).

The first and second set of each were read afterwards: words were corrected on them, and examples written with their
mistakes in mind. Those with a 3 never were.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bench.figures import Figure, at_least, plain
from jinpai.bargaining.attitudes import find_attitude, learn_attitudes, lessons_of
from jinpai.flows.content.sections import BARGAINING, PROMISES, load_section
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.learning.ridge import learn
from jinpai.promises.content import unwrap
from jinpai.promises.finding import find_promises
from jinpai.promises.model import Spoken
from jinpai.promises.words import compile_words

FOLDER = Path(__file__).parent.parent / "tests" / "content"
READ, UNREAD = "corrected on it", "never looked at"
LEDGERS = {"ledger": READ, "ledger2": READ, "ledger3": UNREAD}
BARGAINS = {"bargain": READ, "bargain2": READ, "bargain3": UNREAD}
SENT = ("shipped", "delivered", "completed")


def read(name: str) -> list[dict[str, Any]]:
    """The entries of one set."""
    return [
        entry for path in sorted((FOLDER / name).glob("*.yaml")) for entry in yaml.safe_load(path.read_text("utf-8"))
    ]


def promises(name: str) -> Iterator[tuple[set[tuple[str, int]], set[tuple[str, int]], int, int]]:
    """Of each conversation: (kind, message) wanted and found, how many were right, and how many of these by time."""
    words = compile_words(tuple(unwrap(entry) for entry in load_section(PROMISES)))
    for entry in read(name):
        talk = [Spoken(one["from"], one["text"], _at(one["at"])) for one in entry["messages"]]
        is_sent = (entry.get("order") or {}).get("state") in SENT
        found = {(one.kind, one.message): one.due for one in find_promises(words, talk, is_sent=is_sent)}
        wanted = {(one["kind"], one["message"]): one["due"] and _at(one["due"]) for one in entry["promises"]}
        both = wanted.keys() & found.keys()
        yield set(wanted), set(found), len(both), sum(_is_same(wanted[one], found[one]) for one in both)


def rates(name: str) -> tuple[float, float, float]:
    """Precision and recall of promises, and the share of right ones whose time is right, in per cent."""
    told = list(promises(name))
    right, wanted = sum(one[2] for one in told), sum(len(one[0]) for one in told)
    found, timed = sum(len(one[1]) for one in told), sum(one[3] for one in told)
    return 100 * right / max(1, found), 100 * right / max(1, wanted), 100 * timed / max(1, right)


def attitudes(name: str) -> float:
    """The share of buyers' lines whose attitude is heard right, in per cent."""
    learned = learn_attitudes(load_section(BARGAINING))
    outcomes = Counter(find_attitude(learned, entry["text"]) == entry["attitude"] for entry in read(name))
    return 100 * outcomes[True] / max(1, outcomes.total())


def own_attitudes() -> Figure:
    """The share of our own examples that the others make understood: each is left out once."""
    cut, labels = lessons_of(load_section(BARGAINING))
    names = sorted(set(labels))
    guessed = learn(cut, labels, trusted=True).left_out.argmax(1)
    right = sum(names[place] == label for place, label in zip(guessed, labels, strict=True))
    return plain("attitudes, own examples left out", 100 * right / len(labels), "%", f"{len(labels):,} examples")


def measure() -> list[Figure]:
    """Every set there is."""
    figures: list[Figure] = []
    for name, note in LEDGERS.items():
        if (FOLDER / name).is_dir():
            precision, recall, timed = rates(name)
            figures += [
                at_least(f"promises, {name}: precision", precision, 90, "%", f"{len(read(name))} talks, {note}"),
                at_least(f"promises, {name}: recall", recall, 85, "%"),
                plain(f"promises, {name}: due time right", timed, "%"),
            ]
    for name, note in BARGAINS.items():
        if (FOLDER / name).is_dir():
            figures.append(at_least(f"attitudes, {name}", attitudes(name), 85, "%", f"{len(read(name))} lines, {note}"))
    figures.append(own_attitudes())
    return figures


def _at(moment: object) -> datetime:
    return datetime.fromisoformat(str(moment)).astimezone(SHOP_TIME)


def _is_same(wanted: datetime | None, found: datetime | None) -> bool:
    if wanted is None or found is None:
        return wanted is found
    return abs((wanted - found).total_seconds()) < 2
