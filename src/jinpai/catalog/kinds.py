"""Which goods of a shop a sentence tells apart by what they are called: a kind (`帐篷`), or one of them (`高背`)."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from operator import ne

from jinpai.catalog.content import Product
from jinpai.kit.pinyin import readings

LONGEST = 8
"""Characters of a run that is looked for in names."""
COUNTING = "套件双条个只把顶张盏根款对"
"""What counts goods and therefore names none by itself: `一套` is no `手套`."""
POINTING, TELLING = "个的款只这那把张条顶双件你家买", "能可会是防多够怎要耐几"
"""What stands before a noun that goods are called by, and what is said behind it."""
PLACES = tuple("湖山路县市区镇村")
"""What ends the name of a place: `天目湖` is no `天幕`."""
LOOKED_AT = 60
"""Characters of a sentence that are looked through."""

_NUMBER = re.compile(r"\d+")


def goods_of_kind(text: str, products: Sequence[Product], needs: Collection[str] = ()) -> tuple[Product, ...]:
    """The goods whose kind this text names, in the shop's order; none where it names no kind.

    A kind is a category, else the longest piece of two characters or more that names have, else the last character
    of what a title calls them (`椅` in `露营椅`). `needs` are words that tell what for, not what.
    """
    text = text[:LOOKED_AT]
    by_category = [one for one in products if one.category in text]
    if by_category:
        narrower = [
            run
            for run in _runs(text, by_category)
            if any(run != one.category and one.category in run for one in by_category)
        ]
        chosen = ([one for one in by_category if run in _names(one)] for run in narrower)
        return tuple(next(filter(None, chosen), by_category))
    runs = [run for run in _runs(text, products) if not any(run in need or need in run for need in needs)]
    longest = max(map(len, runs), default=0)
    if longest:
        heads = {run for run in runs if len(run) == longest}
        heads = {run for run in heads if any(_is_head(run, one) for one in products)} or heads
        found = [one for one in products if any(run in _names(one) for run in heads)]
        found = [one for one in found if any(_is_head(run, one) for run in heads)] or found
        return _of_one_kind(found) or _of_one_kind(_misspelt(text, products))
    nouns = {letter for letter in text if letter not in COUNTING and _ends(text, letter)}
    found = [one for one in products if any(word[-1] in nouns for word in _words(one))]
    if len({one.category for one in found}) > 1:
        found = [one for one in found if one.category[-1] in nouns]
    return _of_one_kind(found) or _of_one_kind(_misspelt(text, products))


def goods_called(text: str, products: Sequence[Product]) -> tuple[Product, ...]:
    """The goods whose last character stands in the text as a noun (`那个灯能充电吗`), of whatever categories; where the
    text has a number that only some of them have in their names (`45L的包`), these."""
    text = text[:LOOKED_AT]
    nouns = {letter for letter in text if letter not in COUNTING and (_ends(text, letter) or _is_subject(text, letter))}
    found = [one for one in products if any(word[-1] in nouns for word in _words(one))]
    if len({one.category for one in found}) > 1:
        found = [one for one in found if one.category[-1] in nouns] or found
    numbers = set(_NUMBER.findall(text))
    numbered = [one for one in found if numbers & set(_NUMBER.findall(one.title))]
    return tuple(numbered or found)


def is_called(word: str, product: Product) -> bool:
    """Whether this word alone is the goods' kind: their category, the end of their short name, or a name of theirs."""
    return word == product.category or (len(word) > 1 and _is_head(word, product))


def without_names(text: str, product: Product) -> str:
    """The text without what this product is called, in full or by its kind (`保温壶` of `山泉保温壶`)."""
    kinds = (product.short[start:] for start in range(1, len(product.short) - 1))
    for name in (product.title, product.short, *product.also_called, *kinds):
        text = text.replace(name, "")
    return text


