"""What a buyer names of goods and of the way they come: colour, size, courier, a time."""

import re
from collections.abc import Mapping

_COLOURS = "红橙黄绿青蓝紫黑白灰粉棕金银米褐"
_COLOUR = re.compile(
    rf"(?:[深浅淡暗亮墨酒藏天海军岩苔象牙奶咖啡卡其香槟玫柿子橘柠檬宝石湖雾雪沙驼枣藕杏荧光]{{0,3}}[{_COLOURS}]"
    r"|咖啡|卡其|香槟|驼|杏|藕|橘)色|(?:墨|酒|藏|米|岩|苔|雪|天|军|深|浅)"
    rf"[{_COLOURS}](?=的|款|[，。,.!?？！\s]|$)|[{_COLOURS}](?:的|款)"
)
_LETTER_SIZE = re.compile(
    r"(?<![A-Za-z0-9])(XXS|XS|S|M|L|XL|XXL|XXXL|[2-6]XL|均码)(?:码|号)?(?![A-Za-z0-9])", re.IGNORECASE
)
_NUMBER_SIZE = re.compile(r"(?<![\d.])(\d{2,3}(?:\.5)?)\s*码")
_WORD_SIZE = re.compile(r"(加大|特大|大|中|小|加小)(?:号|码)(?!的问题|偏)")
_COURIERS: Mapping[str, tuple[str, ...]] = {
    "顺丰": ("顺丰", "顺风", "sf"),
    "中通": ("中通",),
    "圆通": ("圆通",),
    "申通": ("申通",),
    "韵达": ("韵达", "云达"),
    "极兔": ("极兔",),
    "邮政": ("邮政", "ems", "邮局"),
    "京东": ("京东物流", "京东快递"),
    "德邦": ("德邦",),
    "百世": ("百世", "汇通"),
    "天天": ("天天快递",),
    "菜鸟": ("菜鸟", "丹鸟"),
}
_DATE = r"\d{1,2}\s*月\s*\d{1,2}\s*[号日]|\d{1,2}\s*[号日](?!码)"
_DAY = rf"(?:今|明|后|大后|昨|前)天|(?:这|本|下|上)?(?:周|星期|礼拜)[一二三四五六日天末]|{_DATE}"
_HOUR = r"(?:上午|下午|早上|晚上|中午|凌晨|傍晚)?\s*\d{1,2}\s*(?:点半?|:\d{2})(?:之?前|以前|左右)?"
_PART = r"上午|下午|早上|晚上|中午|今晚|明早|月底|年前|节前|国庆|中秋|端午|五一|春节|双十一|双十二"
_SPAN = r"[一两二三四五六七八九十\d]{1,3}\s*(?:天|个?小时|分钟|个月|周)(?:以?内|之内|后)?"
_TIME = re.compile(rf"(?:{_DAY})(?:的)?(?:{_HOUR}|{_PART})?|{_HOUR}|{_SPAN}|{_PART}")


def find_colour(text: str) -> str | None:
    """A colour, as it is called."""
    found = _COLOUR.search(text)
    return found[0].removesuffix("的").removesuffix("款") if found else None


def find_size(text: str) -> str | None:
    """A size: letters in capitals, a number, or 大/中/小."""
    if found := _LETTER_SIZE.search(text):
        return found[1].upper()
    found = _NUMBER_SIZE.search(text) or _WORD_SIZE.search(text)
    return found[1] if found else None


def find_courier(text: str) -> str | None:
    """A courier, by the name everybody uses."""
    low = text.lower()
    places = [(low.find(word), name) for name, words in _COURIERS.items() for word in words if word in low]
    return min(places)[1] if places else None


def find_time(text: str) -> str | None:
    """A day, an hour or a stretch of time, as the buyer puts it."""
    found = _TIME.search(text)
    return found[0].strip() if found else None
