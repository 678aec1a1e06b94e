"""What a buyer's words name: orders, products, pictures, a day, a phone, an address, how many, how to pay."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jinpai.copilot.tasks.scripted_buyer import pictures
from jinpai.kit.numerals import read_number

_LINK = re.compile(r"https?://[^\s()\"“”\u3000-\u9fff\uff00-\uffef]+")
_LINKED = re.compile(r"item\.jd\.com/(\d+)")
_NUMBER = re.compile(r"(?<![\d.A-Za-z])\d{7,}(?![\d.])")
_KINDS = re.compile(r"(订单)|(商品)|(电话|手机|联系方式)")
_DAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_QUOTED = re.compile(r"[\"“]([^\"“”]{4,60})[\"”]")
_ADDRESS = re.compile(r"地址[^，。；\"“”]{0,8}?(?:改成|改为|换成|换到|是|为|：|:)\s*([^，。；、\"“”]{4,60})")
_PLACE = re.compile(r"[省市区县路街道镇村号栋座单元室]")
_NAME = re.compile(r"(?:姓名|名字|联系人|收件人)(?:是|为|叫|：|:)?\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
_TITLE = re.compile(r"抬头(?:是|为|：|:)?\s*[\"“]?([^，。；、\"“”（）()\s]{2,40})")
_FAULT = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2}\d{1,2})(?![A-Za-z0-9])(?=[^，。]{0,12}(?:错误|故障|代码|报错|报警|显示))"
    r"|(?:错误|故障|代码|报错|显示)[^，。]{0,8}?(?<![A-Za-z0-9])([A-Za-z]{1,2}\d{1,2})(?![A-Za-z0-9])"
)
_COUNT = r"(\d{1,3}|[一两二三四五六七八九十]{1,3})\s*(?:台|个|件|套|份|只)"
_BEFORE = re.compile(rf"{_COUNT}[^，。；\d]{{0,24}}$")
_AFTER = re.compile(r"^[^\d。；]{0,12}?数量(?:为|是|：|:)?\s*(\d{1,3}|[一两二三四五六七八九十]{1,3})")
_PAYMENTS: Mapping[str, str] = {
    r"(?i)e\s*卡|ecard|电子卡": "京东E卡",
    "微信": "微信",
    "支付宝": "支付宝",
    "银行卡|信用卡|储蓄卡": "银行卡",
}
_MOBILE = 11


class Heard(NamedTuple):
    """The things a message names; what it does not name is empty."""

    text: str
    orders: Sequence[str] = ()
    products: Sequence[str] = ()
    counts: Mapping[str, int] = {}
    pictures: Sequence[str] = ()
    day: str = ""
    phone: str = ""
    name: str = ""
    address: str = ""
    title: str = ""
    fault: str = ""
    payment: str = ""


def hear(said: str) -> Heard:
    """What these words name; `text` is what was said without addresses of pages and pictures."""
    text = _LINK.sub(lambda link: f"商品{found[1]}" if (found := _LINKED.search(link[0])) else " ", said)
    orders, products, phone, counts = _numbers(text)
    day, name, title = _DAY.search(text), _NAME.search(text), _TITLE.search(text)
    fault = _FAULT.search(text)
    return Heard(
        text=text,
        orders=orders,
        products=products,
        counts=counts,
        pictures=pictures(said),
        day=f"周{day[1].replace('天', '日')}" if day else "",
        phone=phone,
        name=name[1] if name else "",
        address=_address(text),
        title=title[1] if title else "",
        fault=(fault[1] or fault[2]).upper() if fault else "",
        payment=next((way for pattern, way in _PAYMENTS.items() if re.search(pattern, text)), ""),
    )


def _numbers(text: str) -> tuple[list[str], list[str], str, dict[str, int]]:
    orders, products, phone, counts = list[str](), list[str](), "", dict[str, int]()
    kind = ""
    for found in _NUMBER.finditer(text):
        named = list(_KINDS.finditer(text, 0, found.start()))
        if named:
            kind = ("order", "product", "phone")[next(n for n, part in enumerate(named[-1].groups()) if part)]
        number = found[0]
        mobile = len(number) == _MOBILE and number[0] == "1"
        if mobile and kind != "product" and not _follows(text, found.start(), "订单"):
            phone = number
        elif kind == "order":
            orders += [number] if number not in orders else []
        else:
            products += [number] if number not in products else []
            counts[number] = _count(text, found)
    many = [read_number(one) for one in re.findall(_COUNT, text)] if "分别" in text else []
    return orders, products, phone, dict(zip(products, many, strict=True)) if len(many) == len(products) else counts


def _follows(text: str, at: int, word: str) -> bool:
    return word in text[max(0, at - 8) : at]


def _count(text: str, found: re.Match[str]) -> int:
    many = _AFTER.search(text[found.end() :]) or _BEFORE.search(text[: found.start()])
    return read_number(many[1]) if many else 1


def _address(text: str) -> str:
    quoted = [one for one in _QUOTED.findall(text) if len(_PLACE.findall(one)) > 1]
    named = _ADDRESS.search(text)
    if quoted:
        return str(quoted[-1]).strip()
    return named[1].strip() if named and _PLACE.search(named[1]) else ""
