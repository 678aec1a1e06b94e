"""Freight as people ask for it: from free text and goods to a quote, by the content of a shop.

Nothing here touches the database, so that the command line starts fast.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from jinpai.catalog.content import Product, ShopEntry, Sku
from jinpai.catalog.freight import KILOGRAM, Courier
from jinpai.catalog.freight_quotes import FreightQuote, Parcel, quote_freight
from jinpai.catalog.freight_rules import FreeShippingRule, FreightRules
from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Coupon, FreeShipping, Promotion, is_running
from jinpai.flows.content.sections import BASE, COURIERS, FREIGHT, PROMOTIONS, SHOP_FOLDER, SHOPS
from jinpai.kit.addresses.parsing import Address, parse_address
from jinpai.kit.errors import BadInput
from jinpai.orders.model import Item, Order
from jinpai.packs.files import content_root, read_folder
from jinpai.packs.loader import load_files
from jinpai.packs.model import ID_PATTERN, Pack
from jinpai.packs.overlay import overlay

MAX_KILOGRAMS = 1_000
MAX_CENTIMETRES = 1_000
NEEDED = (COURIERS, FREIGHT, PROMOTIONS, SHOPS)


@dataclass(frozen=True, slots=True)
class FreightBook:
    """What a shop's freight goes by on a day: couriers, rules, and everything that ships free."""

    couriers: tuple[Courier, ...]
    rules: FreightRules | None
    free: tuple[FreeShippingRule, ...]

    def ask(self, address: Address, parcel: Parcel, courier: str = "") -> FreightQuote:
        """The quote for this parcel; BadInput when the courier asked for is not one of the shop's."""
        if courier and not any(courier in (one.id, one.name) for one in self.couriers):
            names = "、".join(one.name for one in self.couriers)
            raise BadInput(f"店里没有快递“{courier}”，可以选：{names}")
        return quote_freight(self.couriers, self.rules, self.free, address.place, parcel, courier)


def freight_book(
    couriers: Sequence[Courier],
    rules: FreightRules | None,
    shop: ShopEntry | None,
    promotions: Sequence[Promotion],
    *,
    ships_free: bool = False,
) -> FreightBook:
    """The book of a shop; `promotions` are those that run. `ships_free` where goods were found to ship free already."""
    free = list(rules.free_shipping) if rules is not None else []
    if not free and shop is not None and shop.service.free_shipping_from is not None:
        free.append(FreeShippingRule(least=shop.service.free_shipping_from))
    if ships_free:
        free.append(FreeShippingRule(least="0"))
    for promotion in promotions:
        rule = promotion.rule
        if isinstance(rule, FreeShipping) and not promotion.products:
            free.append(FreeShippingRule(least=rule.threshold, except_regions=rule.except_regions))
    return FreightBook(tuple(couriers), rules, tuple(free))


def load_freight(shop: str, on: date, root: Path | None = None) -> FreightBook:
    """The book by the packs on the disk, read alone; BadInput when there is no such shop or a file cannot be used.

    Promotions that count from the shop's first day are taken as of a shop set up on the day `on`.
    """
    root = content_root() if root is None else root
    if re.fullmatch(ID_PATTERN, shop) is None or not (root / SHOP_FOLDER / shop).is_dir():
        raise BadInput(f"没有店铺“{shop}”的内容包，请检查 --shop")
    pack = overlay(_read(root / BASE, BASE), _read(root / SHOP_FOLDER / shop, f"{SHOP_FOLDER}/{shop}"))
    running = [one for one in pack.entries(PROMOTIONS) if is_running(one, on, on)]
    own = next((entry for entry in pack.entries(SHOPS) if entry.id == shop), None)
    return freight_book(pack.entries(COURIERS), next(iter(pack.entries(FREIGHT)), None), own, running)


def _read(folder: Path, origin: str) -> Pack:
    folders = tuple(f"{section.folder}/" for section in NEEDED)
    files, _ = read_folder(folder, origin)
    loaded = load_files({path: text for path, text in files.items() if path.startswith(folders)}, NEEDED, origin)
    if loaded.problems:
        first = loaded.problems[0]
        raise BadInput(
            f"内容有问题，请运行 jinpai content check 查看。第一处：{first.file} 第 {first.line} 行，{first.message}"
        )
    return loaded.pack


