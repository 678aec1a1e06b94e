"""How satisfied a buyer is at a point of a talk, from the words last said and the course that led there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinpai.kit.learning.grams import Views, cut_views, tidy

LOOK_BACK = 3
_ENDS = "?!？！"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a buyer said, what was answered ("" when nothing was yet), and what kind of request it is, if known."""

    buyer: str
    agent: str = ""
    act: str = ""


def cut_talk(turns: Sequence[Turn]) -> Views:
    """The pieces of a talk that ends with the buyer's words: these words in two views, those before, the course."""
    last = turns[-1].buyer if turns else ""
    near, gapped, _ = cut_views(last)
    before = [f"{back}{piece}" for back, turn in enumerate(_before(turns), 1) for piece in _pairs(turn.buyer)]
    views = (near, gapped, before, list(_course(turns, last)))
    return tuple(list(dict.fromkeys(view)) for view in views)


def _before(turns: Sequence[Turn]) -> Sequence[Turn]:
    """The turns before the last, the nearest first."""
    return turns[-2 : -2 - LOOK_BACK : -1]


def _pairs(text: str) -> list[str]:
    tidied = f"^{tidy(text)}$"
    return [tidied[at : at + 2] for at in range(len(tidied) - 1)] if text else ["-"]


def _course(turns: Sequence[Turn], last: str) -> Iterator[str]:
    """How the talk went: how long it is, what was asked again, who was left without an answer."""
    acts = [turn.act for turn in turns]
    for back, act in enumerate(reversed(acts[-LOOK_BACK:])):
        yield f"act{back}={act}"
    if len(acts) > 1:
        yield f"acts={acts[-2]}>{acts[-1]}"
    yield f"turns={min(len(turns), 12)}"
    yield f"length={min(len(last) // 4, 8)}"
    yield f"repeated={min(Counter(acts)[acts[-1]], 4) if acts and acts[-1] not in ('', '0') else 0}"
    yield f"again={any(tidy(turn.buyer) == tidy(last) for turn in turns[:-1])}"
    unanswered = sum(not turn.agent for turn in turns[:-1])
    yield f"unanswered={min(unanswered, 5)}"
    yield f"left={bool(len(turns) > 1 and not turns[-2].agent)}"
    yield from (f"has{sign}" for sign in _ENDS if sign in last)
    for turn in turns[:-1]:
        yield f"earlier={turn.act}"
