"""Couriers: where they go, what they charge, how long they normally take."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from jinpai.packs.model import ContentEntry, Money, Shape, Text, Texts

REGIONS = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州",
    "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆",
)  # fmt: skip
"""The provinces a shop sends to, by their short names."""

KILOGRAM = 1_000


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
    """Regions with one price: the first kilogram, then each further kilogram or part of one."""

    regions: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    first: Money
    further: Money
    arrives: Days


class Courier(ContentEntry):
    """A courier of the shop; a region in none of its zones is not served.

    `volumetric` is how many cubic centimetres count as a kilogram; without it only the scales decide. Couriers are
    offered in the order of the file.
    """

    name: Text
    zones: Annotated[tuple[Zone, ...], Field(strict=False, min_length=1)]
    volumetric: Annotated[int, Field(ge=1_000, le=20_000)] | None = None
    notes: Texts = ()

    @model_validator(mode="after")
    def _no_region_twice(self) -> "Courier":
        seen: set[str] = set()
        for region in (region for zone in self.zones for region in zone.regions):
            if region not in REGIONS:
                raise ValueError(f"不认识的地区“{region}”，请写省份简称，例如 浙江、内蒙古")
            if region in seen:
                raise ValueError(f"地区“{region}”写了两次，请只留一处")
            seen.add(region)
        return self


def region_of(address: str) -> str | None:
    """The region an address begins with, by its short name."""
    return next((region for region in REGIONS if address.strip().startswith(region)), None)


def zone_for(courier: Courier, region: str) -> Zone | None:
    """The courier's zone with this region; None when it does not go there."""
    return next((zone for zone in courier.zones if region in zone.regions), None)


def choose_courier(couriers: Sequence[Courier], region: str) -> Courier | None:
    """The first courier that goes there."""
    return next((courier for courier in couriers if zone_for(courier, region) is not None), None)


def quote(courier: Courier, region: str, grams: int, cubic_centimetres: int = 0) -> Decimal | None:
    """The freight in yuan for one parcel, charged once by total weight; None when the courier does not go there."""
    zone = zone_for(courier, region)
    if zone is None:
        return None
    if courier.volumetric is not None:
        grams = max(grams, cubic_centimetres * KILOGRAM // courier.volumetric)
    further = max(0, -(-(grams - KILOGRAM) // KILOGRAM))
    return Decimal(zone.first) + further * Decimal(zone.further)


def unreachable(couriers: Iterable[Courier]) -> list[str]:
    """The regions no courier goes to."""
    reached = {region for courier in couriers for zone in courier.zones for region in zone.regions}
    return [region for region in REGIONS if region not in reached]
