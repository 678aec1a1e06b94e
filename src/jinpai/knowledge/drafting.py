"""What was said to one buyer, made fit for all: personal data becomes a variable of scripts or is taken out.

A clause that still tells somebody from others is left out whole, so that what stays can be read.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jinpai.copilot.llm.masking import ACCOUNT, ADDRESS, NAME, NUMBER, mask
from jinpai.kit.addresses.people import is_name

AMOUNT = "〔金额〕"
KINDS: Mapping[str, str] = {NAME: "姓名", NUMBER: "号码", ADDRESS: "地址", ACCOUNT: "账号或网址", AMOUNT: "金额"}
"""What is put out, as people call it."""

_CLAUSES = re.compile(r"[^，。！？；、,!?;~～\n]*[，。！？；、,!?;~～\n]*")
_CLOSING = "，、；,; \n"
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]{5,}")
_ORDER = re.compile(r"(订单(?:编号|号码|号)?\s*[是为:：]?\s*)[A-Za-z0-9-]{5,}")
_PARCEL = re.compile(r"((?:运单|快递单|物流单|单)(?:号码|号)?\s*[是为:：]?\s*)[A-Za-z0-9-]{5,}")
_AMOUNT = re.compile(
    r"[¥￥]\s*\d+(?:\.\d+)?(?:\s*元)?|(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)\s*(?:元|块钱|块)"
)
_FREIGHT = re.compile(r"运费|邮费|快递费")
_PRICE = re.compile(r"价|卖|售")
_CALLED = re.compile(r"[\u4e00-\u9fff](?:先生|女士|小姐|老师|太太|同学|阿姨|叔叔)")
_SHIELD = 0xE000
LONGEST_NAME = 6
"""Longer Chinese words of the records are addresses."""


@dataclass(frozen=True, slots=True)
class People:
    """Words that name the people of a talk: what the records know of the buyer, their name, the agent's.

    `known` are Latin words of the shop's own content, such as materials, which name nobody.
    """

    hidden: tuple[str, ...] = ()
    buyer: str = ""
    agent: str = ""
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text fit for all, and what kinds of personal data were taken out of it or made variables."""

    text: str
    taken: tuple[str, ...]


def clean(text: str, people: People, *, variables: bool) -> Cleaned:
    """The text without personal data and single amounts; `variables` are put in where scripts have them."""
    taken: dict[str, None] = {}
    kept = []
    for part in _CLAUSES.findall(_named(text, people, taken, variables=variables)):
        clause = _counted(part, taken) if variables else part
        kinds = personal(clause, people)
        if _AMOUNT.search(clause):
            kinds = (*kinds, KINDS[AMOUNT])
        taken.update(dict.fromkeys(kinds))
        if not kinds:
            kept.append(clause)
    told = re.sub(r"[ \t]{2,}", " ", "".join(kept)).strip()
    return Cleaned(told if not taken else told.rstrip(_CLOSING), tuple(taken))


def personal(text: str, people: People) -> tuple[str, ...]:
    """The kinds of personal data that are in this text."""
    shielded = text
    for place, word in enumerate(sorted({one for one in _LATIN.findall(text) if one.lower() in people.known})):
        shielded = shielded.replace(word, chr(_SHIELD + place))
    found: dict[str, None] = {}
    for word in (*people.hidden, people.buyer):
        if len(word) > 1 and word in shielded:
            shielded = shielded.replace(word, "")
            found.setdefault(KINDS[_kind(word)])
    masked = mask(shielded)
    found.update(dict.fromkeys(name for mark, name in KINDS.items() if mark in masked and mark not in text))
    if any(is_name(one) for one in _CALLED.findall(text)):
        found.setdefault(KINDS[NAME])
    return tuple(found)


def _kind(word: str) -> str:
    """What kind of record this word is from."""
    if not any("\u4e00" <= letter <= "\u9fff" for letter in word):
        return NUMBER if any(letter.isdigit() for letter in word) else NAME
    return ADDRESS if len(word) > LONGEST_NAME else NAME


def latin_words(texts: Collection[str]) -> frozenset[str]:
    """The Latin words of these texts, in lower case."""
    return frozenset(word.lower() for text in texts for word in _LATIN.findall(text))


def _named(text: str, people: People, taken: dict[str, None], *, variables: bool) -> str:
    """The text with the names of both sides as variables, or without them."""
    plain = unicodedata.normalize("NFC", text).replace("{", "").replace("}", "")
    for name, variable in ((people.buyer, "{买家}"), (people.agent, "{客服}")):
        if len(name) > 1 and name in plain:
            plain = plain.replace(name, variable if variables else "")
            taken.setdefault(KINDS[NAME])
    for called in _CALLED.findall(plain):
        if is_name(called):
            plain = plain.replace(called, "{买家}" if variables else "")
            taken.setdefault(KINDS[NAME])
    return plain.lstrip("，,、 ")


def _counted(clause: str, taken: dict[str, None]) -> str:
    """The clause with numbers and amounts as variables, where a variable says what they are."""
    for pattern, variable in ((_ORDER, "订单号"), (_PARCEL, "运单号")):
        clause, count = pattern.subn(rf"\g<1>{{{variable}}}", clause)
        if count:
            taken.setdefault(KINDS[NUMBER])
    about = "运费" if _FREIGHT.search(clause) else "价格" if _PRICE.search(clause) else ""
    if about and len(_AMOUNT.findall(clause)) == 1:
        clause = _AMOUNT.sub(f"{{{about}}}", clause)
        taken.setdefault(KINDS[AMOUNT])
    return clause
