"""The shapes of care in content files: on which occasion, when and in which words a shop writes to a customer."""

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from jinpai.packs.model import ContentEntry, Text, Texts, TimeOfDay

Occasion = Literal["received", "restock", "silence", "birthday", "settled"]
"""The goods have come · they should be used up · long silence after buying · birthday · a complaint is settled."""

VARIABLES = {"买家": "客户的称呼", "店铺": "店名", "商品": "那次买的商品", "客服": "说话的人"}
_BRACES = re.compile(r"\{([^{}]*)\}")
Days = Annotated[int, Field(ge=0, le=730)]


class CareRules(ContentEntry):
    """How often anybody is written to: once in `every_days`, `most` times in `within_days`; reminders count too.

    `stop` are the words by which a buyer says that they want no more, `never` those beside which they do not count.
    `sms_end` ends every short message: how to have no more of them, as the shop's provider understands it.
    """

    kind: Literal["care_rules"]
    every_days: Annotated[int, Field(ge=1, le=90)]
    most: Annotated[int, Field(ge=1, le=20)]
    within_days: Annotated[int, Field(ge=1, le=365)]
    stop: Texts
    never: Texts = ()
    sms_end: Annotated[Text, StringConstraints(max_length=20)] | None = None


class CareEntry(ContentEntry):
    """One occasion: so many days after it, at this time of day, in one of these words; given up `within_days` later.

    `goods` are words of which a title must have one; `sms` what a short message says where that differs, `call` the
    outline where there is only a phone. What came of it is looked at after `result_days`.
    """

    kind: Literal["care"]
    occasion: Occasion
    title: Text
    after_days: Days
    at: TimeOfDay
    within_days: Annotated[int, Field(ge=1, le=60)]
    result_days: Annotated[int, Field(ge=1, le=90)] = 7
    goods: Texts = ()
    texts: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    sms: Texts = ()
    call: Text

    @field_validator("texts", "sms", "call")
    @classmethod
    def _uses_known_variables(cls, value: tuple[str, ...] | str) -> tuple[str, ...] | str:
        for text in (value,) if isinstance(value, str) else value:
            unknown = [name for name in _BRACES.findall(text) if name not in VARIABLES]
            if unknown:
                raise ValueError(f"没有变量 {{{unknown[0]}}}，可用的有：{'、'.join(VARIABLES)}")
        return value
