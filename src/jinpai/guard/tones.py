"""How a message sounds, where no list of words foresaw it: weights of its pairs of characters.

The weights stand in tones.txt, which `python -m bench.tone_table` learns from messages judged one by one.
"""

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


@dataclass(frozen=True, slots=True)
class Scale:
    """The table: weights of unkindness at hand, those of the families as they are written."""

    families: tuple[str, ...]
    starts: tuple[int, ...]
    unkind: Mapping[str, int]
    shares: Mapping[str, str]


@lru_cache(maxsize=1)
def scale() -> Scale:
    """The table, read when it is first asked for."""
    families, starts, *lines = TABLE.read_text("utf-8").splitlines()
    parted = [line.split(" ", 2) for line in lines]
    return Scale(
        tuple(families.split()),
        tuple(map(int, starts.split())),
        {piece: int(weight) for piece, weight, _ in parted},
        {piece: shares for piece, _, shares in parted},
    )


def pieces(tight: str) -> list[str]:
    """The pairs of characters of a message, its beginning and end marked."""
    return [*map(add, "^" + tight, tight + "$")]


def unkindness(tight: str) -> int:
    """How far from kind a message sounds, in parts of SCALE: about 1000 unkind, about -1000 kind, 0 undecided."""
    table = scale()
    found = map(table.unkind.get, map(add, "^" + tight, tight + "$"))
    return table.starts[0] + int(sum(filter(None, found)) / sqrt(len(tight) + 1))


def family_of(tight: str, among: Iterable[str]) -> str:
    """The family of these that an unkind message sounds most like."""
    table = scale()
    found = pieces(tight)
    part = sqrt(len(found))
    rows = [map(int, table.shares[piece].split()) for piece in found if piece in table.shares]
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
