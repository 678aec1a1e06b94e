"""What a language model may read of a talk: words without numbers, addresses, names and accounts of people."""

import re
import unicodedata
from collections.abc import Sequence

from jinpai.kit.addresses.people import find_labelled_name

NUMBER, ADDRESS, ACCOUNT, NAME = "〔号码〕", "〔地址〕", "〔账号〕", "〔姓名〕"

_ACCOUNTS = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_-]{5,}")
_NUMBERS = re.compile(r"\d(?:[\s-]?\d){4,}[Xx]?")
_CHINESE_NUMBERS = re.compile(r"[零〇一二三四五六七八九幺]{5,}")
_PLACES = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9]{1,9}?"
    r"(?:省|自治区|市|区|县|镇|乡|街道|大道|路|街|巷|弄|村|小区|花园|公寓|大厦|栋|幢|单元|楼|室|号)){2,}[A-Za-z0-9-]*"
)


def mask(text: str, hidden: Sequence[str] = ()) -> str:
    """The text with what tells a person from others put out, and these words of the records too."""
    plain = unicodedata.normalize("NFKC", text)
    for word in sorted((one for one in hidden if len(one) > 1), key=len, reverse=True):
        plain = plain.replace(word, NAME)
    name, _ = find_labelled_name(plain)
    if name:
        plain = plain.replace(name, NAME)
    for pattern, put in ((_ACCOUNTS, ACCOUNT), (_NUMBERS, NUMBER), (_CHINESE_NUMBERS, NUMBER), (_PLACES, ADDRESS)):
        plain = pattern.sub(put, plain)
    return plain


def tells_nobody(text: str, hidden: Sequence[str] = ()) -> bool:
    """Whether there is nothing to mask in this text."""
    return mask(text, hidden) == unicodedata.normalize("NFKC", text)
