"""Live answers about what goods are and are made of, what comes in the box, and what else the record says of them."""

import re
from collections.abc import Iterator, Mapping

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.kinds import without_names
from jinpai.copilot.hearing.topics import asked_in, said_in
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.boxes import in_box
from jinpai.copilot.skills.goods import care
from jinpai.copilot.skills.ground import Facts, Ground

SAID = "attribute.said"
"""The wording that quotes lines of the record."""
MOST, LONGEST = 3, 120
"""So many attributes are told together, in so many characters at most."""

_ASKED: Mapping[str, tuple[str, ...]] = {
    "重": ("重", "克", "斤"),
    "收纳": ("收纳", "收起来", "折起来", "打包完", "叠起来"),
    "尺寸": ("尺寸", "多大", "大小", "多长", "多宽", "多高", "长宽"),
    "容量": ("容量", "升", "装多少", "多大"),
    "温度": (
        "够不够盖",
        "盖得住",
        "会冷",
        "冷吗",
        "挨冻",
        "过夜",
        "温度",
        "几度",
        "多少度",
        "零下",
        "度能",
        "度够",
        "度盖",
        "保暖",
        "暖和",
        "冷不冷",
        "抗冻",
    ),
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
_LOADS = ("坐", "塌", "压坏", "承", "拉", "装多重", "放多重", "撑得住", "扛得住", "多少斤")
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
    "里头有",
    "都有啥",
    "都有什么",
    "有哪些东西",
    "都包括",
    "清单",
    "带不带",
    "有没有带",
)


_COLOURS = (
    "色差",
    "偏色",
    "显黑",
    "显白",
    "跟图",
    "和图",
    "与图",
    "图片",
    "照片",
    "实物",
    "偏深",
    "偏浅",
    "颜色准",
    "什么色",
)
"""What asks how colours look in truth."""
_COUNTED = re.compile(
    r"[一单][根支只个条把顶双]?.{0,2}还是.{0,3}[对双套两]|几[根支只](?!天)|是不?是?一[对双套]|成对|几[根支只双件个条]装"
)
"""What asks how many of them one buys."""


_WASHED = ("缩水", "缩不缩", "掉色", "褪色", "掉不掉色", "起球", "洗坏")
"""What asks what washing does to goods."""


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
    if product.box and (any(word in text for word in _BOX) or _COUNTED.search(text)):
        values = {"商品": product.short, "清单": "、".join(product.box)}
        found.append(Fact("attribute.box", f"商品资料：{product.short}清单", values))
    if any(word in text for word in _WASHED):
        found += care(ground)
    return found[:2] or in_box(ground) or _colour(product, text) or _mentioned(ground, product, text)


def _colour(product: Product, text: str) -> list[Fact]:
    """How the colours look in truth, where the buyer wonders."""
    if not product.colour_note or not any(word in text for word in _COLOURS):
        return []
    values = {"商品": product.short, "颜色说明": product.colour_note}
    return [Fact("attribute.colour", f"商品资料：{product.short}颜色", values)]


def _mentioned(ground: Ground, product: Product, text: str) -> list[Fact]:
    """What the record says of it beside its attributes: of the material, its faults, what it is praised for."""
    told = _of_matters(ground, product, text)
    asked = {
        word for key, words in _ASKED.items() if any(one in text for one in (key, *words)) for word in (key, *words)
    }
    of_material = [line for part in product.materials for line in (part.weaknesses, part.strengths)]
    said = (line for line in (*of_material, *product.flaws, *product.selling_points) if line)
    lines = told or [line for line in said if any(len(word) > 1 and word in line for word in asked)]
    if not lines:
        return []
    return [Fact(SAID, f"商品资料：{product.short}", {"商品": product.short, "资料": "；".join(lines[:2])})]


def _of_matters(ground: Ground, product: Product, text: str) -> list[str]:
    """The lines of the record that speak of most of the matters asked about: one for the goods and one against."""
    asked, care_of = asked_in(text, ground.topics), product.care
    praise = [*product.selling_points, *(part.strengths for part in product.materials)]
    blame = [*product.flaws, *(part.weaknesses for part in product.materials)]
    kept = [care_of.clean, care_of.store, f"避免{care_of.avoid}"] if care_of is not None else []
    named = [f"{name} {value}" for name, value in product.attributes.items()]
    told = {line: len(said_in(line, ground.topics, asked)) for line in (*praise, *blame, *named, *kept) if line}
    most = max(told.values(), default=0)
    lines = [line for line, matters in told.items() if most and matters == most]
    against = [line for line in lines if line in blame][:1]
    for_it = [line for line in lines if line not in blame][: 2 - len(against)]
    return [line.rstrip("。") for line in (*for_it, *against)]


def _load(ground: Ground, product: Product) -> Iterator[Fact]:
    """That one who weighs as much as was told may sit on it."""
    told, weight = product.attributes.get("承重", ""), float(ground.slots.get("weight") or 0)
    bears = _BEARS.search(told)
    if weight and "坐" in ground.text and bears is not None and float(bears[1]) >= weight * _ROOMY:
        values = {"商品": product.short, "承重": told, "体重": f"{weight:g} 千克"}
        yield Fact("attribute.load", f"商品资料：{product.short}承重", values)
    elif weight and told and any(word in ground.text for word in _LOADS):
        values = {"商品": product.short, "属性": "承重", "属性值": told}
        yield Fact("attribute.one", f"商品资料：{product.short}承重", values)


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
        begins = name[:2] if name[:2] not in product.title else name
        if name in text or begins in text or any(word in text for word in words):
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
