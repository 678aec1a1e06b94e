"""Finding products by what people call them."""

from collections.abc import Iterator, Sequence

from jinpai.catalog.content import Product


def find_products(products: Sequence[Product], words: str) -> list[Product]:
    """The products that have every one of these words, in capitals or not; a name that has them comes first.

    Without words: all, those the shop pushes first.
    """
    wanted = words.casefold().split()
    ranked = [(rank, product) for product in products if (rank := _rank(product, wanted)) is not None]
    ranked.sort(key=lambda pair: (pair[0], not pair[1].main_push))
    return [product for _, product in ranked]


def _rank(product: Product, wanted: Sequence[str]) -> int | None:
    """How far from the name the last word was found; None when one is nowhere."""
    places = [" ".join(place).casefold() for place in _places(product)]
    ranks = [next((rank for rank, place in enumerate(places) if word in place), None) for word in wanted]
    if None in ranks:
        return None
    return max((rank for rank in ranks if rank is not None), default=0)


def _places(product: Product) -> Iterator[tuple[str, ...]]:
    yield product.title, product.short, product.category
    yield tuple(f"{sku.name} {sku.id}" for sku in product.skus)
    yield *product.attributes.values(), *product.selling_points
    yield tuple(f"{asked.question} {asked.answer}" for asked in product.faq)