def read_address(text: str) -> Address:
    """The address in the text, its province known for sure; BadInput with what to add otherwise."""
    address = parse_address(text)
    if address.province:
        return address
    if address.others:
        which = "、".join(place.city + place.district for place in address.others[:4])
        raise BadInput(f"这个地址可能是{which}，请写上省份或城市")
    raise BadInput("没认出要寄到哪里，请写上省份或城市，例如 浙江杭州")


def read_weight(text: str) -> Decimal:
    """Grams from kilograms as people write them (`1.3`, `1.3kg`, `2公斤`); BadInput unless 0 < weight ≤ 1,000 kg."""
    plain = re.sub(r"(?i)\s*(?:kg|公斤|千克)$", "", text.strip())
    kilograms = Decimal(plain) if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", plain, re.ASCII) else Decimal(0)
    if not 0 < kilograms <= MAX_KILOGRAMS:
        raise BadInput(f"重量“{text}”不对，请写大于 0、不超过 {MAX_KILOGRAMS} 的公斤数，例如 1.3")
    return kilograms * KILOGRAM


def read_size(text: str) -> Decimal:
    """Cubic centimetres from length × width × height in centimetres (`40x30x20`); BadInput when it is none."""
    sides = re.split(r"[xX×*]", re.sub(r"(?i)\s|cm|厘米", "", text))
    if len(sides) == 3 and all(re.fullmatch(r"\d{1,5}(?:\.\d{1,2})?", side, re.ASCII) for side in sides):
        length, width, height = map(Decimal, sides)
        if min(length, width, height) > 0 and max(length, width, height) <= MAX_CENTIMETRES:
            return length * width * height
    raise BadInput(f"尺寸“{text}”不对，请按 长x宽x高 写厘米数，例如 40x30x20")


def read_amount(text: str) -> Decimal:
    """Yuan from a plain decimal such as `199` or `0`; BadInput otherwise."""
    if re.fullmatch(r"\d{1,8}(?:\.\d{1,2})?", text.strip(), re.ASCII) is None:
        raise BadInput(f"金额“{text}”不对，请写元为单位的数字，例如 199 或 199.50")
    return Decimal(text.strip())


Basket = Mapping[str, int]
"""SKU → pieces."""


def weigh(products: Sequence[Product], basket: Basket) -> tuple[Decimal, tuple[str, ...]]:
    """Grams of everything together in one parcel, and the names of goods whose weight nobody wrote down."""
    stock = stock_of(products)
    grams = sum((Decimal(stock[sku][0].parcel_grams or 0) * pieces for sku, pieces in basket.items()), Decimal(0))
    unweighed = {stock[sku][0].short: None for sku in basket if stock[sku][0].parcel_grams is None}
    return grams, tuple(unweighed)


def weigh_items(products: Sequence[Product], items: Sequence[Item]) -> tuple[Decimal, tuple[str, ...]]:
    """Grams of these goods of orders together in one parcel, and the names of those whose weight is not known."""
    weights = {key: one.parcel_grams for one in products for key in (one.id, one.title)}
    grams, unweighed = Decimal(0), []
    for item in items:
        each = weights.get(item.product) or weights.get(item.title)
        if each is None:
            unweighed.append(item.title)
        else:
            grams += Decimal(each) * item.quantity
    return grams, tuple(unweighed)


def address_of(order: Order) -> Address:
    """Where the order goes; its region where the address tells nothing. BadInput when neither does."""
    address = parse_address(order.address)
    return address if address.province else read_address(order.region)


def goods_price(products: Sequence[Product], promotions: Sequence[Promotion], basket: Basket) -> Decimal:
    """What the goods cost in yuan under the promotions that run; coupons are not assumed."""
    return settle(basket, stock_of(products), [one for one in promotions if not isinstance(one.rule, Coupon)]).goods


def stock_of(products: Sequence[Product]) -> Mapping[str, tuple[Product, Sku]]:
    """SKU → its product and itself."""
    return {sku.id: (product, sku) for product in products for sku in product.skus}
