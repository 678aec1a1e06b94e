"""Types of buyers in conversations labelled by somebody who had not seen the words: they may not get worse on them.

`customers/talks.yaml` lists `{id, messages: [{buyer: …} | {agent: …}], orders: n, expect: {axis: type or null}}`.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from jinpai.bargaining.attitudes import learn_attitudes
from jinpai.customers.content import unwrap
from jinpai.customers.model import AXES, Purchases
from jinpai.customers.types import compile_words, find_types
from jinpai.flows.content.sections import BARGAINING, CUSTOMERS, load_section
from jinpai.flows.profiling.hearing import Voice, hear

TALKS = yaml.safe_load((Path(__file__).parent / "customers" / "talks.yaml").read_text())
LEAST_FOUND = 0.7
"""Of the types people saw on an axis, how many are found."""

LEAST_RIGHT = 0.75
"""Of the types guessed on an axis, how many are right."""


def measure(talks: Sequence[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Axis → how often a type was `seen` by people, `guessed`, and `right`."""
    words = compile_words(tuple(unwrap(entry) for entry in load_section(CUSTOMERS)))
    haggling = learn_attitudes(load_section(BARGAINING))
    counts = {axis: Counter[str]() for axis in AXES}
    for talk in talks:
        said: list[tuple[Voice, str]] = [next(iter(message.items())) for message in talk["messages"]]
        found = find_types(words, hear(haggling, said), Purchases(talk.get("orders") or 0))
        for axis in AXES:
            seen, guess = talk["expect"][axis], found.get(axis)
            counts[axis]["seen"] += seen is not None
            counts[axis]["guessed"] += guess is not None
            counts[axis]["right"] += guess is not None and guess.type == seen
    return counts


def test_the_types_of_labelled_conversations_are_found_and_few_others() -> None:
    counts = measure(TALKS)
    assert all(of["seen"] >= 10 and of["right"] >= LEAST_FOUND * of["seen"] for of in counts.values()), counts
    assert all(of["right"] >= LEAST_RIGHT * of["guessed"] for of in counts.values()), counts
