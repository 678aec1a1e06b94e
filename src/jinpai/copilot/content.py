"""The shape of intents: what buyers may want, told apart by meaning, with what they really type."""

from typing import Annotated, Literal

import re2
from pydantic import AfterValidator, Field

from jinpai.packs.model import ContentEntry, Id, Text
from jinpai.playbook.content import Audience, Scene

Skill = Literal[
    "stock",
    "price",
    "promotion",
    "size",
    "freight",
    "dispatch",
    "arrival",
    "order_state",
    "tracking",
    "remark",
    "invoice",
    "return_window",
    "care",
    "attribute",
    "coupon",
    "payment_ways",
    "couriers",
    "gift",
    "recommend",
    "find",
    "compare",
    "flaws",
    "price_trend",
    "exchange",
    "picture",
]
"""The live facts that answer an intent."""

LEAST_EXAMPLES = 12


def _searchable(pattern: str) -> str:
    try:
        re2.compile(pattern)
    except re2.error as error:
        raise ValueError(f"模式“{pattern}”看不懂（{error}），请检查括号和符号") from None
    return pattern


Pattern = Annotated[Text, AfterValidator(_searchable)]
"""A regular expression searched in linear time, over the message as typed."""


class Intent(ContentEntry):
    """Something a buyer may want. `skill` is the live fact that answers it, `scenes` where its scripts are.

    `urgent` puts the conversation first; `handover` wants a person. `patterns` name it at once where they fit. With
    `cross_sell` goods that suit may be recommended after the answer.
    """

    branch: Id
    title: Text
    definition: Text
    audience: Annotated[tuple[Audience, ...], Field(strict=False, min_length=1)]
    skill: Skill | None = None
    scenes: Annotated[tuple[Scene, ...], Field(strict=False)] = ()
    urgent: bool = False
    handover: bool = False
    cross_sell: bool = False
    patterns: Annotated[tuple[Pattern, ...], Field(strict=False)] = ()
    examples: Annotated[tuple[Text, ...], Field(strict=False, min_length=LEAST_EXAMPLES)]
