"""What of the goods a claim is about: one of the variants named beside it, or a gift that is not the goods at all."""

import re

from jinpai.guard.context import Context
from jinpai.guard.excuses import Case, Find

_ENDS = re.compile(r"[，。！？；,!?;\n]")
_REACH = 40
"""Characters of a clause that are looked at on either side."""

_WORDS = re.compile(r"[\s；;，,、/／（）()]+")
_GIFT = re.compile(
    r"(?:附赠|赠送|赠|送)(?:的是|的|给)?(?:您|你)?(?:[一两二三四五六\d]+|个)?[个双条顶只件份套包瓶盒张把对]?"
    r"([\u4e00-\u9fff]{2})"
)
_IS_GIFT = re.compile(r"赠品|礼品|小礼物|(?:赠|送)(?:的|您的)")


def clause_around(plain: str, start: int, end: int) -> str:
    """The clause of a message a find stands in."""
    before, after = plain[max(0, start - _REACH) : start], plain[end : end + _REACH]
    return _ENDS.split(before)[-1] + plain[start:end][:_REACH] + _ENDS.split(after, maxsplit=1)[0]


def is_of_gift(case: Case, find: Find) -> bool:
    """Whether the claim speaks of a gift: it says so, or names what the agent said is given along."""
    clause = clause_around(case.view.plain, find.start, find.end)
    if _IS_GIFT.search(clause):
        return True
    told = [found[1] for said in case.situation.before if said.role == "agent" for found in _GIFT.finditer(said.text)]
    return any(gift in clause or any(gift in view.plain for view in case.open) for gift in told)


def narrowed(context: Context, case: Case, find: Find) -> Context:
    """The context with only the variants named in the claim's clause, else in the buyer's question; else all."""
    variants = context.product.variants
    if len(variants) < 2:
        return context
    clause = clause_around(case.view.plain, find.start, find.end)
    for text in (clause, *(view.plain for view in case.open)):
        named = tuple(one for one in variants if any(_stands(text, word) for word in _WORDS.split(one.name)))
        if named:
            product = context.product.model_copy(update={"variants": named})
            return context.model_copy(update={"product": product})
    return context


def _stands(text: str, word: str) -> bool:
    """Whether a word of a variant's name stands in this text, a Latin one by itself."""
    word = word.lower()
    if not word.isascii():
        return word in text
    return bool(word) and re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
