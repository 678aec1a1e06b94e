"""Phrases as content writes them: `甲/乙…丙` is one of some words and, a little later, another; `#` is a number,
with or without a space around it.

They are found in folded text (`kit.text.fold_text`), whose places are those of the original.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import ahocorasick_rs
import re2

from jinpai.kit.text import fold_text

GAP = 8
"""How many characters `…` may stand for."""

NUMBER = r"[0-9]+(?: [0-9]+)?|[零一二两三四五六七八九十百千万半几多]+"
"""What `#` stands for: figures (a fraction's point is folded to a space) or Chinese numerals."""

_FIGURES = tuple("0123456789零一二两三四五六七八九十百千万半几多")


def compile_phrases(phrases: Iterable[str]) -> Any:
    """A linear-time expression that finds any of these phrases in folded text; it finds nothing where there is none."""
    options = re2.Options()
    options.log_errors = False
    sources = [_source(phrase) for phrase in phrases]
    return re2.compile("|".join(f"(?:{source})" for source in sources) or r"[^\x00-\x{10FFFF}]", options)


@dataclass(frozen=True, slots=True)
class Screen:
    """A quick look which of some groups of phrases can be in a text at all: expressions with gaps are slow, words not.

    `meanings` has for each word of the automaton the parts it is a word of, as (phrase, part); `phrases` has for each
    phrase how many parts it has, and its group.
    """

    automaton: ahocorasick_rs.AhoCorasick
    meanings: tuple[tuple[tuple[int, int], ...], ...]
    phrases: tuple[tuple[int, int], ...]

    def among(self, folded: str) -> set[int]:
        """The groups (by their place, from 0) with a phrase that lacks no part."""
        words = {word for word, _, _ in self.automaton.find_matches_as_indexes(folded, overlapping=True)}
        if not words:
            return set()
        found = Counter(phrase for phrase, _ in {meaning for word in words for meaning in self.meanings[word]})
        return {self.phrases[phrase][1] for phrase, seen in found.items() if seen == self.phrases[phrase][0]}

    def may_find(self, folded: str) -> bool:
        """False when each of the phrases lacks a part."""
        return bool(self.among(folded))


def compile_screen(*groups: Iterable[str]) -> Screen:
    """The screen of these phrases; what has no certain word, such as a lone number, is looked for as a figure."""
    meanings: dict[str, list[tuple[int, int]]] = {}
    phrases: list[tuple[int, int]] = []
    for number, (group, phrase) in enumerate((at, one) for at, some in enumerate(groups) for one in some):
        alternatives = [list(filter(None, part.split("/"))) for part in phrase.split("…")]
        phrases.append((len(alternatives), group))
        for part, words in enumerate(alternatives):
            for word in {certain for one in words for certain in _certain(one)}:
                meanings.setdefault(word, []).append((number, part))
    return Screen(ahocorasick_rs.AhoCorasick(list(meanings)), tuple(map(tuple, meanings.values())), tuple(phrases))


def _certain(word: str) -> Sequence[str]:
    """What stands in a text, one or the other, wherever this word does."""
    longest = max((fold_text(piece).strip() for piece in word.split("#")), key=len)
    return [longest] if longest else _FIGURES


def _source(phrase: str) -> str:
    return f".{{0,{GAP}}}?".join(_words(part) for part in phrase.split("…"))


def _words(part: str) -> str:
    return "(?:" + "|".join(filter(None, map(_word, part.split("/")))) + ")"


def _word(word: str) -> str:
    return f" ?(?:{NUMBER}) ?".join(re2.escape(fold_text(piece).strip()) for piece in word.split("#"))
