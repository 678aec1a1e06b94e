"""What sending a parcel to a place costs: by the courier the shop would take and by the others, exact to the fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from jinpai.catalog.freight import REGIONS, Courier, by_volume, quote, zone_for
from jinpai.catalog.freight_rules import FreeShippingRule, FreightRules, allowed_couriers
from jinpai.kit.addresses.gazetteer import Place, short_name

CENT = Decimal("0.01")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel: grams on the scales, cubic centimetres (0 = not told), and what its goods cost (None = not told)."""

    grams: Decimal
    cubic_centimetres: Decimal = NOTHING
    goods: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One courier's way: `price` is what the buyer pays, `listed` what the table says, `days` after dispatch.

    `bulk` is the weight it is charged for in grams where its size counts for more than the scales; else None.
    """

    id: str
    courier: str
    price: Decimal
    listed: Decimal
    days: tuple[int, int]
    bulk: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FreightQuote:
    """What is offered to a place. `best` is the courier asked for, or the shop's own choice; None: not reachable so.

    `is_free`: the goods ship free, so that another courier costs only what it is dearer by.
    """

    region: str
    best: Offer | None
    alternatives: tuple[Offer, ...]
    is_free: bool
    is_remote: bool


def quote_freight(
    couriers: Sequence[Courier],
    rules: FreightRules | None,
    free: Sequence[FreeShippingRule],
    place: Place,
    parcel: Parcel,
    wanted: str = "",
) -> FreightQuote:
    """What this parcel costs to this place, by the courier `wanted` (name or id) or by the first that may go there."""
    region = short_name(place.province)
    if region not in REGIONS:
        return FreightQuote(region, None, (), is_free=False, is_remote=False)
    listed = [
        (courier, zone.arrives, price.quantize(CENT), _bulk(courier, parcel))
        for courier in allowed_couriers(couriers, rules, region)
        if (zone := zone_for(courier, place)) is not None
        and (price := quote(courier, place, parcel.grams, parcel.cubic_centimetres)) is not None
    ]
    is_free = parcel.goods is not None and any(rule.frees(region, parcel.goods) for rule in free)
    borne = listed[0][2] if listed and is_free else NOTHING
    offers = [
        Offer(
            courier.id, courier.name, max(NOTHING, price - borne).quantize(CENT), price, (days.least, days.most), bulk
        )
        for courier, days, price, bulk in listed
    ]
    best = next((one for one in offers if not wanted or wanted in (one.id, one.courier)), None)
    others = tuple(one for one in offers if one is not best)
    is_remote = rules is not None and region in rules.remote.regions
    return FreightQuote(region, best, others, is_free, is_remote)


def _bulk(courier: Courier, parcel: Parcel) -> Decimal | None:
    """The grams its size is charged for, where they are more than the scales say; rounded up to ten."""
    grams = ceil(by_volume(courier, parcel.cubic_centimetres) * 100) * 10
    return Decimal(grams) if grams > parcel.grams else None


def days_text(days: tuple[int, int]) -> str:
    """The days as people say them, `1–2 天`."""
    return f"{days[0]}–{days[1]} 天" if days[0] < days[1] else f"{days[1]} 天左右"


def money_text(price: Decimal) -> str:
    """Yuan without needless zeros: `12`, `12.5`."""
    return f"{price.normalize():f}"


def weight_text(offer: Offer, grams: Decimal) -> str:
    """The weight that is charged, `1.3 公斤`, with a word where it is the size that counts."""
    return f"{money_text((offer.bulk or grams) / 1000)} 公斤" + ("（按体积算）" if offer.bulk else "")


def sentence(rules: FreightRules, told: FreightQuote, offer: Offer | None, grams: Decimal) -> str:
    """What to tell the buyer of this offer, arrival as a range; without an offer that nobody goes there."""
    words = rules.words
    if offer is None:
        return words.unreachable.replace("{地区}", told.region)
    text = words.free if offer.price == 0 else words.remote if told.is_remote else words.priced
    values = {
        "地区": told.region,
        "快递": offer.courier,
        "重量": weight_text(offer, grams),
        "运费": f"{money_text(offer.price)} 元",
        "天数": days_text(offer.days),
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
