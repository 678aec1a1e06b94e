"""What a buyer's words ask for: the deeds of a shop, heard clause by clause, and the conditions they hang on."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jinpai.copilot.tasks.deeds import CHANGES, CUES

_SENTENCES = re.compile(r"[。！!？?；;\n]+")
_CLAUSES = re.compile(r"[，,]+")
_ASKED = re.compile(r"^(?:如果|若|要是)客服(?:询问|问|提出|建议)")
_LISTED = re.compile(r"^(?:和|以及|还有|、)?\s*(?:商品|订单)?(?:ID|号|编号)?[：:]?\s*\d{7,}(?:各[^，]{0,4})?$")
_CONDITION = re.compile(r"^(?:如果|若|要是|假如|倘若)")
_HANGS = re.compile(r"((?:如果|若|要是|假如|倘若).+?)(?:的话|就|则|那么)|(.+?)的话")
_WHETHER = re.compile(r"^(?!.*[帮给把])(?:.*(?:是否|能否|能不能|可不可以|可否)|.*[吗么]$)")
_REASON = re.compile(r"^由于")
_REFUSED = re.compile(r"拒绝(?!理由)|放弃|不会|不希望|不想|不需要|不打算|可能是自己|重新评论|以后再|暂时不")
_LATER = re.compile(r"再(?:使用|用|试|观察|等)?(?:一段时间)?看看|先用用|再说|再考虑")
_ASKING = re.compile(r"咨询|询问|想问|了解|查询|查|问|说明|解释|看看")


class Clause(NamedTuple):
    """A clause of what was said, and whether all that follows in its sentence hangs on it."""

    text: str
    condition: bool


def clauses(text: str) -> Iterator[Sequence[Clause]]:
    """The sentences with their clauses; a question the agent may ask belongs to the answer after it."""
    for sentence in _SENTENCES.split(text):
        found, parts = list[Clause](), [part.strip() for part in _CLAUSES.split(sentence) if part.strip()]
        while parts:
            part = parts.pop(0)
            if _LISTED.match(part) and found:
                found[-1] = Clause(f"{found[-1].text}、{part}", found[-1].condition)
            elif _ASKED.match(part) and parts:
                found.append(Clause(f"{part} {parts.pop(0)}", False))
            elif hangs := _HANGS.match(part):
                found.append(Clause(hangs[1] or hangs[2], True))
                parts = [part[hangs.end() :], *parts] if hangs.end() < len(part) else parts
            else:
                found.append(Clause(part, bool(_CONDITION.match(part))))
        if found:
            yield found


def wanted(clause: str) -> Sequence[str]:
    """The deeds this clause asks for, the looking up before the doing; asking whether one may is only looking up."""
    if _REASON.match(clause) or _REFUSED.search(clause):
        return ()
    found = [
        cue.deed for cue in CUES if re.search(cue.asks, clause) and not (cue.unless and re.search(cue.unless, clause))
    ]
    return ["order" if deed in CHANGES and _WHETHER.search(clause) else deed for deed in found]


def is_later(clause: str) -> bool:
    """Whether this puts off what comes after it."""
    return bool(_LATER.search(clause)) or bool(re.match(r"(?:如果|若|要是)(?:还是|仍然|以后|再)", clause))


def is_asking(text: str) -> bool:
    """Whether the buyer wants to know something."""
    return bool(_ASKING.search(text))
