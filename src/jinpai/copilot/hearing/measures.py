"""Measures in a buyer's words: height and weight, pieces, a price named, a phone, an order number."""

import re
from itertools import pairwise

_CHINESE = "零〇一二两三四五六七八九十百千半"
_DIGIT = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2", "半": "5"}
_NOT_NUMBER = r"(?<![\d.])"

_METRES = re.compile(rf"{_NOT_NUMBER}([12一二])\s*米\s*(\d{{1,2}}|[零一二三四五六七八九]{{1,2}}|半)?")
_DECIMAL_METRES = re.compile(rf"{_NOT_NUMBER}([12]\.\d{{1,2}})\s*(?:m(?![a-z])|米)", re.IGNORECASE)
_CENTIMETRES = re.compile(
    rf"{_NOT_NUMBER}(1[3-9]\d|2[0-2]\d)(?:\.\d)?\s*(?:cm|厘米|公分)(?!\s*[x×*长宽])", re.IGNORECASE
)
_SAID_HEIGHT = re.compile(r"(?:身高|个子|高)\s*(?:是|有|大概|差不多|:|：)?\s*(1[3-9]\d|2[0-2]\d)(?!\d)")
_MY_HEIGHT = re.compile(r"(?:我|他|她|老公|老婆)(1[4-9]\d|20\d)(?![\d.]|\s*(?:斤|公斤|kg|千克|元|块|码|升|克))", re.I)
_FOOT = re.compile(r"脚(?:长)?\s*(?:是|有|大概|差不多|量了|:|：)?\s*(1[5-9]\d|2\d\d|3[01]\d|[12]\d(?:\.\d)?)(?![\d码])")
_SAID_WEIGHT = re.compile(
    r"(?:体重|重)\s*(?:是|有|大概|差不多|:|：)?\s*(\d{2,3}(?:\.\d)?)(?!\d|\s*(?:克|g\b|cm|厘米))", re.I
)
_POUNDS = re.compile(rf"{_NOT_NUMBER}(\d{{2,3}}(?:\.\d)?)\s*(?:多)?\s*斤(?!\s*(?:装|重的货))")
_CHINESE_POUNDS = re.compile(rf"([{_CHINESE}]{{1,4}})\s*(公斤|斤)")
_KILOGRAMS = re.compile(rf"{_NOT_NUMBER}(\d{{2,3}}(?:\.\d)?)\s*(?:kg|公斤|千克)(?![a-z])", re.IGNORECASE)
_PAIR = re.compile(rf"{_NOT_NUMBER}(1[4-9]\d)\s*[/，,、\s]\s*(\d{{2,3}})(?![\d.\-件个双条])")

_AFTER_WEIGHT = re.compile(
    r"(?:斤|公斤|kg|千克)\s*[,，/、]?\s*(?:身高)?(1[4-9]\d)(?!\d|\s*(?:斤|公斤|kg|千克|元|块))", re.IGNORECASE
)

_HEIGHTS = re.compile(
    r"(?<![重\d.])([12]\s*米\s*\d{0,2}|[12]\.\d{1,2}\s*(?:m(?![a-z])|米)|(?:1[4-9]\d|20\d)"
    r"(?![\d.]|\s*(?:斤|公斤|kg|千克|元|块|码|升|克|流明)))",
    re.IGNORECASE,
)
"""Where a height may begin in words that tell of several people."""

_UNITS = "件个双条套只盒箱包瓶把张袋顶根台支罐"
_PIECES = re.compile(rf"(?<![\d.第])(\d{{1,3}}|[一两二三四五六七八九十]{{1,3}})\s*([{_UNITS}])(?![月号])")
_BUY = re.compile(
    r"(?:买|要|拍|来|订|下单)\s*(?:了)?\s*(\d{1,3})(?![\d.]|\s*(?:元|块|号|码|cm|斤|kg|天|点|月|%|折))", re.IGNORECASE
)

_YUAN = re.compile(
    rf"[¥￥]\s*(\d{{1,6}}(?:\.\d{{1,2}})?)|{_NOT_NUMBER}(\d{{1,6}}(?:\.\d{{1,2}})?)\s*(?:元|块钱?|rmb|包邮)", re.I
)
_CHINESE_YUAN = re.compile(rf"(?<![{_CHINESE}])([{_CHINESE}]{{1,6}})\s*(?:元|块钱?)(?!面|头|布)")
_FROM_TO = re.compile(r"[一二两三四五六七八][二三四五六七八九][百千]")
_NAMED = re.compile(
    rf"{_NOT_NUMBER}(\d{{1,6}}(?:\.\d{{1,2}})?)\s*(?:可以吗|行吗|行不|卖不卖|卖吗|成交|能卖|出不出|给我吧|怎么样)"
)

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?!\d)")
_SAID_ORDER = re.compile(r"(?:订单|单号|编号)\s*(?:号|编号)?\s*(?:是|为|:|：)?\s*([A-Za-z]{0,4}\d[\dA-Za-z-]{5,27})")
_ORDER = re.compile(r"(?<![\dA-Za-z])(\d{15,22})(?![\dA-Za-z])")


