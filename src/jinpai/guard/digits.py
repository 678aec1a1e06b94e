"""Numbers in any disguise: digits, Chinese numerals, words that sound like them, split by spaces and signs.

A run is digits with at most three signs between them; it falls into pieces (no sign inside), and where the way of
writing changes a piece falls into parts, so that `就13812345678一直` still holds a phone number.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from jinpai.guard.folding import View

_HAN = dict(zip("零一二三四五六七八九壹贰叁肆伍陆柒捌玖两幺洞拐勾", "01234567891234567892" + "1079", strict=True))
_SOUNDS = {
    sound: digit
    for digit, sounds in {
        "0": "oO灵铃凌另令林玲龄",
        "1": "妖腰要衣依医伊li",
        "2": "尔而儿耳饵爱",
        "3": "伞散山删参",
        "4": "司思丝似寺死",
        "5": "武舞吾无午捂物屋",
        "6": "溜留柳流刘",
        "7": "期妻其齐起奇气",
        "8": "吧巴爸扒叭发捌",
        "9": "酒久就究舅韭",
    }.items()
    for sound in sounds
    if sound not in _HAN
}
_VALUE = {**_SOUNDS, **_HAN}
_ANY = "0-9" + "".join(_VALUE)
_SIGN = "[\0,杠横空格转]{0,3}"
_RUN = re.compile(f"[{_ANY}](?:{_SIGN}[{_ANY}]){{4,}}")
_TAIL = re.compile(f"[{_ANY}](?:{_SIGN}[{_ANY}])*(?=[\0,]*$)")
_HEAD = re.compile(f"[{_ANY}](?:{_SIGN}[{_ANY}])+")
_PART = re.compile(f"[0-9]+|[{''.join(_HAN)}]+|(?P<sound>[{''.join(_SOUNDS)}]+)")
_READ = str.maketrans(_VALUE)
_MASK = re.compile(r"[*＊●•×#_?？]{2}")

MAX_PARTS = 400
"""More parts than this no honest number has, nor a table of sizes."""

MIN_CERTAIN = 4
"""How many digits of a number must be more than a sound."""


class Part(NamedTuple):
    """Digits written in one way and without signs between them; `joined` = directly at the part before."""

    start: int
    end: int
    digits: str
    certain: int
    joined: bool


class Number(NamedTuple):
    """Successive parts read as one number."""

    parts: tuple[Part, ...]

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.parts[-1].end

    @property
    def digits(self) -> str:
        """Its digits."""
        return "".join(part.digits for part in self.parts)

    @property
    def certain(self) -> int:
        """How many of its digits are more than a sound."""
        return sum(part.certain for part in self.parts)

    def pieces(self) -> list[str]:
        """Its digits as the signs between them divide it."""
        pieces: list[str] = []
        for index, part in enumerate(self.parts):
            if part.joined and index:
                pieces[-1] += part.digits
            else:
                pieces.append(part.digits)
        return pieces

    def signs(self, view: View) -> list[str]:
        """The signs between its pieces, blanks left out."""
        pairs = pairwise(self.parts)
        return ["".join(view.text[one.end : two.start].split()) for one, two in pairs if not two.joined]


class Run:
    """Digits in a row; a number may begin and end where a part does.

    One of more than MAX_PARTS parts is `shredded`: kept as a single part.
    """

    __slots__ = ("_begins", "digits", "parts", "shredded")

    def __init__(self, parts: tuple[Part, ...], shredded: bool = False) -> None:
        self.parts = parts
        self.shredded = shredded
        self.digits = "".join(part.digits for part in parts)
        begins = accumulate((len(part.digits) for part in parts), initial=0)
        self._begins = {at: index for index, at in enumerate(begins)}

    def number(self, start: int, end: int) -> Number | None:
        """These digits of the run as a number, None where they begin or end inside a part."""
        first, last = self._begins.get(start), self._begins.get(end)
        return None if first is None or last is None else Number(self.parts[first:last])

    def whole(self) -> Number:
        """All of it as one number."""
        return Number(self.parts)

    def trimmed(self) -> Number:
        """All of it but a single digit at an end, which may belong to the words there (户名李四，6217…)."""
        first, last = 0, len(self.parts)
        if last > 2:
            first += len(self.parts[0].digits) == 1
            last -= len(self.parts[-1].digits) == 1
        return Number(self.parts[first:last])

    def pieces(self, shortest: int) -> Iterator[Number]:
        """Each stretch without a sign inside as a number of its own, those with fewer digits left out."""
        first = length = 0
        for index, part in enumerate(self.parts):
            if not part.joined:
                if length >= shortest:
                    yield Number(self.parts[first:index])
                first, length = index, 0
            length += len(part.digits)
        if length >= shortest:
            yield Number(self.parts[first:])


def runs(view: View) -> list[Run]:
    """The runs of at least five digits, divided where a mask such as `****` hides some."""
    if _RUN.search(view.kept) is None:
        return []
    return [run for found in _RUN.finditer(view.kept) for run in _divided(view, found.start(), found.end())]


def has_digits(view: View) -> bool:
    """Whether there are two digits or more in a row anywhere."""
    return _HEAD.search(view.kept) is not None


def tail(view: View) -> Run | None:
    """The digits a message ends with."""
    found = _TAIL.search(view.kept)
    return None if found is None else Run(_parts(view, found.start(), found.end()))


def stretches(view: View) -> list[Run]:
    """All runs of two digits or more, in their order."""
    return [Run(_parts(view, *found.span())) for found in _HEAD.finditer(view.kept)]


def _divided(view: View, start: int, end: int) -> Iterator[Run]:
    if end - start > MAX_PARTS and len(_PART.findall(view.kept, start, end)) > MAX_PARTS:
        digits = "".join(filter(str.isdigit, view.kept[start:end].translate(_READ)))
        yield Run((Part(start, end, digits, len(digits), False),), shredded=True)
        return
    parts = _parts(view, start, end)
    first = 0
    for index in range(1, len(parts)):
        gap = view.text[parts[index - 1].end : parts[index].start]
        if len(gap) > 1 and _MASK.search(gap):
            yield Run(parts[first:index])
            first = index
    yield Run(parts[first:])


def _parts(view: View, start: int, end: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    last = -1
    for found in _PART.finditer(view.kept, start, end):
        digits = found[0].translate(_READ)
        begin, until = found.span()
        parts.append(Part(begin, until, digits, 0 if found.lastgroup == "sound" else len(digits), begin == last))
        last = until
    return tuple(parts)
