"""How a message sounds, where no list of words foresaw it: weights of its characters and pairs of characters.

The weights stand in tones.txt, which `python -m bench.tone_table` learns from messages judged one by one.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from operator import add
from pathlib import Path

from jinpai.guard.excuses import Case, Find

TABLE = Path(__file__).with_name("tones.txt")

SCALE = 1000
"""Of how many parts a weight of one consists."""

SHORTEST, LONGEST = 5, 80
"""A message with fewer or more characters in the tight reading has no tone of its own."""


_REMEMBERED = 60_000
"""So many pairs have their weight kept, those the table does not know among them."""

_CODING = f"utf-16-{sys.byteorder[0]}e"
"""How a text is laid out so that every two of its units read as one number of this machine."""


class Unkind(dict[int, int]):
    """What each pair (as `_codes` has it) weighs with its first character; that character alone where it is unknown."""

    def __init__(self) -> None:
        super().__init__()
        self._alone: dict[str, int] = {}
        self._weights: dict[int, int] = {}

    def put(self, piece: str, weight: int) -> None:
        """Takes a line of the table; a character comes before the pairs it begins."""
        if len(piece) == 1:
            self._alone[piece] = weight
        else:
            whole = weight + self._alone.get(piece[0], 0)
            self[_codes(piece)[0][0]] = self._weights.setdefault(whole, whole)  # equal weights are one object

    def __missing__(self, pair: int) -> int:
        first = pair.to_bytes(4, sys.byteorder).decode(_CODING, "surrogatepass")[0]
        weight = self._alone.get(first, 0)
        if len(self) < _REMEMBERED:
            self[pair] = weight
        return weight


@dataclass(frozen=True, slots=True)
class Scale:
    """The table: weights of unkindness by pair, and those of the families in the order of the sorted pieces."""

    families: tuple[str, ...]
    starts: tuple[int, ...]
    unkind: "Unkind"
    sorted: tuple[str, ...]
    shares: "array[int]"

    def shares_of(self, piece: str) -> "array[int]":
        """What a piece weighs for each family; empty for a piece the table does not have."""
        at = bisect_left(self.sorted, piece)
        if at == len(self.sorted) or self.sorted[at] != piece:
            return self.shares[:0]
        return self.shares[at * len(self.families) : (at + 1) * len(self.families)]


@lru_cache(maxsize=1)
def scale() -> Scale:
    """The table, read when it is first asked for; its lines stand in the order of their pieces."""
    unkind, known, shares = Unkind(), list[str](), array("h")
    with TABLE.open(encoding="utf-8") as lines:
        families, starts = next(lines).split(), [int(part) for part in next(lines).split()]
        for line in lines:
            piece, weight, *parts = line.split()
            unkind.put(piece, int(weight))
            known.append(piece)
            shares.extend(map(int, parts))
    return Scale(tuple(families), tuple(starts), unkind, tuple(known), shares)


def pairs(tight: str) -> list[str]:
    """The pairs of characters of a message, its beginning and end marked."""
    return [*map(add, "^" + tight, tight + "$")]


def _codes(text: str) -> tuple[memoryview, memoryview]:
    """Every other pair of a text's UTF-16 units as a number, and those in between: read without cutting the text."""
    units = memoryview(text.encode(_CODING))
    size = len(units)
    return units[: size & ~3].cast("I"), units[2 : 2 + (size - 2 & ~3)].cast("I")


def pieces(tight: str) -> list[str]:
    """The pairs of characters of a message, and its characters."""
    return [*pairs(tight), *tight]


def unkindness(tight: str) -> int:
    """How far from kind a message sounds, in parts of SCALE: about 1000 unkind, about -1000 kind, 0 undecided."""
    table = scale()
    weigh = table.unkind.__getitem__
    even, odd = _codes(f"^{tight}$")
    return table.starts[0] + int((sum(map(weigh, even)) + sum(map(weigh, odd))) / sqrt(2 * len(tight) + 1))


def family_of(tight: str, among: Iterable[str]) -> str:
    """The family of these that an unkind message sounds most like."""
    table = scale()
    found = pieces(tight)
    part = sqrt(len(found))
    rows = [row for row in map(table.shares_of, found) if row]
    columns = zip(table.starts[1:], *rows, strict=True)
    totals = [start + sum(shares) / part for start, *shares in columns]
    allowed = set(among)
    return max((total, family) for total, family in zip(totals, table.families, strict=True) if family in allowed)[1]


@dataclass(frozen=True, slots=True)
class Tones:
    """All tone rules of a guard: the number of each by family, and how unkind a message must sound for it."""

    rules: Mapping[str, tuple[int, int]]
    least: int

    @staticmethod
    def of(rules: Mapping[str, tuple[int, int]]) -> "Tones":
        """The rules, ready for use."""
        return Tones(rules, min((least for _, least in rules.values()), default=0))

    def finds(self, case: Case) -> dict[int, Find]:
        """The rule of the family a message sounds like, when it sounds unkind enough; the find is the whole message."""
        tight = case.view.tight
        if not self.rules or not SHORTEST <= len(tight) <= LONGEST:
            return {}
        heard = unkindness(tight)
        if heard < self.least:
            return {}
        index, least = self.rules[family_of(tight, self.rules)]
        return {index: Find(0, len(case.view.text), tight)} if heard >= least else {}
