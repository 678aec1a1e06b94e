"""Quick looks: one expression that tells which of many may describe a message, before each of those is tried.

A screen is looser than what it stands for. Names are left out and counted gaps (`[^,]{0,12}`) have no end, because an
automaton that counts has too many states to keep: RE2 then builds them anew with every message.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import re2

_NAME = re.compile(r"\(\?P<\w+>")
_COUNTED = re.compile(r"(?<=[\].])\{\d*,\d*\}\??")

KEPT = 1024
"""So many screens are kept: shops with the same rules share them, and a reload builds only those that changed."""

Screen = Callable[[bytes], Sequence[int]]
"""A message in UTF-8 → the places of the expressions that may describe it; the others do not."""


@lru_cache(maxsize=KEPT)
def screen_of(sources: tuple[str, ...]) -> Screen:
    """Looks for all of these (RE2 syntax) in one go."""
    options = re2.Options()
    options.log_errors, options.never_capture = False, True
    together = re2.Set.SearchSet(options)
    for source in sources:
        together.Add(_COUNTED.sub("*", _NAME.sub("(", source)).encode())
    together.Compile()
    return lambda text: together.Match(text) or ()