def read_numeral(text: str) -> int | None:
    """The number Chinese numerals stand for, short forms too (`一百三` = 130); None when there is none."""
    total = pending = unit = 0
    for letter in text:
        if letter in "十百千":
            unit = {"十": 10, "百": 100, "千": 1_000}[letter]
            total, pending = total + (pending or 1) * unit, 0
        elif letter in _DIGIT:
            pending = pending * 10 + int(_DIGIT[letter])
            unit = 0 if letter in "零〇" else unit
        else:
            return None
    short = pending and unit >= 100 and text[-2:-1] in ("百", "千")
    return total + pending * (unit // 10 if short else 1) or None


def find_height(text: str) -> int | None:
    """A person's height in whole centimetres."""
    if found := _DECIMAL_METRES.search(text):
        return _person(round(float(found[1]) * 100))
    if found := _METRES.search(text):
        metres, rest = {"1": 1, "一": 1, "2": 2, "二": 2}[found[1]], found[2] or ""
        digits = "".join(_DIGIT.get(letter, letter) for letter in rest).ljust(2, "0")
        return _person(metres * 100 + int(digits))
    for pattern in (_CENTIMETRES, _SAID_HEIGHT, _PAIR, _AFTER_WEIGHT, _MY_HEIGHT):
        if found := pattern.search(text):
            return int(found[1])
    return None


def find_bodies(text: str) -> list[tuple[int, float]]:
    """Height (cm) and weight (kg) of every person told of, in the order told; only those with both."""
    places = sorted({found.start(1) for found in _HEIGHTS.finditer(text)})
    parts = [text[start:end] for start, end in pairwise([*places, len(text)])]
    told = [(find_height(f"高{part}"), find_weight(_after_height(part))) for part in parts]
    return [(height, weight) for height, weight in told if height is not None and weight is not None]


def _after_height(part: str) -> str:
    """What follows a height, with its bare number told as a weight."""
    rest = _HEIGHTS.sub("", part, count=1).lstrip("cmCM厘米公分,，、/ ")
    return f"重{rest}" if rest[:2].isdecimal() else rest


def find_foot(text: str) -> float | None:
    """The length of a foot in centimetres, told in them or in millimetres."""
    found = _FOOT.search(text)
    if found is None:
        return None
    length = float(found[1])
    return length / 10 if length >= 100 else length


def find_weight(text: str) -> float | None:
    """A person's weight in kilograms; 斤 are halved, a bare number is 斤 from 85 on."""
    if found := _KILOGRAMS.search(text):
        return float(found[1])
    if found := _POUNDS.search(text):
        return float(found[1]) / 2
    if found := _CHINESE_POUNDS.search(text):
        number = read_numeral(found[1])
        if number is not None and number >= 30:
            return float(number) if found[2] == "公斤" else number / 2
    bare = _SAID_WEIGHT.search(text)
    told = float(bare[1]) if bare else float(pair[2]) if (pair := _PAIR.search(text)) else 0.0
    if not 30 <= told <= 300:
        return None
    return told / 2 if told >= 85 else told


def find_quantity(text: str) -> int | None:
    """How many pieces are wanted."""
    if found := _PIECES.search(text):
        number = int(found[1]) if found[1].isdecimal() else read_numeral(found[1])
        after = text[found.end() :][:2]
        return (
            None
            if number is None or after.startswith(("月", "小时", "人", "大人")) or _is_vague(found[0], text)
            else number
        )
    bought = _BUY.search(text)
    return int(bought[1]) if bought and int(bought[1]) else None


def find_price(text: str) -> str | None:
    """The price a buyer names, in yuan as a decimal string."""
    for pattern in (_YUAN, _NAMED):
        if found := pattern.search(text):
            return next(part for part in found.groups() if part)
    if found := _CHINESE_YUAN.search(text):
        number = read_numeral(found[1])
        return None if number is None or _is_a_piece(found, text) or _FROM_TO.match(found[1]) else str(number)
    return None


def find_mobile(text: str) -> str | None:
    """A mobile number, its eleven digits."""
    found = _PHONE.search(text)
    return "".join(found.groups()) if found else None


def find_order_number(text: str) -> str | None:
    """An order number: named as one, or fifteen digits and more."""
    found = _SAID_ORDER.search(text) or _ORDER.search(text)
    return found[1] if found and not _PHONE.fullmatch(found[1]) else None


def _person(centimetres: int) -> int | None:
    return centimetres if 50 <= centimetres <= 230 else None


def _is_a_piece(found: re.Match[str], text: str) -> bool:
    """`一块` in `瘪了一块` is a part, no money."""
    return found[0] == "一块" and text[max(0, found.start() - 1) : found.start()] in (*"了掉缺少破有着",)


def _is_vague(said: str, text: str) -> bool:
    """`一个` in `一个月`, `这一个`, `一下` counts nothing."""
    place = text.find(said)
    return text[max(0, place - 1) : place] in ("这", "那", "哪", "每", "另", "第", "上", "下") or said == "一个"