def goods_named(text: str, products: Sequence[Product]) -> tuple[Product, ...]:
    """The goods that a piece of their name tells from all others, in the order of the text."""
    text = text[:LOOKED_AT]
    found: dict[str, int] = {}
    for run in _runs(text, products):
        having = [one.id for one in products if run in _names(one)]
        if len(having) == 1:
            at = text.find(run)
            found[having[0]] = min(at, found.get(having[0], at))
    by_id = {one.id: one for one in products}
    return tuple(by_id[id_] for id_ in sorted(found, key=lambda one: found[one]))


def _runs(text: str, products: Sequence[Product]) -> list[str]:
    """Every piece of Chinese characters of the text, two or more, that these goods have in their names; longest first.

    All names are searched at once, so that a shop of thousands costs little.
    """
    names = "\n".join(map(_names, products))
    pieces = {
        text[start : start + length]
        for length in range(2, LONGEST + 1)
        for start in range(len(text) - length + 1)
        if all("\u4e00" <= letter <= "\u9fff" for letter in text[start : start + length])
    }
    return sorted((piece for piece in pieces if piece in names), key=lambda run: (-len(run), text.find(run)))


def _of_one_kind(found: Sequence[Product]) -> tuple[Product, ...]:
    return tuple(found) if len({one.category for one in found}) == 1 else ()


def _misspelt(text: str, products: Sequence[Product]) -> list[Product]:
    """The goods whose kind stands in the text with another character of the same sound in the place of one (`睡带`).

    Words of two characters sound like too much else (`手掌` like `手杖`): of these only a category, begun right.
    """
    kinds = {kind for one in products for kind in _written_wrong(one)}
    meant = {kind for kind in kinds if _sounds(kind, text)}
    return [one for one in products if not meant.isdisjoint(_written_wrong(one))] if meant else []


def _written_wrong(product: Product) -> Sequence[str]:
    """The words for the goods that a slip of the pen still shows."""
    longer = [kind for kind in (*product.also_called, product.short[-3:]) if len(kind) > 2]
    return [product.category, *longer] if len(product.category) > 1 else longer


def _sounds(kind: str, text: str) -> bool:
    """Whether the syllables of this word stand in the text one behind the other, all characters but one as written."""
    said, aloud = _aloud(kind), _aloud(text)
    at = aloud.find(said)
    while at >= 0:
        start = aloud.count(" ", 0, at)
        written = text[start : start + len(kind)]
        is_begun = len(kind) > 2 or (kind[0] == written[0] and text[start + 2 : start + 3] not in PLACES)
        if is_begun and sum(map(ne, kind, written)) == 1:
            return True
        at = aloud.find(said, at + 1)
    return False


@lru_cache(maxsize=20_000)
def _aloud(text: str) -> str:
    """The text as it is read: a blank before each syllable, and one at the end; a sign is read as itself."""
    return "".join(f" {(readings(letter) or (letter.strip() or '_',))[0]}" for letter in text) + " "


def _names(product: Product) -> str:
    """Everything it is called, a name a line."""
    return "\n".join((product.title, product.short, *product.also_called))


def _is_head(run: str, product: Product) -> bool:
    """Whether this is what the goods are, not what they are for: the end of their short name, or a name."""
    return product.short.endswith(run) or run in product.also_called


def _ends(text: str, letter: str) -> bool:
    """Whether this character stands in the text as a noun may: before `子`, or where a phrase ends."""
    at = text.find(letter)
    after = text[at + 1 : at + 2]
    return "\u4e00" <= letter <= "\u9fff" and (after in ("子", "吗", "呢", "啊", "有", "推") or not after.isalnum())


def _is_subject(text: str, letter: str) -> bool:
    """Whether something is told or asked of this character as of goods: pointed at before it, or a verb behind it."""
    at = text.find(letter)
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return "\u4e00" <= letter <= "\u9fff" and (not before or before in POINTING) and after in TELLING


def _words(product: Product) -> list[str]:
    """What the title calls it, without the name of the model that comes first and what is not Chinese at the end."""
    words = product.title.split()
    return [word for word in words[1:] if "\u4e00" <= word[-1] <= "\u9fff"][:1]
