"""Many short texts laid end to end, so that one search of the C library goes through all of them."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice, product

from jinpai.kit.pinyin import readings

VARIANTS = 8
"""How many spellings of one title are kept when its characters have several readings."""

WINDOW = 6
"""How many characters beside a second reading are kept with it in a long text."""

KEPT = 1 << 16
"""How many texts' spellings are kept: when one reply changes, the others need not be spelt again."""

LINKS = frozenset(
    "的了吗呢吧啊呀哦啦嘛您你我咱们他她它是在有和跟与或就也都还再又才只很太最更"
    "把被给帮替让请要想会能可得着过到从对向这那哪先等看说下上里"
)
"""Characters that stand between words more often than inside them: behind one a word begins, and at one, too."""

OPENERS = frozenset("怎什几哪多")
"""Characters that begin a word wherever they stand."""

Sound = tuple[str, ...]
"""How one character may be spelt; empty where words end: at blanks and punctuation."""


class Lane:
    """Texts without line breaks, each belonging to an item; one item may have several. A capital begins a word."""

    def __init__(self, texts: Sequence[tuple[int, str]]) -> None:
        self._items = array("I", (item for item, _ in texts))
        self._starts = array("L", accumulate((len(text) + 1 for _, text in texts), initial=1))
        self._cased = "\n".join(("", *(text for _, text in texts), ""))
        self._all = self._cased.lower()

    def whole(self, needle: str) -> Iterator[int]:
        """The items with a text that is just this."""
        return (self._item(at + 1) for at in self._places(f"\n{needle}\n"))

    def starting(self, needle: str) -> Iterator[int]:
        """The items with a text that starts so."""
        return (self._item(at + 1) for at in self._places(f"\n{needle}"))

    def holding(self, needle: str) -> Iterator[int]:
        """The items with a text that has this anywhere, each text's item once."""
        at = self._all.find(needle)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            yield self._items[index]
            at = self._all.find(needle, self._starts[index + 1])

    def beginning(self, needle: str) -> Iterator[int]:
        """The items in which a word begins so."""
        return (self._item(at) for at in self._places(needle) if not self._cased[at].islower())

    def words(self, needle: str) -> Iterator[int]:
        """The items in which this is a word, or several."""
        cased, length = self._cased, len(needle)
        places = (at for at in self._places(needle) if not cased[at].islower() and not cased[at + length].islower())
        return map(self._item, places)

    def _places(self, needle: str) -> Iterator[int]:
        at = self._all.find(needle)
        while at >= 0:
            yield at
            at = self._all.find(needle, at + 1)

    def _item(self, at: int) -> int:
        return self._items[bisect_right(self._starts, at) - 1]


def sounds(text: str) -> list[Sound]:
    """How each character of the text may be spelt: pinyin, or itself where it is a letter or a digit."""
    return [readings(one) or ((one.lower(),) if one.isascii() and one.isalnum() else ()) for one in text]


@lru_cache(KEPT)
def syllables(text: str) -> tuple[str, ...]:
    """The ways to spell a short text in full, without its punctuation, a capital at each syllable."""
    choices = [tuple(one.capitalize() for one in sound) for sound in sounds(text) if sound]
    return _combined(choices)


@lru_cache(KEPT)
def initials(text: str) -> tuple[str, ...]:
    """The ways to spell a short text by its initials, a capital at each word."""
    choices = [choice for choice in _initials(text) if choice != (" ",)]
    return _combined(choices)


@lru_cache(KEPT)
def long_syllables(text: str) -> tuple[str, ...]:
    """A long text spelt in full: whole in the usual readings, and around each second reading."""
    return _with_windows([tuple(one.capitalize() for one in sound) or (" ",) for sound in sounds(text)])


@lru_cache(KEPT)
def long_initials(text: str) -> tuple[str, ...]:
    """A long text spelt by its initials, a capital at each word: in the usual readings, and around each second one."""
    return _with_windows(_initials(text))


def _initials(text: str) -> list[tuple[str, ...]]:
    """The initials each character may have; capital where a word may begin, a blank for punctuation."""
    found: list[tuple[str, ...]] = []
    was_word = False
    for one, sound in zip(text, sounds(text), strict=True):
        is_word = bool(sound) and one not in LINKS
        choices = tuple(dict.fromkeys(spelt[0] for spelt in sound)) or (" ",)
        is_inside = is_word and was_word and one not in OPENERS
        found.append(choices if is_inside else tuple(choice.upper() for choice in choices))
        was_word = is_word
    return found


def _combined(choices: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple("".join(chosen) for chosen in islice(product(*choices), VARIANTS)) if choices else ()


def _with_windows(choices: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    usual = [choice[0] for choice in choices]
    texts = ["".join(usual)]
    for at, choice in enumerate(choices):
        for other in choice[1:]:
            before, behind = usual[max(0, at - WINDOW) : at], usual[at + 1 : at + 1 + WINDOW]
            texts.append("".join((*before, other, *behind)))
    return tuple(texts)
