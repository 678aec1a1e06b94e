"""Phrases as content writes them: `甲/乙…丙` is one of some words and, a little later, another; `#` is a number.

They are found in folded text (`kit.text.fold_text`), whose places are those of the original.
"""

from collections.abc import Iterable
from typing import Any

import re2

from jinpai.kit.text import fold_text

GAP = 8
"""How many characters `…` may stand for."""

NUMBER = r"[0-9]+(?: [0-9]+)?|[零一二两三四五六七八九十百千万半几多]+"
"""What `#` stands for: figures (a fraction's point is folded to a space) or Chinese numerals."""


def compile_phrases(phrases: Iterable[str]) -> Any:
    """A linear-time expression that finds any of these phrases in folded text; it finds nothing where there is none."""
    options = re2.Options()
    options.log_errors = False
    sources = [_source(phrase) for phrase in phrases]
    return re2.compile("|".join(f"(?:{source})" for source in sources) or r"[^\x00-\x{10FFFF}]", options)


def _source(phrase: str) -> str:
    return f".{{0,{GAP}}}?".join(_words(part) for part in phrase.split("…"))


def _words(part: str) -> str:
    return "(?:" + "|".join(filter(None, map(_word, part.split("/")))) + ")"


def _word(word: str) -> str:
    return f"(?:{NUMBER})".join(re2.escape(fold_text(piece).strip()) for piece in word.split("#"))
