"""What a buyer's last words mean, and which goods they speak of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jinpai.catalog.content import Product
from jinpai.catalog.kinds import goods_called, goods_of_kind, without_names
from jinpai.copilot.hearing.slots import find_slots
from jinpai.copilot.skills.ground import Ground

if TYPE_CHECKING:
    from jinpai.copilot.hearing.understanding import Understanding, Understood

LOOK_BACK = 6
"""So many of the buyer's messages before an answer tell what the talk is about."""
SHORTEST = 24
"""Characters of words that may only vary an earlier question."""
CERTAIN_BEFORE = 0.66
"""How sure that earlier question must have been understood."""
LEAST_ASKED = 3
"""So many letters beside a courtesy and the name of the goods are a question."""
_VARIED = frozenset(("size", "colour", "sku", "place", "courier", "quantity"))
_NUMBER = re.compile(r"\d")
_VARIES = re.compile(r"^(?:那|那么|还有|换成)|^[^，,。？?]{1,10}呢[?？~]*(?:，|,|$)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message of the talk, as far as suggestions need it; `rung` of the bargaining ladder, where it took one."""

    is_buyer: bool
    text: str
    rung: int = 0


def last_words(talk: Sequence[Spoken]) -> str:
    """What the buyer said since somebody answered, in one piece; empty when an answer came last."""
    waiting: list[str] = []
    for one in reversed(talk):
        if not one.is_buyer:
            break
        waiting.insert(0, one.text)
    return "\n".join(text for text in waiting if text.strip())[-1_000:]


def read_on(understanding: "Understanding", talk: Sequence[Spoken], ground: Ground) -> "tuple[Understood, Ground]":
    """What the last words mean, and the ground under them; words that only vary a question mean what it meant."""
    understood = understanding.understand(ground.text)
    before = followed(talk, ground)
    earlier = understanding.understand(before) if before is not None else understood
    if before is None or all(one.confidence < CERTAIN_BEFORE for one in earlier.meanings):
        ground = _of_the_only_one(understood, ground)
        return _past_courtesies(understanding, understood, ground), ground
    meant = replace(earlier, meanings=earlier.meanings[:1], mood=understood.mood)
    return meant, replace(ground, text=f"{before}\n{ground.text}")


def followed(talk: Sequence[Spoken], ground: Ground) -> str | None:
    """The earlier question that the last words only vary (`那 L 码呢`); None where they ask something of their own."""
    if len(ground.text) > SHORTEST or _VARIES.match(ground.text) is None:
        return None
    named = find_slots(ground.text, None, ground.product)
    is_of_goods = ground.product is not None and bool(goods_of_kind(ground.text, (ground.product,)))
    if not set(named) & _VARIED and not is_of_goods and not _NUMBER.search(ground.text):
        return None
    answers = [at for at, one in enumerate(talk) if not one.is_buyer]
    asked = [one.text for one in talk[: answers[-1]] if one.is_buyer] if answers else []
    return asked[-1] if asked else None


def meant_before(products: Sequence[Product], talk: Sequence[Spoken]) -> Product | None:
    """The goods whose kind the buyer named before somebody answered, where the shop has one of that kind and the
    last words name none of their own."""
    answers = [at for at, one in enumerate(talk) if not one.is_buyer]
    last = last_words(talk)
    if not answers or goods_of_kind(last, products) or goods_called(last, products):
        return None
    earlier = [one.text for one in talk[: answers[-1]] if one.is_buyer][-LOOK_BACK:]
    named = next(filter(None, (goods_of_kind(text, products) for text in reversed(earlier))), ())
    return named[0] if len(named) == 1 else None


def _of_the_only_one(understood: "Understood", ground: Ground) -> Ground:
    """The ground with the goods asked about, where they are named by their kind and the shop has one of that kind.

    Who looks for goods of a kind is shown them instead.
    """
    from jinpai.copilot.skills.goods import variant
    from jinpai.copilot.skills.sayings import OF_GOODS, asks, is_choosing
    from jinpai.copilot.suggesting.model import GUESSED

    named = () if ground.product is not None else goods_of_kind(ground.text, ground.products)
    if ground.product is None and not named:
        named = goods_called(ground.text, ground.products)
    if len(named) != 1:
        return ground
    skills = {one.intent.skill for one in understood.meanings if one.confidence >= GUESSED}
    if not skills & OF_GOODS and (
        skills & {"recommend", "find", "compare"} or is_choosing(ground.text) or not asks(ground.text)
    ):
        return ground
    return replace(ground, product=named[0], sku=variant(named[0], None))


def _past_courtesies(understanding: "Understanding", understood: "Understood", ground: Ground) -> "Understood":
    """What is understood, without a courtesy beside words about goods that are not understood: those want an answer."""
    from jinpai.copilot.hearing.clauses import split_clauses
    from jinpai.copilot.hearing.understanding import SMALL_BRANCHES
    from jinpai.copilot.hearing.worth import LIKELY

    goods = ground.product
    if goods is None or goods == ground.shown or not understood.meanings:
        return understood
    if any(one.intent.branch not in SMALL_BRANCHES and one.confidence >= LIKELY for one in understood.meanings):
        return understood
    if all(one.intent.branch not in SMALL_BRANCHES for one in understood.meanings):
        return understood
    parts = {part: understanding.understand(part).meanings for part in split_clauses(ground.text)}
    left = "".join(part for part, meant in parts.items() if all(one.confidence < LIKELY for one in meant))
    left = without_names(left, goods).replace(goods.category, "")
    return replace(understood, meanings=()) if sum(map(str.isalnum, left)) >= LEAST_ASKED else understood
