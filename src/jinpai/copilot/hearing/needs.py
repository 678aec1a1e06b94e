"""What a buyer says of the goods that would do: how much they may cost, how many people they are for."""

import re

from jinpai.copilot.hearing.measures import read_numeral

_N = r"(\d{2,6}(?:\.\d{1,2})?|[一二两三四五六七八九十百千]{1,6})"
_UNIT = r"\s*(?:元|块钱?|rmb|¥|￥)?\s*"
_NOT_MONEY = (
    r"(?!\s*(?:斤|公斤|千克|kg|克|cm|厘米|公分|米|度|升|l(?![a-z])|毫升|ml|天|小时|分钟"
    r"|个|件|双|条|岁|码|号|人|瓦|流明))"
)
_RANGE = re.compile(
    rf"(?<![\d.高围长重]){_N}\s*(?:元|块)?\s*(?:-|—|–|~|～|到|至)\s*{_N}{_NOT_MONEY}{_UNIT}(?=的|左右|之间|以内|元|块|预算|价|，|。|$)",
    re.I,
)
_MOST = re.compile(rf"(?<![\d.]){_N}{_NOT_MONEY}{_UNIT}(?:以内|之内|以下|内的|以里)", re.I)
_NOT_OVER = re.compile(
    rf"(?:不超过|不要超过|别超过|不高于|最多|顶多|控制在|低于|少于)\s*(?:花|要)?\s*{_N}{_NOT_MONEY}{_UNIT}(?=$|的|，|。|以内|左右|[^\d])",
    re.I,
)
_BUDGET = re.compile(rf"预算\s*(?:是|在|大概|大约|差不多|就|只有|有|:|：)*\s*{_N}{_NOT_MONEY}{_UNIT}", re.I)
_ABOUT = re.compile(rf"(?<![\d.]){_N}\s*(?:元|块钱?|rmb)\s*(?:左右|上下|那样|的样子)", re.I)
_BARE_ABOUT = re.compile(rf"(?<![\d.]){_N}\s*(?:左右|上下)\s*(?:的|有(?!多)|推荐)", re.I)
_FROM_TO = re.compile(r"([一二两三四五六七八])([二三四五六七八九])(百|千)\s*(?:元|块|的|左右|以内|之间)")
"""`三五百块`: from three to five hundred."""
_LEAST_MONEY, _MOST_MONEY = 10, 999_999

_DIGIT = "0-9一二两三四五六七八九十"
_PEOPLE = re.compile(rf"([{_DIGIT}]{{1,3}})\s*(?:个|位|口)?\s*(?:大人|人)(?!民|工|气|间|员)")
_FAMILY = re.compile(r"一家([二两三四五六七八])口|([三四五六七八])口之?家")
_BIG_AND_SMALL = re.compile(
    r"([一两二三四1-4])\s*个?大(?:人)?\s*[加带和、，]?\s*([一两二三四1-4])\s*个?(?:小(?!时)|孩|娃|宝|儿童|老人)"
)
_TWO = ("我们俩", "咱俩", "我俩", "两口子", "小两口", "情侣", "夫妻", "我和老公", "我和老婆", "和女朋友", "和男朋友")
_ONE = ("自己一个人", "一个人去", "单人", "solo")
_MANY = 30


def find_budget(text: str) -> str | None:
    """The most the buyer wants to pay, in whole yuan as a decimal string; None where nothing of the kind is said."""
    if found := _FROM_TO.search(text):
        return str((read_numeral(found[2]) or 0) * (100 if found[3] == "百" else 1_000))
    if found := _RANGE.search(text):
        low, high = _money(found[1]), _money(found[2])
        return str(high) if low is not None and high is not None and low < high else None
    for pattern in (_MOST, _NOT_OVER, _BUDGET, _ABOUT, _BARE_ABOUT):
        if (found := pattern.search(text)) and (money := _money(found[1])) is not None:
            return str(money)
    return None


def find_people(text: str) -> int | None:
    """For how many people the goods are; None where it is not said."""
    if found := _FAMILY.search(text):
        return read_numeral(found[1] or found[2])
    if found := _BIG_AND_SMALL.search(text):
        big, small = (int(one) if one.isdecimal() else read_numeral(one) for one in found.groups())
        return (big or 0) + (small or 0)
    if found := _PEOPLE.search(text):
        number = int(found[1]) if found[1].isdecimal() else read_numeral(found[1])
        is_choice = text[: found.start()].endswith(("第", "每", "这", "那", "哪", "别", "-", "–", "~"))
        if number is not None and 0 < number <= _MANY and not is_choice:
            return number
    if any(word in text for word in _TWO):
        return 2
    return 1 if any(word in text for word in _ONE) else None


def _money(said: str) -> int | None:
    number = int(float(said)) if said[0].isdecimal() else read_numeral(said)
    return number if number is not None and _LEAST_MONEY <= number <= _MOST_MONEY else None
