"""Live answers about goods: stock, price, care, attributes; exact from the product's record, or none."""

import re
from collections.abc import Iterator, Mapping, Sequence

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.kinds import without_names
from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Coupon
from jinpai.copilot.skills.answers import SAYING, Fact
from jinpai.copilot.skills.bounds import SIZE, bounds_of, is_within, number_in
from jinpai.copilot.skills.ground import Facts, Ground
from jinpai.kit.money import short_yuan

MOST_PIECES = 9
"""More pieces than these are wholesale, whose price a person names."""
FEW = 5
"""From here on the number left is told."""

MOST, LONGEST = 3, 120
"""So many attributes are told together, in so many characters at most."""

_ASKED: Mapping[str, tuple[str, ...]] = {
    "重": ("重", "克", "斤"),
    "收纳": ("收纳", "收起来", "折起来", "打包完", "叠起来"),
    "尺寸": ("尺寸", "多大", "大小", "多长", "多宽", "多高", "长宽"),
    "容量": ("容量", "升", "装多少", "多大"),
    "温度": ("温度", "几度", "多少度", "零下", "度能", "度够", "度盖", "保暖", "暖和", "冷不冷", "抗冻"),
    "保温": ("保温", "多久还热", "保冷"),
    "防水": ("防水", "防雨", "遮雨", "挡雨", "漏水", "进水", "暴雨", "大雨", "下雨", "淋雨", "雨天", "雨里", "湿透"),
    "燃料": ("燃料", "气罐", "什么气", "烧什么", "卡式"),
    "人数": ("几个人", "几人", "人用", "睡几", "睡得下", "住得下", "躺得下", "坐得下", "睡下", "挤不挤"),
    "电池": ("电池", "充电", "冲电", "充满", "用多久"),
    "续航": ("续航", "亮多久", "点多久", "撑多久", "几个小时", "用多久"),
    "触屏": ("触屏", "玩手机", "点屏", "看手机"),
    "帽围": ("头围", "头大"),
    "亮度": ("多亮", "亮度", "流明"),
    "功率": ("功率", "火力", "瓦"),
    "产地": ("产地", "哪里产", "哪生产"),
    "材质": ("材质", "材料", "面料", "什么做的", "成分"),
    "身高": ("身高", "多高能", "适合多高"),
    "负重": ("负重", "承重", "能装多重"),
    "承重": ("坐多重", "拉多重", "装多重", "放多重", "多重的人", "多少斤"),
}
_OF_PEOPLE = re.compile(r"\d{2,3}\s*(?:斤|公斤|千克)|[一二三四五六七八九十百]{2,4}(?:斤|公斤)")
"""What people weigh, which asks nothing of what goods weigh."""
_LOADS = ("坐", "承", "拉", "装多重", "放多重", "撑得住", "扛得住", "多少斤")
"""What asks how much goods bear, not how much they weigh."""
_BEARS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:千克|公斤)")
_ROOMY = 1.15
"""How much more than somebody weighs goods must bear before it is said that they do."""
_GRADE = re.compile(r"[A-Za-z]{2,}|\d+[A-Za-z]+|\d{3,}")
"""How materials are graded: `316`, `210D`, `YKK`."""
_MEASURED = re.compile(r"\d\s*[×x]\s*\d")
_MATERIAL = (
    "材质",
    "面料",
    "材料",
    "什么做的",
    "料子",
    "成分",
    "什么布",
    "填充",
    "充的",
    "充绒",
    "鸭绒",
    "鹅绒",
    "什么绒",
    "什么棉",
    "里子",
    "内胆",
)
_BOX = (
    "包含",
    "里面有",
    "几件套",
    "配件",
    "送什么配",
    "包装里",
    "里面都",
    "都有啥",
    "都有什么",
    "有哪些东西",
    "都包括",
    "清单",
    "带不带",
    "有没有带",
)


