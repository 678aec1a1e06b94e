"""Which goods a sentence speaks of: products by their names, variants by the words of their choice."""

import re
from collections.abc import Iterable, Sequence

from jinpai.catalog.content import Product, Sku

_PIECES = re.compile(r"[\s；;，,、/／（）()]+")


class Names:
    """The names of a shop's products, ready to be looked for; immutable."""

    def __init__(self, products: Sequence[Product]) -> None:
        forms: dict[str, set[int]] = {}
        for index, product in enumerate(products):
            for form in _forms(product):
                forms.setdefault(form, set()).add(index)
        self._products = tuple(products)
        self._meant = {form: next(iter(found)) for form, found in forms.items() if len(found) == 1}
        longest_first = sorted(self._meant, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def find(self, text: str) -> Product | None:
        """The product named last in this text; a name that several share names none."""
        if self._any is None:
            return None
        last = None
        for found in self._any.finditer(text.casefold()):
            last = found[0]
        return None if last is None else self._products[self._meant[last]]

    def find_only(self, text: str) -> Product | None:
        """The product this text names, where it names one and no other."""
        found = {self._meant[one[0]] for one in self._any.finditer(text.casefold())} if self._any is not None else set()
        return self._products[found.pop()] if len(found) == 1 else None


def meant_skus(skus: Sequence[Sku], texts: Iterable[str]) -> tuple[Sku, ...]:
    """The variants that may be meant: for every choice, the first text that names one of its values decides."""
    left = tuple(skus)
    names = dict.fromkeys(name for sku in skus for name in sku.spec)
    said = tuple(texts)
    for name in names:
        for text in said:
            named = [sku for sku in left if name in sku.spec and _says(text, sku.spec[name])]
            if named:
                left = tuple(named)
                break
    return left


def _forms(product: Product) -> set[str]:
    """What people call it: its short name, its title, the title's first word, its id."""
    first = product.title.split()[0]
    return {form.casefold() for form in (product.short, product.title, first, product.id) if len(form) > 1}


def _says(text: str, value: str) -> bool:
    """Whether the text has this value, or one of the words it is made of, standing alone where it is Latin."""
    return any(_stands(text, word) for word in (value, *_PIECES.split(value)) if word)


def _stands(text: str, word: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text, re.IGNORECASE) is not None
