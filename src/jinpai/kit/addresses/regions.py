"""Where a text lies: the province, city and district it names, in whatever order and however short.

Every name found is a candidate; a place is as likely as its own name and the names of what it lies in are plain, near
and complete. A road called after a city (南京路) is no city.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jinpai.kit.addresses.gazetteer import Level, Place, names, simplify

_LONGEST = 16
_MOST = 60
_ENOUGH = 1.2
_CLOSE = 0.05
_FULL = {"province": 3.2, "city": 3.2, "district": 3.0}
_SHORT = {"province": 2.6, "city": 2.2, "district": 1.6}
_ADJACENT, _AHEAD, _ALONE, _UNIQUE, _ELSEWHERE, _OPENS = 1.0, 0.3, -1.0, 0.8, -3.0, 0.8
_ABOVE: Mapping[Level, tuple[Level, ...]] = {"province": (), "city": ("province",), "district": ("city", "province")}
_LETTER, _LETTER_MORE = 0.5, 0.06
_VAGUE = frozenset(("新城区", "市中区", "港口区"))
"""Districts whose name means something else in most addresses: they count like short names."""

_NO_PLACE = re.compile(
    r"[新老大东西南北中上下]?(?:路|街(?!道)|大道|大街|巷|弄|胡同|桥|站)|道(?!外|里|真|县)|新?村(?!镇)|公园|国际|广场|大厦|花园|花苑|小区|家园|"
    r"公寓|宾馆|酒店|饭店|餐厅|医院|大学|学院|中学|小学|银行|公司|大酒|人家|名苑|苑|火锅|面馆|拉面|菜|话|人(?!民)|号|镇|乡|街道|"
    r"高速|机场|车站|商城|市场|学校|分店|分公司|专卖|旗舰"
)
"""What follows a name that is only borrowed."""

_GOES_ON = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:路|街|大道|镇|乡|新区|开发区|工业园|工业区|商贸城)")
"""What follows a city that an address begins with: a street, a town or an estate."""

_OPENING = "在到往寄发送是去址于住成区给邮"
"""What people write right before a place."""

_BETWEEN = re.compile(r"[\s,，、/|·\-—_>:：.。;；()（）]{0,12}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text (from `start`, up to `end`) and one place it may mean; `weight` is how plainly it says so."""

    start: int
    end: int
    place: Place
    weight: float


@dataclass(frozen=True, slots=True)
class Region:
    """What was recognised, the stretches of text that said so, and the places it might be as well."""

    place: Place
    spans: tuple[tuple[int, int], ...]
    others: tuple[Place, ...] = ()


def find_region(text: str) -> Region | None:
    """The place the text names as far down as it is told; None when it names none plainly enough."""
    text = simplify(text)
    mentions = sorted(_outermost(_mentions(text)), key=lambda mention: -mention.weight)[:_MOST]
    ranked = sorted((_support(text, mention, mentions) for mention in mentions), key=lambda one: -one[0])
    if not ranked or ranked[0][0] < _ENOUGH:
        return None
    best, spans = ranked[0][0], ranked[0][1]
    place = ranked[0][2]
    rivals = {other for score, _, other in ranked if best - score < _CLOSE and not _agree(place, other)}
    if rivals:
        everyone = (place, *sorted(rivals, key=lambda one: (one.province, one.city, one.district)))
        return Region(_common(everyone), spans, everyone)
    return Region(place, spans)


def _agree(one: Place, other: Place) -> bool:
    return one.holds(other) or other.holds(one)


def _common(found: Sequence[Place]) -> Place:
    """What all of them lie in; a place without a name when that is only the country."""
    first = found[0]
    for up in (Place(first.province, first.city), Place(first.province)):
        if all(up.holds(place) for place in found):
            return up
    return Place("")


