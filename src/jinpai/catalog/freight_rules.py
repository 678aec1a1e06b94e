"""What a shop decides about freight beyond prices: who serves remote regions, what ships free, the words for it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from jinpai.catalog.freight import REGIONS, Courier
from jinpai.packs.model import ContentEntry, Money, Shape, Text, Texts

VARIABLES = ("地区", "快递", "重量", "运费", "天数")
Regions = Annotated[tuple[Text, ...], Field(strict=False)]


class Remote(Shape):
    """Regions that only these couriers serve, by name or id; without regions every courier goes where it says."""

    regions: Regions = ()
    couriers: Texts = ()


class FreeShippingRule(Shape):
    """No freight when the goods cost `least` yuan or more (`0`: always), in `regions` or, without any, everywhere."""

    least: Money
    regions: Regions = ()
    except_regions: Regions = ()

    def frees(self, region: str, goods: Decimal) -> bool:
        """Whether goods of this price go to this region free of freight."""
        return (
            goods >= Decimal(self.least)
            and (not self.regions or region in self.regions)
            and region not in self.except_regions
        )


class FreightWords(Shape):
    """The sentences told to buyers; {地区} {快递} {重量} {运费} {天数} are filled in."""

    priced: Text
    free: Text
    remote: Text
    unreachable: Text

    def all(self) -> tuple[str, ...]:
        """Every sentence."""
        return self.priced, self.free, self.remote, self.unreachable

    @model_validator(mode="after")
    def _knows_variables(self) -> "FreightWords":
        for name in re.findall(r"\{([^{}]*)\}", "".join(self.all())):
            if name not in VARIABLES:
                raise ValueError(f"报运费的话里没有变量“{name}”，可用的有：{'、'.join(VARIABLES)}")
        return self


class FreightRules(ContentEntry):
    """One entry a shop; `free_shipping` without rules leaves it to the shop's `free_shipping_from`."""

    remote: Remote
    free_shipping: Annotated[tuple[FreeShippingRule, ...], Field(strict=False)] = ()
    words: FreightWords

    @model_validator(mode="after")
    def _knows_regions(self) -> "FreightRules":
        told = [*self.remote.regions]
        for rule in self.free_shipping:
            told += [*rule.regions, *rule.except_regions]
        for region in told:
            if region not in REGIONS:
                raise ValueError(f"不认识的地区“{region}”，请写省份简称，例如 浙江、内蒙古")
        return self


def allowed_couriers(couriers: Sequence[Courier], rules: FreightRules | None, region: str) -> list[Courier]:
    """The couriers that may be used for this region: in a remote one only those named for it, where there are any."""
    if rules is None or region not in rules.remote.regions:
        return list(couriers)
    named = [one for one in couriers if {one.id, one.name} & set(rules.remote.couriers)]
    return named or list(couriers)