def stock(ground: Ground) -> Facts:
    """What is there of the variant spoken of, or of all."""
    product, sku = ground.product, ground.sku
    if product is None:
        return []
    there = [one for one in product.skus if ground.stock.of(one) > 0]
    size = str(ground.slots.get("size") or "")
    sku = sku or _in_colour(product, str(ground.slots.get("colour") or ""), size)
    values = {"商品": product.short, "有货规格": "、".join(one.name for one in there[:4])}
    source = f"商品资料：{product.short}库存"
    if not there:
        others = (one for one in ground.products if one.category == product.category and one.id != product.id)
        other = next((one.short for one in others if any(ground.stock.of(sku) > 0 for sku in one.skus)), "")
        return [Fact("stock.gone", source, {**values, "替代商品": other})]
    if sku is None and size and not any(is_size(one, size) for one in product.skus) and _has_sizes(product):
        near = "、".join(one.name for one in _nearest(there, {**there[0].spec, SIZE: size})[:2])
        return [Fact("stock.no_size", source, {**values, "尺码": size, "有货规格": near})]
    if sku is None:
        return [Fact("stock.overview", source, values)]
    left = ground.stock.of(sku)
    if left == 0:
        values["有货规格"] = "、".join(one.name for one in _nearest(there, sku.spec)[:2])
    values |= {"规格": sku.name, "库存": str(left)}
    return [Fact("stock.none" if left == 0 else "stock.few" if left <= FEW else "stock.some", source, values)]


def _nearest(there: Sequence[Sku], wanted: Mapping[str, str]) -> list[Sku]:
    """The variants that come nearest to the choices wanted: in most of them the same, then the nearest size."""
    size = number_in(wanted.get(SIZE, ""))

    def away(one: Sku) -> tuple[int, float]:
        differing = sum(one.spec.get(name) != value for name, value in wanted.items())
        its = number_in(one.spec.get(SIZE, ""))
        return differing, abs(its - size) if its is not None and size is not None else 0.0

    return sorted(there, key=away)


def price(ground: Ground) -> Facts:
    """The price on the page."""
    product, sku = ground.product, ground.sku
    if product is None:
        return []
    if (several := _several(ground, product)) is not None:
        return [several]
    prices = sorted({one.price for one in ([sku] if sku else product.skus)}, key=float)
    values = {"商品": product.short, "规格": sku.name if sku else "现在", "价格": prices[0]}
    source = f"商品资料：{product.short}标价"
    if len(prices) == 1:
        return [Fact("price.one", source, values)]
    return [Fact("price.range", source, {**values, "最低价": prices[0], "最高价": prices[-1]})]


def _several(ground: Ground, product: Product) -> Fact | None:
    """What so many pieces cost under the promotions that need no coupon, where all variants meant cost the same."""
    pieces, skus = int(ground.slots.get("quantity") or 1), [ground.sku] if ground.sku else list(product.skus)
    if not 1 < pieces <= MOST_PIECES or len({one.price for one in skus}) > 1:
        return None
    running = [one for one, _ in ground.running if not isinstance(one.rule, Coupon)]
    settled = settle({skus[0].id: pieces}, {skus[0].id: (product, skus[0])}, running)
    values = {"商品": product.short, "件数": str(pieces), "合计": short_yuan(settled.goods)}
    return Fact("price.several", f"商品资料：{product.short}标价；进行中的活动", values)


def _has_sizes(product: Product) -> bool:
    """Whether every variant has a size."""
    return all(SIZE in sku.spec for sku in product.skus)


def is_size(sku: Sku, size: str) -> bool:
    """Whether the variant is of this size, or of a range that holds it (`43` in `43–45`)."""
    told = sku.spec.get(SIZE, "")
    return size == told or (size.isdecimal() and is_within(float(size), bounds_of(told)))


def _in_colour(product: Product, colour: str, size: str = "") -> Sku | None:
    """The one variant whose name has this colour, where the buyer says it shorter (`棕色` for `松木棕`)."""
    short = colour.removesuffix("色")
    found = [sku for sku in product.skus if short and any(short in value for value in sku.spec.values())]
    if size and len(found) > 1:
        found = [sku for sku in found if is_size(sku, size)]
    return found[0] if len(found) == 1 and len(product.skus) > 1 else None


def picture(ground: Ground) -> Facts:
    """The card of the goods spoken of, for a buyer who wants to see them."""
    product, sku = ground.product, ground.sku
    if product is None:
        return []
    sku = sku or _in_colour(product, str(ground.slots.get("colour") or ""))
    values = {"商品": product.short, "规格": sku.name if sku is not None and len(product.skus) > 1 else ""}
    name = f"{SAYING}picture.variant" if values["规格"] else f"{SAYING}picture.goods"
    card = (product.id, sku.id if sku is not None else "")
    return [Fact(name, f"商品资料：{product.short}链接", values, card=card)]


