"""What an agent's words take off the price: so much off, a price, a discount; by the words content gives. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinpai.bargaining.ladder_rules import OfferWords
from jinpai.kit.numerals import read_number
from jinpai.kit.phrases import NUMBER, compile_phrases
from jinpai.kit.text import fold_text

LONGEST = 500
"""Characters of one message that are looked at."""

_NUMBER = re.compile(NUMBER)
_AFTER = re.compile(r"#([^/…]?)")
_BLANK = re.compile(r"(?<=\d) +(?=[^\d ])|(?<=[^\d ]) +(?=\d)")


@dataclass(frozen=True, slots=True)
class Offers:
    """A shop's words for offers, compiled; `marks` finds a letter that follows a number in any of them."""

    marks: re.Pattern[str]
    off: Any
    price: Any
    discount: Any
    never: Any


@lru_cache(maxsize=64)
def compile_offers(words: OfferWords) -> Offers:
    """The words, ready for use."""
    parts = (words.off, words.price, words.discount, words.never)
    after = {mark for part in parts[:3] for phrase in part for mark in _AFTER.findall(phrase)}
    marks = re.compile("" if "" in after else f"[{re.escape(''.join(sorted(after)))}]")
    return Offers(marks, *(compile_phrases(part) for part in parts))


def find_offer(offers: Offers, text: str, price_of: Callable[[], int | None]) -> int:
    """How much these words take off goods, in fen; 0 where they offer nothing off.

    `price_of` tells what the goods cost as listed; it is asked only where the words name a price or a discount.
    """
    folded = fold_text(text[:LONGEST])
    if offers.marks.search(folded) is None:
        return 0
    folded = _BLANK.sub("", folded)
    off, priced, reduced = (words.search(folded) for words in (offers.off, offers.price, offers.discount))
    if not (off or priced or reduced) or offers.never.search(folded):
        return 0
    if off:
        return _fen(off[0])
    price = price_of()
    if price is None:
        return 0
    if priced:
        told = _fen(priced[0])
        return price - told if 0 < told < price else 0
    return price * (100 - _percent(reduced[0])) // 100


def _fen(phrase: str) -> int:
    number = _number(phrase)
    return 0 if number is None else int(number * 100)


def _percent(phrase: str) -> int:
    """What is left to pay of a hundred: 九五折 and 9.5 折 are 95, 8 折 is 80."""
    number = _number(phrase)
    if number is None or not 0 < number < 100:
        return 100
    return int(number if number >= 10 else number * 10)


def _number(phrase: str) -> Decimal | None:
    """The last number of the phrase; None for `几` and `半`."""
    last = _NUMBER.findall(phrase)[-1]
    if last[0].isdecimal():
        return Decimal(last.replace(" ", "."))
    try:
        return Decimal(read_number(last))
    except ValueError:
        return None
