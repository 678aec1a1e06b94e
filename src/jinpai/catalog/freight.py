"""Couriers: where they go, what they charge, how long they normally take."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from jinpai.kit.addresses.gazetteer import Place, province_place
from jinpai.kit.addresses.parsing import parse_address
from jinpai.packs.model import ContentEntry, Money, Shape, Text, Texts

REGIONS = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州",
    "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆",
)  # fmt: skip
"""The provinces a shop sends to, by their short names."""

KILOGRAM = 1_000

Weight = Annotated[str, StringConstraints(pattern=r"^(?:0\.\d{0,2}[1-9]|[1-9]\d{0,2}(?:\.\d{1,3})?)$")]
"""Kilograms as a decimal string such as `1` or `0.5`, more than none."""


class Days(Shape):
    """How many days it normally takes after dispatch: an estimate, never a promise."""

    least: Annotated[int, Field(ge=0, le=60)]
    most: Annotated[int, Field(ge=0, le=60)]

    @model_validator(mode="after")
    def _in_order(self) -> "Days":
        if self.least > self.most:
            raise ValueError("最快天数 least 不能比最慢天数 most 多")
        return self


class Zone(Shape):
    """Places with one price: the first weight, then each further weight or part of one; `0` is free of charge.

    `regions` are provinces by their short names (浙江), or nearer places behind them (浙江舟山, 西藏阿里); of two zones
    that hold a place the nearer one counts. `first_kg` and `further_kg` are one kilogram unless they say otherwise.
    """

    regions: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    first: Money
    further: Money
    first_kg: Weight = "1"
    further_kg: Weight = "1"
    arrives: Days


class Courier(ContentEntry):
    """A courier of the shop; a place in none of its zones, or in one of `not_to`, is not served.

    `volumetric` is how many cubic centimetres count as a kilogram; without it only the scales decide. Couriers are
    offered in the order of the file.
    """

    name: Text
    zones: Annotated[tuple[Zone, ...], Field(strict=False, min_length=1)]
    not_to: Texts = ()
    volumetric: Annotated[int, Field(ge=1_000, le=20_000)] | None = None
    notes: Texts = ()

    @model_validator(mode="after")
    def _no_region_twice(self) -> "Courier":
        seen: set[str] = set()
        for region in (region for zone in self.zones for region in zone.regions):
            if area(region) is None:
                raise ValueError(f"不认识的地区“{region}”，请写省份简称，例如 浙江、内蒙古；更细的写 浙江舟山")
            if region in seen:
                raise ValueError(f"地区“{region}”写了两次，请只留一处")
            seen.add(region)
        for place in self.not_to:
            if area(place) is None:
                raise ValueError(f"不认识的地方“{place}”，请从省份写起，例如 西藏阿里")
        return self


def region_of(address: str) -> str | None:
    """The region an address begins with, by its short name."""
    return next((region for region in REGIONS if address.strip().startswith(region)), None)


@lru_cache(maxsize=2_000)
def area(words: str) -> Place | None:
    """The place a price table names: a province by its short name, or one nearer behind it; None for anything else."""
    if words in REGIONS:
        return province_place(words)
    address = parse_address(words)
    is_whole = not (address.street or address.detail or address.name or address.others)
    return address.place if is_whole and region_of(words) == address.region else None


def zone_for(courier: Courier, where: str | Place) -> Zone | None:
    """The courier's nearest zone that holds this place (or province by short name); None when it does not go there."""
    place = area(where) if isinstance(where, str) else where
    if place is None or any((closed := area(words)) and closed.holds(place) for words in courier.not_to):
        return None
    held = [
        (len([part for part in (found.city, found.district) if part]), zone)
        for zone in courier.zones
        for found in map(area, zone.regions)
        if found is not None and found.holds(place)
    ]
    return max(held, key=lambda pair: pair[0])[1] if held else None


def choose_courier(couriers: Sequence[Courier], region: str) -> Courier | None:
    """The first courier that goes there."""
    return next((courier for courier in couriers if zone_for(courier, region) is not None), None)


def quote(
    courier: Courier, where: str | Place, grams: Decimal | int, cubic_centimetres: Decimal | int = 0
) -> Decimal | None:
    """The freight in yuan for one parcel, charged once by total weight; None when the courier does not go there."""
    zone = zone_for(courier, where)
    if zone is None:
        return None
    kilograms = max(Fraction(grams) / KILOGRAM, by_volume(courier, cubic_centimetres))
    further = max(0, ceil((kilograms - Fraction(zone.first_kg)) / Fraction(zone.further_kg)))
    return Decimal(zone.first) + further * Decimal(zone.further)


def by_volume(courier: Courier, cubic_centimetres: Decimal | int) -> Fraction:
    """The kilograms this courier takes a parcel of this size for; 0 where only the scales decide."""
    return Fraction(cubic_centimetres) / courier.volumetric if courier.volumetric is not None else Fraction(0)


def unreachable(couriers: Iterable[Courier]) -> list[str]:
    """The regions no courier goes to."""
    reached = {region for courier in couriers for zone in courier.zones for region in zone.regions}
    return [region for region in REGIONS if region not in reached]