def _outermost(mentions: Iterator[Mention]) -> Iterator[Mention]:
    """Those that are not the end or the middle of a longer name (南县 in 郁南县)."""
    reached = 0
    for start, group in groupby(mentions, key=lambda mention: mention.start):
        here = [mention for mention in group if mention.end > reached]
        yield from here
        reached = max(reached, start, *(mention.end for mention in here))


def _mentions(text: str) -> Iterator[Mention]:
    known = names()
    for start in range(len(text)):
        for end in range(start + 1, min(start + _LONGEST, len(text)) + 1):
            for meaning in known.get(text[start:end], ()):
                weight = _weight(text, start, end, meaning.place, meaning.is_full)
                if weight is not None:
                    yield Mention(start, end, meaning.place, weight - start / 10_000)


def _weight(text: str, start: int, end: int, place: Place, is_full: bool) -> float | None:
    name, level = text[start:end], place.level
    if end - start == 1:
        return _LETTER if _begins_place(text, end, place) else None
    plain = is_full and len(name) > 2 and name not in _VAGUE
    weight = (_FULL if plain else _SHORT)[level] + _LETTER_MORE * min(len(name) - 2, 6)
    if _NO_PLACE.match(text, end) and not _begins_place(text, end, place):
        weight += -1.0 if plain else _ELSEWHERE
    return weight


def _begins_place(text: str, start: int, above: Place) -> bool:
    """Whether the name of something in this place begins here."""
    known = names()
    return any(
        meaning.place != above and above.holds(meaning.place)
        for end in range(start + 2, min(start + _LONGEST, len(text)) + 1)
        for meaning in known.get(text[start:end], ())
    )


def _support(
    text: str, mention: Mention, mentions: Sequence[Mention]
) -> tuple[float, tuple[tuple[int, int], ...], Place]:
    """How much speaks for this mention, with the best names of what it lies in."""
    score, chain = mention.weight, [mention]
    for level in _ABOVE[mention.place.level]:
        above = [
            (other.weight + _nearness(text, other, chain), other)
            for other in mentions
            if other.place.level == level
            and other.place.holds(mention.place)
            and all(other.end <= one.start or one.end <= other.start for one in chain)
        ]
        if above and (found := max(above, key=lambda pair: pair[0]))[0] > 0:
            score += found[0]
            chain.append(found[1])
    if len(chain) == 1 and mention.place.level == "district":
        score += _alone(text, mention)
    elif len(chain) == 1 and mention.place.level == "city" and _begins_address(text, mention):
        score += _OPENS
    return score, tuple(sorted((one.start, one.end) for one in chain)), mention.place


def _alone(text: str, mention: Mention) -> float:
    """What to take off a district that no city stands beside: short names, and those in the middle of other words."""
    before = text[mention.start - 1 : mention.start]
    inside = 0.0 if not before or before in _OPENING or not "\u4e00" <= before <= "\u9fff" else _ALONE
    if mention.weight >= _FULL["district"] - 0.5:
        return 2 * inside
    return inside + _ALONE + (_UNIQUE if _is_unique(text[mention.start : mention.end]) else 0)


def _begins_address(text: str, mention: Mention) -> bool:
    """Whether an address begins with this city (`深圳春风路4215号`): nothing stands before it, a street behind it."""
    before = text[: mention.start].strip(" ,，:：")
    return (not before or before[-1] in _OPENING) and _GOES_ON.match(text, mention.end) is not None


def _nearness(text: str, other: Mention, chain: Sequence[Mention]) -> float:
    """A name right before or after the others says more; right before says most."""
    gaps = [(other.end, one.start, True) if other.end <= one.start else (one.end, other.start, False) for one in chain]
    score = 0.0
    for end, start, is_ahead in gaps:
        if _BETWEEN.fullmatch(text, end, start):
            score = max(score, _ADJACENT + (_AHEAD if is_ahead else 0))
    return score


def _is_unique(name: str) -> bool:
    return len({meaning.place for meaning in names()[name]}) == 1 and name not in _VAGUE
