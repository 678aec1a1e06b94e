"""Questions answered in the records of goods and of their promotions: which of them a buyer asks, in whatever words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinpai.catalog.content import Question
from jinpai.catalog.kinds import without_names
from jinpai.copilot.hearing.clauses import split_clauses
from jinpai.copilot.hearing.likeness import Alike
from jinpai.copilot.hearing.measures import read_numeral
from jinpai.copilot.hearing.overlaps import shared_run
from jinpai.copilot.hearing.topics import Matters, asked_in, is_question_about
from jinpai.copilot.skills.ground import Ground

SAME = 0.65
"""How alike a question of the product's record must be to the one asked to be it."""
NEAR = 0.5
"""From here on a question recorded is shown to the staff as perhaps the one asked, never said unasked."""
SAME_MATTER = 0.8
"""How sure a recorded question is the one asked that is about the same matters in other words."""
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十百两]+(?=\s*(?:度|级|斤|公斤|岁|寸|升|米))")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer of a record: its source and id, and how sure it answers what was asked (0–1)."""

    text: str
    source: str
    id: str
    sure: float


def recorded(words: str, ground: Ground, alike: Alike) -> Iterator[Recorded]:
    """Questions of the records that are the one asked, by their letters, number and all."""
    parts, numbers = dict.fromkeys((words, *split_clauses(words))), numbers_in(words)
    for name, record, asked in _answered(ground):
        if numbers and (others := numbers_in(asked.question)) and numbers.isdisjoint(others):
            continue
        likeness = max(
            (max(alike(asked.question, part), SAME * shared_run(asked.question, part)) for part in parts), default=0.0
        )
        if likeness >= NEAR:
            sure = 0.75 + likeness / 4 if likeness >= SAME else likeness
            yield Recorded(asked.answer, f"{record}：{asked.question}", name, sure)


def about_the_same(words: str, ground: Ground) -> Iterator[Recorded]:
    """Questions of the goods' record about the same matters as these words, those about most of them first."""
    if ground.product is None:
        return
    matters, numbers = matters_of(words, ground), numbers_in(words)
    found = [
        (name, record, asked)
        for name, record, asked in _answered(ground)
        if is_question_about(_plain(asked.question, ground), matters, ground.topics)
        and (not numbers or not (others := numbers_in(asked.question)) or not numbers.isdisjoint(others))
    ]
    found.sort(key=lambda one: -len(asked_in(one[2].question, ground.topics)))
    for name, record, asked in found[:1]:
        yield Recorded(asked.answer, f"{record}：{asked.question}", name, SAME_MATTER)


def matters_of(words: str, ground: Ground) -> Matters:
    """What these words ask of the goods, beside what the goods are called."""
    return asked_in(_plain(words, ground), ground.topics)


def numbers_in(text: str) -> frozenset[int]:
    """The numbers of a question, in figures or before a measure in words."""
    told = (int(one) if one.isdecimal() else read_numeral(one) for one in _NUMBER.findall(text))
    return frozenset(one for one in told if one is not None)


def _plain(text: str, ground: Ground) -> str:
    return text if ground.product is None else without_names(text, ground.product)


def _answered(ground: Ground) -> Sequence[tuple[str, str, Question]]:
    product = ground.product
    found = [(f"faq.{product.id}.{n}", "商品问答", one) for n, one in enumerate(product.faq)] if product else []
    for promotion, _ in ground.running:
        if not promotion.products or (product is not None and product.id in promotion.products):
            found += [(f"faq.{promotion.id}.{n}", "活动问答", one) for n, one in enumerate(promotion.faq)]
    return found
