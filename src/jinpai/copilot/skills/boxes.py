"""What comes with goods in their box, by the buyer's words for it."""

import re

from jinpai.catalog.content import Product
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.ground import Facts, Ground

_COMES = ("送", "带", "配", "有", "含", "附", "另外", "单独", "自备", "还要买", "还用买")
"""What asks whether something comes with goods."""


def in_box(ground: Ground) -> Facts:
    """That what the buyer asks for beside the goods comes with them; nothing where it is not asked, or does not."""
    product = ground.product
    if product is None or not any(word in ground.text for word in _COMES):
        return []
    parts = parts_named(product, ground.text)
    values = {"商品": product.short, "配件": "、".join(parts)}
    return [Fact("recommend.in_box", f"商品资料：{product.short}清单", values)] if parts else []


def parts_named(product: Product, text: str) -> list[str]:
    """What is in the box of these goods and named in the text, in full or as people say it (`绳子` for `风绳`)."""
    return [one for one in product.box if not _is_itself(product, one) and _is_named(one.split(maxsplit=1)[0], text)]


def _is_itself(product: Product, part: str) -> bool:
    return part.split(maxsplit=1)[0] in f"{product.short}{product.category}"


def _is_named(part: str, text: str) -> bool:
    noun = re.escape(part[-1])
    return (len(part) > 1 and part in text) or re.search(
        rf"{noun}子|[送带配含附]{noun}(?![\u4e00-\u9fff])", text
    ) is not None
