"""Phrases found through one Aho-Corasick automaton; the rest of a phrase is looked for only around its anchor.

`加…{微信}…聊` has three parts. The part whose words are longest is the anchor and goes into the automaton; the others
must stand before and after it in the same clause, at most GAP characters apart.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from jinpai.guard.content import LEXICON_REFERENCE
from jinpai.guard.folding import BREAK, View, fold

GAP = 8
"""How many characters of the same clause `…` may stand for."""

MAX_SPELLINGS = 20_000

Terms = Callable[[str], tuple[str, ...]]
"""A word list's id → its words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with its anchor's spellings and what must stand on both sides of it."""

    anchors: tuple[str, ...]
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    left_reach: int
    right_reach: int

    def around(self, tight: str, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of the whole phrase around an anchor found in this place, None where a part is missing."""
        if self.left is not None:
            edge = max(0, start - self.left_reach)
            found = self.left.search(tight[edge:start])
            if found is None:
                return None
            start = edge + found.start()
        if self.right is not None:
            found = self.right.match(tight[end : end + self.right_reach])
            if found is None:
                return None
            end += found.end()
        return start, end


def spellings(text: str, terms: Terms) -> tuple[str, ...]:
    """All spellings of a phrase without `…`: word lists put in, in the tight reading, none of them empty."""
    found = _expanded(text, terms) if "{" in text else {fold(text): None}
    if "" in found:
        raise ValueError(f"“{text}”去掉空格和符号后什么也不剩，请写上文字")
    return tuple(found)


def _expanded(text: str, terms: Terms) -> dict[str, None]:
    pieces = LEXICON_REFERENCE.split(text)
    options = [terms(piece) if index % 2 else (piece,) for index, piece in enumerate(pieces)]
    count = 1
    for option in options:
        count *= len(option)
    if count > MAX_SPELLINGS:
        raise ValueError(f"“{text}”展开后超过 {MAX_SPELLINGS} 种写法，请拆短或少用几个词表")
    return dict.fromkeys(fold("".join(choice)) for choice in product(*options))


def phrase(text: str, terms: Terms) -> Phrase:
    """The phrase as it is looked for; ValueError tells the author what to change."""
    parts = [spellings(part, terms) for part in text.split("…")]
    if len(parts) == 1:
        return Phrase(parts[0], None, None, 0, 0)
    anchor = max(range(len(parts)), key=lambda index: (min(map(len, parts[index])), index))
    left, right = parts[:anchor], parts[anchor + 1 :]
    return Phrase(
        anchors=parts[anchor],
        left=re.compile("".join(f"(?:{_any(part)}){_GAP}" for part in left) + r"\Z") if left else None,
        right=re.compile("".join(f"{_GAP}?(?:{_any(part)})" for part in right)) if right else None,
        left_reach=_reach(left),
        right_reach=_reach(right),
    )


_GAP = f"[^{BREAK}]{{0,{GAP}}}"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _reach(parts: list[tuple[str, ...]]) -> int:
    return sum(max(map(len, part)) + GAP for part in parts)


def stands_alone(view: View, start: int, end: int) -> bool:
    """Whether a Latin word found in this place of the text is not part of a longer one."""
    kept = view.kept
    before = kept[start - 1] if start else ""
    after = kept[end] if end < len(kept) else ""
    opens = not (_latin(kept[start]) and _latin(before))
    return opens and not (_latin(kept[end - 1]) and _latin(after))


def _latin(char: str) -> bool:
    return "a" <= char <= "z"
