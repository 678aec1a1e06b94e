"""Quick looks: one expression that tells whether any of many may describe a message, before each is tried.

A screen is looser than what it stands for. Names are left out and counted gaps (`[^,]{0,12}`) have no end, because an
automaton that counts has too many states to keep: RE2 then builds them anew with every message.
"""

import re
from collections.abc import Iterable
from typing import Any

import re2

_NAME = re.compile(r"\(\?P<\w+>")
_COUNTED = re.compile(r"(?<=[\].])\{\d*,\d*\}\??")


def screen_of(sources: Iterable[str]) -> Any:
    """One expression over these (RE2 syntax), to search UTF-8 with: where it finds nothing, none of them does."""
    options = re2.Options()
    options.log_errors, options.never_capture = False, True
    loose = (_COUNTED.sub("*", _NAME.sub("(", source)) for source in sources)
    return re2.compile("|".join(f"(?:{source})" for source in loose).encode(), options)
