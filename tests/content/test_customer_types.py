"""Types of buyers in conversations labelled by somebody who had not seen the words: they may not get worse on them.

`customers/*.yaml` hold lists of `{id, messages: [{buyer: …} | {agent: …}], orders: n, expect: {axis: type or null}}`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from jinpai.bargaining.attitudes import learn_attitudes
from jinpai.customers.content import unwrap
from jinpai.customers.model import AXES, Purchases
from jinpai.customers.types import compile_words, find_types
from jinpai.flows.profiling.hearing import Voice, hear
from jinpai.flows.sections import BARGAINING, CUSTOMERS, load_section

FILES = sorted((Path(__file__).parent / "customers").glob("*.yaml"))
LEAST = 0.6
"""Of the questions put to the talks, how many are answered rightly; those left open rightly count too."""


def measure(talks: Sequence[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """Axis → (answered rightly, asked)."""
    words = compile_words(tuple(unwrap(entry) for entry in load_section(CUSTOMERS)))
    haggling = learn_attitudes(load_section(BARGAINING))
    right = dict.fromkeys(AXES, 0)
    for talk in talks:
        said: list[tuple[Voice, str]] = [next(iter(message.items())) for message in talk["messages"]]
        found = find_types(words, hear(haggling, said), Purchases(talk.get("orders") or 0))
        for axis in AXES:
            guess = found.get(axis)
            right[axis] += (guess.type if guess else None) == talk["expect"][axis]
    return {axis: (right[axis], len(talks)) for axis in AXES}


def test_the_types_of_labelled_conversations_are_found() -> None:
    for file in FILES:
        found = measure(yaml.safe_load(file.read_text()))
        assert all(right >= LEAST * asked for right, asked in found.values()), f"{file.name}: {found}"
