"""What sellers' cells mean: numbers, money, times. A cell that cannot be right raises `Unreadable`."""

import re
import unicodedata
from datetime import datetime, timedelta

from jinpai.kit.money import MAX_FEN, fen_from

_EMPTY = frozenset(("", "null", "none", "nan", "-", "--", "/", "无", "空", "0000-00-00", "0000-00-00 00:00:00"))
_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)
_SCIENCE = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,3})")
_TRAILING = re.compile(r"\d+\.0+")
_DAYS = re.compile(r"\d{5}(\.\d+)?")
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_./#-]{0,63}")
_MONEY = re.compile(r"([0-9]{1,11})(?:\.([0-9]{1,2}))?")
_TIME = re.compile(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D{0,3}(?:(\d{1,2})\D(\d{1,2})(?:\D(\d{1,2}))?\D*[\d.]*)?")
_HALF = re.compile(r"(上午|凌晨|am)|(下午|晚上|pm)", re.IGNORECASE)
_ZONE = re.compile(r"(:\d\d(?:\.\d+)?)\s*(?:Z|UTC|GMT|([+-]\d\d):?(\d\d))$")
_EPOCH = datetime(1970, 1, 1, 8)
_MILLISECOND = timedelta(milliseconds=1)
_EXCEL_EPOCH = datetime(1899, 12, 30)
_BLANKS = "\ufeff\u200b\u200c\u200d\u2060 \t\r\n\u3000\xa0"

HOW_TO_EXPORT = "请从卖家后台重新导出，不要先用 Excel 打开另存；必须用 Excel 时，先把这一列设为“文本”再粘贴"


class Unreadable(ValueError):
    """A cell that cannot be right; the text says why and what to do."""


def clean(text: str) -> str:
    """The text without blanks around, without `="…"` around; empty for `null`, `-` and the like."""
    text = text.strip(_BLANKS)
    if text[:2] == '="' and (wrapped := _WRAPPED.fullmatch(text)):
        text = wrapped[1].replace('""', '"').strip(_BLANKS)
    return "" if text.lower() in _EMPTY else text


def number(text: str, name: str) -> str:
    """A number or code, exactly; digits that a spreadsheet lost are not guessed."""
    text = digits(text, name)
    if _NUMBER.fullmatch(text) is None:
        if text[:1] in "=+-@":
            raise Unreadable(f"{name}是公式，不是编号；{HOW_TO_EXPORT}")
        if len(text) > 64:
            raise Unreadable(f"{name}“{short(text)}”有 {len(text)} 个字，太长了，不像编号，请核对这一行")
        raise Unreadable(f"{name}“{short(text)}”里有不该有的字符，请核对这一行")
    return text


def code(text: str, name: str) -> str:
    """What a seller calls a thing, in any letters, exactly; digits that a spreadsheet lost are not guessed."""
    text = digits(text, name)
    if text[:1] in "=+-@" or len(text) > 64 or not text.isprintable():
        raise Unreadable(f"{name}“{short(text)}”不像编码；{HOW_TO_EXPORT}")
    return text


def phone(text: str, name: str) -> str:
    """A telephone number as written, masked or with an extension."""
    text = digits(text, name)
    if sum(character.isdecimal() or character == "*" for character in text) < 3 or len(text) > 40:
        raise Unreadable(f"{name}“{short(text)}”不像电话号码，请核对这一行")
    return text


def money(text: str, name: str) -> int:
    """An amount in fen."""
    plain = _MONEY.fullmatch(text)
    if plain is not None:
        fen = int(plain[1]) * 100 + int((plain[2] or "").ljust(2, "0"))
    else:
        text = unicodedata.normalize("NFKC", text).strip("¥￥$元 ").replace(",", "")
        if text.startswith("-"):
            raise Unreadable(f"{name}是负数“{short(text)}”，请核对这一行")
        if not re.fullmatch(r"\d{1,11}(\.\d{0,2}0*)?", text):
            raise Unreadable(f"{name}“{short(text)}”不是金额，应写成 128.00 这样")
        fen = fen_from(text.rstrip("0") + "0" if "." in text and not text.endswith(".") else text)
    if fen > MAX_FEN:
        raise Unreadable(f"{name}“{short(text)}”太大了，请核对这一行")
    return fen


def count(text: str, name: str) -> int:
    """How many pieces."""
    if not re.fullmatch(r"\d{1,7}(\.0+)?", text):
        raise Unreadable(f"{name}“{short(text)}”不是件数，应写成 1、2 这样的整数")
    return int(text.partition(".")[0])


def moment(text: str, name: str) -> int:
    """A time of the trade's time zone, in milliseconds."""
    try:
        return _moment(text)
    except ValueError:
        hint = "列太窄，日期没有导出来" if text.startswith("##") else "不是时间，应写成 2026-03-01 10:30:00 这样"
        raise Unreadable(f"{name}“{short(text)}”{hint}") from None


def digits(text: str, name: str) -> str:
    """The text without Excel's traces; a number that lost digits to scientific notation is refused."""
    text = text.lstrip("'‘’`").strip(_BLANKS)
    if text.isdecimal():
        return text
    science = _SCIENCE.fullmatch(text)
    if science is not None:
        digits, exponent = science[1] + (science[2] or ""), int(science[3])
        if len(digits) - 1 < exponent:
            raise Unreadable(f"{name}“{text}”被表格软件改成了科学计数法，后面的数字已经丢了；{HOW_TO_EXPORT}")
        return digits[: exponent + 1]
    return text.partition(".")[0] if _TRAILING.fullmatch(text) else text


def _moment(text: str) -> int:
    if len(text) == 19 and text[4] == "-" and text[16] == ":":
        at = datetime.fromisoformat(text)
    elif _DAYS.fullmatch(text):
        at = _EXCEL_EPOCH + timedelta(seconds=round(float(text) * 86_400))
    else:
        at = _written(unicodedata.normalize("NFKC", text))
    if not 2000 <= at.year < 2100:
        raise ValueError
    return (at - _EPOCH) // _MILLISECOND


def _written(text: str) -> datetime:
    """A time as people and programs write it, in the trade's time zone; halves of the day and zones are minded."""
    zone, half = _ZONE.search(text), _HALF.search(text)
    text = _HALF.sub("", _ZONE.sub(r"\1", text)).strip()
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError
    at = datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]
    if half is not None and at.hour <= 12:
        at = at.replace(hour=at.hour % 12 + (12 if half[2] else 0))
    if zone is not None:
        ahead = timedelta(hours=int(zone[2] or 0), minutes=int(f"{(zone[2] or '+')[0]}{zone[3] or 0}"))
        at += timedelta(hours=8) - ahead
    return at


def is_shortened(text: str) -> bool:
    """Whether a spreadsheet wrote this number with an exponent."""
    return _SCIENCE.fullmatch(text) is not None


def short(text: str) -> str:
    """As much of a cell as a sentence quotes."""
    return text if len(text) <= 30 else text[:30] + "…"
