"""What products must agree on among each other."""

from collections.abc import Sequence

from jinpai.catalog.content import Product


def check_products(products: Sequence[Product]) -> list[tuple[str, str]]:
    """(product id, sentence with the fix) for every reference that leads nowhere and every SKU used twice."""
    known = {product.id for product in products}
    owner: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for product in products:
        for companion in product.goes_with:
            if companion.product not in known or companion.product == product.id:
                found.append((product.id, f"goes_with 里的商品“{companion.product}”不存在或就是它自己，请检查 id"))
        for sku in product.skus:
            other = owner.setdefault(sku.id, product.id)
            if other != product.id:
                found.append((product.id, f"规格编号“{sku.id}”已经用在“{other}”，请换一个"))
    return found
