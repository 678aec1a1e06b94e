"""What a character of an address shows of the part it belongs to: its neighbours, the signs around it, known places."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from jinpai.kit.addresses.gazetteer import names

_SIGNS = frozenset("省市区县镇乡街道路村社弄巷号幢栋楼室座层单元园厦场城店厂司院校")
"""Characters that end parts of an address."""

_REACH = 6
_LONGEST = 12
_NUMERAL = frozenset("一二三四五六七八九十百")


def address_features(tokens: Sequence[str]) -> list[list[str]]:
    """The features of each token (a character, or a number as a whole) of one address."""
    shapes = [_shape(token) for token in tokens]
    padded = ["^^", "^^", "^^", "^", *shapes, "$", "$$", "$$", "$$"]
    places = ["^", *_places(tokens), "$"]
    signs = [at for at, shape in enumerate(shapes) if shape in _SIGNS]
    return [
        [
            *_window(padded[at : at + 9]),
            *_around(shapes, signs, at),
            *_known(places[at : at + 3], shapes[at]),
            f"begin{min(at, 9)}",
            f"end{min(len(tokens) - 1 - at, 5)}",
            "always",
        ]
        for at in range(len(tokens))
    ]


def _window(near: Sequence[str]) -> list[str]:
    """The token in the middle with up to three on either side, alone and joined."""
    before3, before2, before, here, after, after2, after3 = near[1:8]
    kinds = "".join(map(_kind, near[2:7]))
    return [
        f"0{here}", f"-1{before}", f"-2{before2}", f"-3{before3}", f"+1{after}", f"+2{after2}", f"+3{after3}",
        f"a{before}{here}", f"b{here}{after}", f"c{before2}{before}", f"d{after}{after2}", f"e{before}{after}",
        f"f{before2}{before}{here}", f"g{before}{here}{after}", f"h{here}{after}{after2}",
        f"i{before3}{before2}{before}{here}", f"j{here}{after}{after2}{after3}", f"k{kinds}",
    ]  # fmt: skip


def _around(shapes: Sequence[str], signs: Sequence[int], at: int) -> list[str]:
    """The nearest two signs on either side, and how far the nearest are."""
    place = bisect_left(signs, at)
    ahead = [shapes[sign] for sign in signs[place : place + 2]] + ["$", "$"]
    behind = [shapes[sign] for sign in reversed(signs[max(0, place - 2) : place])] + ["^", "^"]
    to = min(signs[place] - at, _REACH) if place < len(signs) else 0
    since = min(at - signs[place - 1], _REACH) if place > 0 else 0
    return [
        f"n{ahead[0]}", f"N{ahead[0]}{to}", f"p{behind[0]}", f"P{behind[0]}{since}", f"np{ahead[0]}{behind[0]}",
        f"nn{ahead[0]}{ahead[1]}", f"pp{behind[0]}{behind[1]}", f"ppn{behind[1]}{behind[0]}{ahead[0]}",
    ]  # fmt: skip


def _known(places: Sequence[str], shape: str) -> list[str]:
    before, here, after = places
    return [f"G{here}", f"Gp{before}{here}", f"Gn{here}{after}", f"Gw{here}{shape}"]


def _places(tokens: Sequence[str]) -> list[str]:
    """For each token what place it is part of, by the longest names: levels, full or short, beginning or end."""
    marks = ["-"] * len(tokens)
    known, at = _levels(), 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + _LONGEST), at + 1, -1):
            level = known.get("".join(tokens[at:end]))
            if level is not None:
                for inside in range(at, end):
                    marks[inside] = level + ("B" if inside == at else "E" if inside == end - 1 else "I")
                at = end
                break
        else:
            at += 1
    return marks


@cache
def _levels() -> Mapping[str, str]:
    """Name → what places it may mean, in a few letters."""
    return {
        name: "".join(sorted({meaning.place.level[0] + ("F" if meaning.is_full else "s") for meaning in meanings}))
        for name, meanings in names().items()
        if len(name) > 1
    }


def _shape(token: str) -> str:
    if re.fullmatch(r"\d+", token):
        return "0" * min(len(token), 4)
    if re.fullmatch(r"[A-Za-z]+", token):
        return "A"
    return "一" if token in _NUMERAL else token


def _kind(shape: str) -> str:
    if shape[0].isdigit():
        return "D"
    if shape[0].isascii() and shape[0].isalpha():
        return "L"
    return "H" if "\u4e00" <= shape[0] <= "\u9fff" else "P"
