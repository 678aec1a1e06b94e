"""How much two texts have in common, by their letters alone."""

from itertools import pairwise

LEAST_RUN = 5
"""From so many letters on a run that two questions share tells that they are one."""


def shared_run(one: str, other: str) -> float:
    """How much of the shorter text the longest run of letters is that both have, where that is most of it (0–1)."""
    short, long = sorted(("".join(filter(str.isalnum, text)) for text in (one, other)), key=len)
    for length in range(len(short), max(LEAST_RUN, len(short) // 2) - 1, -1):
        if any(short[start : start + length] in long for start in range(len(short) - length + 1)):
            return min(1.0, length / (0.55 * len(short)))
    return 0.0


def _pairs(text: str) -> set[str]:
    letters = [letter for letter in text if letter.isalnum()]
    return {first + second for first, second in pairwise(letters)}


def overlap(one: str, other: str) -> float:
    """How many of their pairs of letters two texts share (0–1)."""
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def share_of(asked: str, said: str) -> float:
    """How much of what is asked comes up in what is said (0–1)."""
    mine = _pairs(asked)
    return len(mine & _pairs(said)) / max(3, len(mine))