def flaws(ground: Ground) -> Facts:
    """What the record owns up to."""
    product = ground.product
    if product is None or not product.flaws:
        return []
    told = "；".join(one.rstrip("。") for one in product.flaws)
    values = {"商品": product.short, "条数": "一两三四五六七八九"[min(len(product.flaws), 9) - 1], "不足": told}
    return [Fact("flaws.told", f"商品资料：{product.short}的不足", values)]


def care(ground: Ground) -> Facts:
    """How to keep the product well."""
    product = ground.product
    if product is None or product.care is None:
        return []
    values = {"清洗": product.care.clean, "存放": product.care.store, "避免": product.care.avoid}
    return [Fact("care.how", f"商品资料：{product.short}保养", {"商品": product.short, **values})]


def attribute(ground: Ground) -> Facts:
    """What the record says about the thing asked for, its material, or what comes in the box."""
    product = ground.product
    if product is None:
        return []
    text = without_names(ground.text, product)
    found = [*_load(ground, product), *_attributes(product, ground.sku, text)]
    if (
        len(found) > 1
        and found[0].wording == "attribute.one"
        and sum(len(one.values["属性值"]) for one in found[:MOST]) <= LONGEST
    ):
        told = "；".join(f"{one.values['属性']}是{one.values['属性值']}" for one in found[:MOST])
        source = f"商品资料：{product.short}" + "、".join(one.values["属性"] for one in found[:MOST])
        found.insert(0, Fact("attribute.several", source, {"商品": product.short, "各项": told}))
    grades = _GRADE.findall(text)
    graded = [number for number, part in enumerate(product.materials) if any(grade in part.what for grade in grades)]
    found[:0] = [_material(product, number) for number in graded[:1]]
    if not graded and any(word in text for word in _MATERIAL):
        found += [_material(product, number) for number in _parts_asked(product, text)[:1]]
    if product.box and any(word in text for word in _BOX):
        values = {"商品": product.short, "清单": "、".join(product.box)}
        found.append(Fact("attribute.box", f"商品资料：{product.short}清单", values))
    return found[:2]


def _load(ground: Ground, product: Product) -> Iterator[Fact]:
    """That one who weighs as much as was told may sit on it."""
    told, weight = product.attributes.get("承重", ""), float(ground.slots.get("weight") or 0)
    bears = _BEARS.search(told)
    if weight and "坐" in ground.text and bears is not None and float(bears[1]) >= weight * _ROOMY:
        values = {"商品": product.short, "承重": told, "体重": f"{weight:g} 千克"}
        yield Fact("attribute.load", f"商品资料：{product.short}承重", values)


def _attributes(product: Product, sku: Sku | None, text: str) -> Iterator[Fact]:
    if sku is not None and any(word in text for word in _ASKED["尺寸"]) and _MEASURED.search(sku.name):
        values = {"商品": product.short, "属性": "尺寸", "属性值": sku.name}
        yield Fact("attribute.one", f"商品资料：{product.short}规格", values)
    text = _OF_PEOPLE.sub("", text)
    is_load = any(word in text for word in _LOADS) and any("承重" in name for name in product.attributes)
    for name, value in product.attributes.items():
        if is_load and "重" in name and "承重" not in name:
            continue
        words = {word for key, asked in _ASKED.items() if key in name for word in asked}
        if name in text or name[:2] in text or any(word in text for word in words):
            values = {"商品": product.short, "属性": name, "属性值": value}
            yield Fact("attribute.one", f"商品资料：{product.short}{name}", values)


def _material(product: Product, number: int) -> Fact:
    part = product.materials[number]
    values = {
        "商品": product.short,
        "部位": part.part,
        "材料": part.what,
        "优点": part.strengths,
        "缺点": part.weaknesses,
    }
    return Fact("attribute.material", f"商品资料：{product.short}材质", values)


def _parts_asked(product: Product, text: str) -> list[int]:
    """The parts of the product by number, those first whose name or material the text speaks of most."""
    said = set(text)

    def shared(number: int) -> int:
        part = product.materials[number]
        return -len(said & set(part.part + part.what))

    return sorted(range(len(product.materials)), key=shared)


def variant(product: Product | None, name: str | None) -> Sku | None:
    """The variant with this id; the only one where there is but one."""
    if product is None:
        return None
    if len(product.skus) == 1:
        return product.skus[0]
    return next((sku for sku in product.skus if sku.id == name), None)
