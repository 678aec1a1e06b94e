"""A shop's customer content ready for use: types, facts of the profile, needs beside the goods."""

from dataclasses import dataclass

from jinpai.copilot.hearing.measures import find_height, find_weight
from jinpai.customers.birthdays import find_birthday
from jinpai.customers.content import unwrap
from jinpai.customers.facts import FactWords, compile_facts, title_of
from jinpai.customers.needs import NeedWords, compile_needs
from jinpai.customers.segments import Segments, compile_segments
from jinpai.customers.types import Words, compile_words
from jinpai.flows.content.shop import ShopContent
from jinpai.kit.memo import remember

MEASURES = {"height": find_height, "weight": find_weight, "birthday": find_birthday}
"""The measures content may name: centimetres, kilograms, the day of a birthday."""


@dataclass(frozen=True, slots=True)
class Profiling:
    """What a shop listens for in its buyers' words."""

    types: Words
    facts: tuple[FactWords, ...]
    needs: tuple[NeedWords, ...]
    segments: Segments


@remember
def profiling_of(content: ShopContent) -> Profiling:
    """The customer content of a shop, compiled once."""
    inner = tuple(unwrap(entry) for entry in content.customers)
    return Profiling(compile_words(inner), compile_facts(inner), compile_needs(inner), compile_segments(inner))


def name_judged(words: Profiling, kind: str, value: str) -> str:
    """A type or a fact of the profile in words for people."""
    entry = next((one.entry for one in words.types.types if (one.entry.axis, one.entry.type) == (kind, value)), None)
    return entry.title if entry is not None else f"{title_of(words.facts, kind)}：{value}"
