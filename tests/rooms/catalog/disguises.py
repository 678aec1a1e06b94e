"""Addresses as buyers write them, made from the gazetteer: short, incomplete, turned around, with people in between."""

import random
from dataclasses import dataclass

from jinpai.kit.addresses.gazetteer import Place, places, short_name

NAMES = ("张三", "李小龙", "欧阳明日", "陈一诺", "王女士", "赵敏", "刘洋", "周杰", "司马光", "高圆", "叶子轩", "林先生")
STREETS = (
    "文三路{n}号", "建设街{n}号{m}栋", "人民东路{n}号{m}单元", "中山北路{n}号", "解放大道{n}号", "南京路{n}号",
    "北京西路{n}弄{m}号", "幸福小区{m}号楼{n}室", "万达广场{m}层", "阳光花园{m}幢{n}", "城关镇{n}号",
    "新华街道团结村{m}组", "长江路与黄河路交叉口",
    "第一中学", "人民医院住院部{m}楼", "朝阳新村{m}幢", "西湖国际{m}座{n}", "上海花园{n}室",
    "海南路{n}号", "工业园{m}号厂房",
)  # fmt: skip
LEADS = ("", "", "", "寄到", "发到", "地址：", "收货地址是", "我在", "麻烦寄到", "改成 ")


@dataclass(frozen=True)
class Written:
    """What the buyer wrote, and what is meant by it."""

    text: str
    place: Place
    name: str
    phone: str


def write_addresses(count: int, seed: int) -> list[Written]:
    """So many addresses; each tells at least its city, or a district whose full name is the only one of its kind."""
    chance = random.Random(seed)
    lowest = [place for place in places() if place.level == "district" or (place.level == "city" and _is_bottom(place))]
    lowest = [
        place for place in lowest if not place.district.endswith(("示范区", "产业园区", "管理区", "委员会", "海域"))
    ]
    full = [place.district for place in lowest]
    return [_write(chance, chance.choice(lowest), full) for _ in range(count)]


def _is_bottom(place: Place) -> bool:
    return not any(other.district and place.holds(other) for other in places())


def _write(chance: random.Random, place: Place, full: list[str]) -> Written:
    province = chance.choice((place.province, short_name(place.province), short_name(place.province)))
    city = chance.choice((place.city, short_name(place.city)))
    district = place.district if chance.random() < 0.75 else short_name(place.district) if place.district else ""
    shape = chance.random()
    if place.city == place.province:
        told = [province, district] if shape < 0.8 else [province, city, district]
    elif shape < 0.7 or not district:
        told = [province, city, district]
    elif shape < 0.85:
        told = [city, district]
    elif shape < 0.92 and full.count(place.district) == 1:
        told = [place.district]
    else:
        told = [place.province, place.city, place.district]
    gap = chance.choice(("", "", "", " ", "，", "-"))
    where = gap.join(part for part in told if part)
    street = chance.choice(STREETS).format(n=chance.randint(1, 999), m=chance.randint(1, 30))
    if chance.random() < 0.08:
        where, street = street, " " + gap.join([part for part in reversed(told) if part])
    text = chance.choice(LEADS) + where + chance.choice(("", "", gap)) + street
    return _with_people(chance, text, place)


def _with_people(chance: random.Random, text: str, place: Place) -> Written:
    name = phone = ""
    if chance.random() < 0.5:
        name, phone = chance.choice(NAMES), f"1{chance.choice('3589')}{chance.randint(0, 999_999_999):09}"
        between = chance.choice((" ", "，", ""))
        people = f"{name}{between}{phone}"
        text = chance.choice((f"{people} {text}", f"{people}{text}", f"{text} {people}", f"{text}，{name} {phone}"))
    return Written(text, place, name, phone)
