"""Amounts in a message as agents write and say them: 35 元, ¥35, 便宜五块, 一百五."""

import re
from decimal import Decimal

from jinpai.kit.numerals import read_number

_AROUND = 14
_WIDEST = 40
_LONGEST = 24
"""Characters of a number."""

_IN_NUMBERS = "0123456789."
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:元|块|rmb|¥)|[¥￥]\s*(\d+(?:\.\d+)?)")
_BARE = re.compile(
    r"(?:给您|给你|减|少|便宜|优惠|补偿|退|赔|补|算|每[件个双]|价是?|才|只要|卖|按|现在是?|就)\s*(\d+(?:\.\d+)?)(?![\d折%个件天号点码斤克小分工])"
    r"|(\d+(?:\.\d+)?)\s*(?:给您|给你|成交|拿走|拿去|卖您|卖给您|带走|[,，]?就行)"
)
_SPOKEN = re.compile(
    r"(?:减|少|便宜|优惠|补偿|退|赔|补|算|抹|让|价是?|按|只要|才|改|就)(?:给)?(?:您|你)?(?:个|掉|去|到)?"
    r"([一二两三四五六七八九]?[十百千][一二三四五六七八九十百零]*)(?![一二三四五六七八九十百千万折个件天号点套双条只次小])"
)
HAN_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")}
"""The Chinese digits and what they count."""


def window(plain: str, start: int, end: int) -> str:
    """A message around a find at this place, with its numbers as they were written and none of them cut."""
    start, end = max(0, start - _AROUND), min(end, start + _WIDEST) + _AROUND
    if plain[start : start + 1] in _IN_NUMBERS:
        before = plain[max(0, start - _LONGEST) : start]
        start -= len(before) - len(before.rstrip(_IN_NUMBERS))
    if plain[end - 1 : end] in _IN_NUMBERS:
        behind = plain[end : end + _LONGEST]
        end += len(behind) - len(behind.lstrip(_IN_NUMBERS)) + 1
    return plain[start:end]


def read_amount(near: str) -> Decimal | None:
    """The first amount of money named here, in yuan; None where there is none."""
    found = _AMOUNT.search(near) or _BARE.search(near)
    if found:
        return Decimal(found[1] or found[2])
    spoken = _SPOKEN.search(near)
    return Decimal(_spoken(spoken[1])) if spoken else None


def _spoken(han: str) -> int:
    """An amount as people say it: 一百五 is 150."""
    short = len(han) > 2 and han[-2] in "百千" and han[-1] in HAN_DIGITS
    return read_number(han + {"百": "十", "千": "百"}[han[-2]] if short else han)
