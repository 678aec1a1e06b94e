"""What a talk tells of the goods that would suit its buyer: facts about them, what they need, what they turned down.

Nothing here touches the database, so the command line starts fast.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from jinpai.copilot.recommending.model import Trait, Want, Wishes
from jinpai.copilot.recommending.reasons import season
from jinpai.customers.facts import find_told
from jinpai.customers.model import Utterance
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.profiling.words import MEASURES, profiling_of
from jinpai.kit.clock import SHOP_TIME

_LIKES = re.compile(r"(?:喜欢|爱|经常|平时|第一次|头一次|准备|打算|想|要)(?:去|玩|要)?(?=[\u4e00-\u9fff])")
"""What stands before the thing somebody does with the goods."""
LOOK_BACK = 12
"""How many of the newest messages are listened to."""


def hear_wishes(content: ShopContent, known: Wishes, talk: Sequence[Utterance], now: int) -> Wishes:
    """What was known, and what the newest messages of the talk (until `now`, ms) tell beside it."""
    recent = talk[-LOOK_BACK:]
    told: dict[str, str] = {one.kind: one.value for one in find_told(profiling_of(content).facts, MEASURES, recent)}
    facts = {**known.facts, **told}
    now_is = season(datetime.fromtimestamp(now / 1000, SHOP_TIME).month)
    newest = next((one.text for one in reversed(recent) if one.role == "buyer"), "")
    known_needs = {need.value for need in content.recommending.needs}
    if told.get("occasion") not in known_needs and (doing := _done(content, newest)):
        told, facts = {**told, "occasion": doing}, {**facts, "occasion": doing}
    asked = tuple(
        Trait(one.name, one.words, one.attribute or "", one.best == "most")
        for one in content.recommending.traits
        if any(word in newest for word in one.asked)
    )
    wants = tuple(
        Want(need.fact, need.value, need.words, is_told=need.fact in told)
        for need in content.recommending.needs
        if need.value == (now_is if need.fact == "season" else facts.get(need.fact))
    )
    return replace(known, facts=facts, wants=wants, traits=asked, refused=known.refused | _turned_down(content, recent))


def _done(content: ShopContent, text: str) -> str:
    """What these words say somebody likes or means to do, as needs call it; else empty."""
    needs = [one for one in content.recommending.needs if one.fact == "occasion"]
    for found in _LIKES.finditer(text):
        doing = text[found.end() : found.end() + 4]
        for one in needs:
            if any(doing.startswith(word) for word in (one.value, *one.words)):
                return one.value
    return ""


def _turned_down(content: ShopContent, talk: Sequence[Utterance]) -> frozenset[str]:
    """The goods the buyer said no to: those named with it or all of a kind so named, else those just recommended."""
    found: set[str] = set()
    for at, one in enumerate(talk):
        if one.role == "buyer" and any(word in one.text for word in content.recommending.refusals):
            before = talk[at - 1].text if at and talk[at - 1].role == "agent" else ""
            product = content.names.find(one.text)
            kind = [other.id for other in content.products if other.category in one.text]
            if product is None and not kind:
                product = content.names.find(before)
            found.update(kind if product is None else (product.id,))
    return frozenset(found)
