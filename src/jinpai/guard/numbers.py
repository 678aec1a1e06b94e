"""Which runs of digits are numbers one must not give away: mobile, landline, card, or a run beside a telling word."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from jinpai.guard.digits import MIN_CERTAIN, Number, Run, stretches, tail
from jinpai.guard.excuses import REACH, Case, Find
from jinpai.guard.folding import View, fold, view_of

_MOBILE = re.compile(r"(?=(1[3-9]\d{9}))")
_ABROAD = re.compile(r"(?=((?:00)?861[3-9]\d{9}))")
_LANDLINE = re.compile(r"(?=((?:010|02\d|0[3-9]\d{2})[2-8]\d{6,7}|[48]00\d{7}))")
_CARD = re.compile(r"62\d{14,17}")
_USUAL_MOBILE = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (5, 6), (6, 5), (4, 7), (3, 3, 5), (3, 5, 3)})
_UNITS = frozenset("元块折件个天岁斤克码寸")
_CONTACT_LETTERS = ("v", "vx", "wx", "q", "qq", "t", "tel", "m", "call", "phone", "mob", "mobile", "dh", "sj", "weixin")
_LATIN_END = re.compile(r"[a-z]+$")
_STRAY = 2
_LOOKS_BACK = 6
_SPLIT_LENGTH = 24
_CERTAIN = 2
"""How many digits of a piece must be more than a sound."""

_PIECED_LENGTH = 40
_PIECED = (
    "前面",
    "后面",
    "前三",
    "前四",
    "前七",
    "后四",
    "后八",
    "后几",
    "开头",
    "打头",
    "尾号",
    "结尾",
    "接着",
    "再加",
    "加上",
    "连起来",
    "拼起来",
    "合起来",
    "中间",
    "一半",
    "剩下",
    "先发",
    "再发",
    "接下",
    "跟着",
)
"""Words of somebody who tells a number in pieces."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A digits rule, ready for use."""

    shape: str
    shortest: int
    longest: int
    near: tuple[str, ...]
    only_near: bool
    allow: frozenset[str]
    split: bool
    innocent: tuple[str, ...]

    def finds(self, case: Case, found: list[Run]) -> Iterator[Find]:
        """The numbers of this shape in a message whose runs are given."""
        view = case.view
        shape = _SHAPES[self.shape]
        whole = False
        for run in found if found and self._is_worth_it(view) else ():
            for number in shape(self, view, run):
                if number.digits not in self.allow and not _glued(view, number) and self._labelled(view, number):
                    whole = True
                    yield Find(number.start, number.end, _form(number))
        if self.split and not whole:
            yield from self._pieced(view)
            yield from self._across(case)

    def _is_worth_it(self, view: View) -> bool:
        """Whether a number that counts only beside telling words has any of them in its message."""
        return not self.only_near or any(word in view.tight for word in self.near)

    def nearby(self, view: View, number: Number) -> bool:
        """Whether one of the telling words stands close to the number, in this clause or the next."""
        start, end = view.place(number.start, number.end)
        window = view.tight[max(0, start - REACH) : start] + " " + view.tight[end : end + REACH // 2]
        return any(word in window for word in self.near)

    def _labelled(self, view: View, number: Number) -> bool:
        return not self.only_near or self.nearby(view, number)

    def _pieced(self, view: View) -> Iterator[Find]:
        """A mobile number told in pieces within one message: `139开头，后面是12345678`."""
        found = stretches(view) if self.shape == "mobile" and len(view.tight) <= _PIECED_LENGTH else []
        if len(found) < 2 or not _tells_pieces(view) or self._innocent(view):
            return
        digits = "".join(run.digits for run in found)
        if _whole_mobile(digits):
            yield Find(found[0].parts[0].start, found[-1].parts[-1].end, digits[-11:])

    def _across(self, case: Case) -> Iterator[Find]:
        """A number of which the agent sent the first digits just before."""
        view = case.view
        found = _pieces_of(view) if len(view.tight) <= _SPLIT_LENGTH else []
        if not found or view.kept[found[0].end : found[0].end + 1] in _UNITS or self._innocent(view):
            return
        last = _readings(found)
        digits = {""}
        for said in reversed(case.situation.before[-_LOOKS_BACK:]):
            if said.role == "buyer":
                continue
            earlier = view_of(said.text)
            told = (
                _last_digits(earlier) if len(earlier.tight) <= _SPLIT_LENGTH and not self._innocent(earlier) else set()
            )
            if not told:
                return
            digits = {one + other for one in told for other in digits}
            whole = next((one + other for one in digits for other in last if self._is_joined(one + other, earlier)), "")
            if whole:
                yield Find(found[0].start, found[-1].end, whole[-11:])
                return

    def _is_joined(self, digits: str, earlier: View) -> bool:
        """Whether digits of two messages are a number of this shape; a labelled one has its label in the earlier."""
        if self.shape != "run":
            return _whole_mobile(digits)
        return self.shortest <= len(digits) <= self.longest and any(word in earlier.tight for word in self.near)

    def _innocent(self, view: View) -> bool:
        return any(word in view.tight for word in self.innocent)


def _whole_mobile(digits: str) -> bool:
    return re.fullmatch(r"(?:0{0,2}86)?1[3-9]\d{9}", digits) is not None


def _tells_pieces(view: View) -> bool:
    return any(word in view.tight for word in _PIECED)


def _pieces_of(view: View) -> list[Number]:
    """The digits a message begins to tell, all of them where they are told in pieces; a lone 一 is no digit."""
    found = [run.whole() for run in stretches(view)]
    certain = [number for number in found if number.certain >= _CERTAIN]
    return certain if _tells_pieces(view) else certain[:1]


def _last_digits(view: View) -> set[str]:
    """The digits a message ends with, or those of one who tells a number in pieces, in every reading."""
    run = tail(view)
    if _tells_pieces(view):
        return _readings(_pieces_of(view)[-2:])
    return _readings([run.whole()]) if run is not None else set()


def _readings(numbers: list[Number]) -> set[str]:
    """These digits read as one number, with and without a sound at the beginning that stands apart (发 1880)."""
    digits = "".join(number.digits for number in numbers)
    first = numbers[0].parts if numbers else ()
    is_apart = len(first) > 1 and not first[0].certain and not first[1].joined
    return {digits, digits[len(first[0].digits) :]} if is_apart else {digits} - {""}


def _form(number: Number) -> str:
    digits = number.digits
    return digits[-11:] if _whole_mobile(digits) else digits


def _glued(view: View, number: Number) -> bool:
    """Whether the number is the rest of a model or tracking code such as `YT1380…`."""
    letters = _LATIN_END.search(view.kept, max(0, number.start - 12), number.start)
    return letters is not None and not letters[0].endswith(_CONTACT_LETTERS)


def _matching(expression: re.Pattern[str], run: Run) -> Iterator[Number]:
    """The numbers of a run that an expression with one group describes, none overlapping another."""
    after = 0
    for found in expression.finditer(run.digits):
        start, end = found.span(1)
        number = run.number(start, end) if start >= after else None
        if number is not None and number.certain >= MIN_CERTAIN:
            yield number
            after = end


def _mobiles(rule: Numbers, view: View, run: Run) -> Iterator[Number]:
    if run.shredded:
        yield run.whole()
        return
    for number in _matching(_MOBILE, run):
        pieces = number.pieces()
        if tuple(map(len, pieces)) in _USUAL_MOBILE or _strewn(view, run, number, pieces) or rule.nearby(view, number):
            yield number
    if "86" in run.digits:
        for number in _matching(_ABROAD, run):
            signed = view.kept[number.start - 1 : number.start] == "加" or number.digits.startswith("00")
            if len(number.pieces()[0]) > 4 and (signed or rule.nearby(view, number)):
                yield number


def _strewn(view: View, run: Run, number: Number, pieces: list[str]) -> bool:
    """Whether small pieces look like one number taken apart rather than sizes, prices or times in a row."""
    size = len(pieces[0])
    alike = size <= 2 and all(len(piece) == size for piece in pieces[:-1]) and len(pieces[-1]) <= size
    if not alike or len(run.digits) > len(number.digits) + _STRAY or view.kept[number.end : number.end + 1] in _UNITS:
        return False
    values = [int(piece) for piece in pieces]
    if all(one < two for one, two in pairwise(values)):
        return False
    signs = set(number.signs(view)) - {""}
    return len(signs) < 2 or not signs & {".", ":", "：", "/"}


def _landlines(rule: Numbers, view: View, run: Run) -> Iterator[Number]:
    for number in _matching(_LANDLINE, run):
        pieces = number.pieces()
        parted = len(pieces) > 1 and len(pieces[0]) in (3, 4)
        if parted or rule.nearby(view, number):
            yield number


def _cards(rule: Numbers, view: View, run: Run) -> Iterator[Number]:
    for number in _candidates(run, 12, 19):
        bank = _CARD.fullmatch(number.digits) is not None and _luhn(number.digits)
        if number.certain >= 12 and (bank or rule.nearby(view, number)):
            yield number
            return


def _runs(rule: Numbers, view: View, run: Run) -> Iterator[Number]:
    for number in _candidates(run, rule.shortest, rule.longest):
        if number.certain >= MIN_CERTAIN:
            yield number


def _candidates(run: Run, shortest: int, longest: int) -> Iterator[Number]:
    """The run as one number where it has so many digits, without a stray digit at an end, else its pieces that have."""
    fitting = [number for number in (run.whole(), run.trimmed()) if shortest <= len(number.digits) <= longest]
    if fitting:
        yield fitting[0]
    else:
        yield from (piece for piece in run.pieces(shortest) if len(piece.digits) <= longest)


_SHAPES: Mapping[str, Callable[[Numbers, View, Run], Iterator[Number]]] = {
    "mobile": _mobiles,
    "landline": _landlines,
    "card": _cards,
    "run": _runs,
}


def _luhn(digits: str) -> bool:
    """Whether the last digit checks the others as on bank cards."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def prepared(numbers: tuple[str, ...]) -> frozenset[str]:
    """Public numbers in the form finds are compared with."""
    return frozenset(re.sub(r"\D", "", fold(number)) for number in numbers)
