"""Better words in their place: the clause that a remark is about gives way, the rest of the message stays."""

import re
from collections.abc import Callable, Sequence

from jinpai.guard.excuses import Find
from jinpai.guard.model import RANK, Hit, verdict_of

_STOPS = "，,。！!？?；;~～ \n" + "".join(map(chr, range(0x1F300, 0x1FB00)))
"""What ends a clause: signs, blanks, faces."""

_CLAUSE = re.compile(f"[^{_STOPS}]*[{_STOPS}]*")
_ADDRESS = re.compile(r"^(?:亲爱的|亲|您好|你好)[，,~～!！\s]+")
Check = Callable[[str], Sequence[Hit]]


def rewrite_one(text: str, hit: Hit) -> str:
    """The message with this remark's wording in the place of what it is about; empty when it has none."""
    return _rewritten(text, [hit])


def rewrite_all(text: str, hits: Sequence[Hit], check: Check) -> str:
    """The message with every remark's wording in its place, if that itself passes; else the gravest one's alone.

    Empty when neither passes: then a person has to find the words.
    """
    graves = sorted((hit for hit in hits if hit.rewrite), key=lambda hit: -RANK[hit.severity])
    if not graves:
        return ""
    for words in dict.fromkeys((_rewritten(text, graves), graves[0].rewrite)):
        if words != text and RANK[verdict_of(tuple(check(words)))] <= RANK["hint"]:
            return words
    return ""


def put_right(text: str, start: int, slips: Sequence[Find]) -> str:
    """The clause that holds this place, with the word meant (`form`) in the place of each slip of the pen."""
    clause = next(found for found in _CLAUSE.finditer(text) if found.end() > start)
    said, at = "", clause.start()
    for slip in sorted(slips):
        if at <= slip.start and slip.end <= clause.end():
            said, at = said + text[at : slip.start] + slip.form, slip.end
    return said + text[at : clause.end()]


def _rewritten(text: str, hits: Sequence[Hit]) -> str:
    """The clauses the remarks are about replaced, the same wording said once, one for each family in a clause."""
    clauses = [(found.start(), found.end()) for found in _CLAUSE.finditer(text) if found[0]]
    wording: dict[int, list[str]] = {}
    used: set[str] = set()
    served: set[tuple[int, str]] = set()
    for hit in hits:
        touched = [at for at, (start, end) in enumerate(clauses) if start < hit.end and hit.start < end]
        for at in touched:
            wording.setdefault(at, [])
        if touched and hit.rewrite and hit.rewrite not in used and (touched[0], hit.family) not in served:
            used.add(hit.rewrite)
            served.add((touched[0], hit.family))
            wording[touched[0]].append(hit.rewrite.strip())
    if not used:
        return ""
    said = ""
    for at, (start, end) in enumerate(clauses):
        if at not in wording:
            said += text[start:end]
        for words in wording.get(at, ()):
            said = _joined(said, words) + ("" if at + 1 == len(clauses) else _sign(words, text[start:end]))
    return said.strip()


def _joined(said: str, words: str) -> str:
    """The new words after what stands before them, where nobody needs to be addressed again."""
    if not said.strip():
        return said + words
    stop = "" if said[-1] in _STOPS or said[-1].isspace() else "，"
    return said + stop + _ADDRESS.sub("", words)


def _sign(words: str, clause: str) -> str:
    """The sign that closed the old clause, where the new words bring none."""
    if words[-1] in _STOPS:
        return ""
    return clause[len(clause.rstrip(_STOPS)) :]
