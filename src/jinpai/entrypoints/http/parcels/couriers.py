"""Where a shop has its couriers asked, over HTTP: what is set, how it goes, and a try; the key is never read back."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.flows.ports import House
from jinpai.flows.tracking.asking import try_couriers
from jinpai.kit.errors import NotFound
from jinpai.orders.tracking.provider import MOST_AN_HOUR, Wanted, counted
from jinpai.orders.tracking.provider_store import drop_couriers, find_setting, set_couriers
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1/couriers", tags=["parcels"])

Reader = Annotated[Actor, needs("channel.read")]
Setter = Annotated[Actor, needs("channel.write")]
ShopId = Annotated[str, Query(max_length=64)]


class CourierForm(Body):
    """What a shop sets; `key` absent keeps the one there is, "" takes it away. At most `per_hour` calls go out."""

    shop: Annotated[str, Field(min_length=1, max_length=64)]
    is_on: bool
    url: Annotated[str, Field(min_length=1, max_length=300)]
    key: Annotated[str, Field(max_length=400)] | None = None
    is_near: bool
    per_hour: Annotated[int, Field(ge=1, le=MOST_AN_HOUR)]


class CourierShop(Body):
    """One of my shops."""

    shop: Annotated[str, Field(min_length=1, max_length=64)]


class CourierView(BaseModel):
    """What is set (`is_set` false: nothing), and how it goes.

    `outcome` of the last call: "" never asked, `ok`, slow, http_404, too_large, malformed, unknown_host, refused, tls,
    forbidden, else an error's name; `told` traces were new then. `calls` went out in the present hour.
    """

    is_set: bool
    is_on: bool
    url: str
    has_key: bool
    is_near: bool
    per_hour: int
    changed_by: str
    changed_at: int | None
    asked_at: int | None
    outcome: str
    told: int
    failures: int
    calls: int


class CourierTry(BaseModel):
    """What came of a call for no parcel at all: `ok`, a word as in `outcome`, or `bound`: the hour is used up."""

    outcome: str


@router.get("")
def read_couriers(house: HouseDep, actor: Reader, shop: ShopId) -> CourierView:
    """Where this shop has its couriers asked, without the key, and how it goes."""
    check_may(actor, "channel.read", shop)
    return _view(house, shop)


@router.put("")
def put_couriers(house: HouseDep, actor: Setter, body: CourierForm) -> CourierView:
    """Set where this shop has its couriers asked; one begins at once."""
    check_may(actor, "channel.write", body.shop)
    house.writer.run(set_couriers(house.sealer, Wanted(**body.model_dump()), actor.author))
    return _view(house, body.shop)


@router.delete("")
def delete_couriers(house: HouseDep, actor: Setter, shop: ShopId) -> CourierView:
    """Let the setting and its key go; nobody is asked any more."""
    check_may(actor, "channel.write", shop)
    house.writer.run(drop_couriers(shop, actor.author))
    return _view(house, shop)


@router.post("/try")
def post_try(house: HouseDep, actor: Setter, body: CourierShop) -> CourierTry:
    """Ask for no parcel, to see whether somebody answers; it counts as a call of the hour."""
    check_may(actor, "channel.write", body.shop)
    with house.database.read() as connection:
        known = find_setting(connection, body.shop)
    if known is None:
        raise NotFound("还没有设置物流查询接口，请先填好地址再试")
    return CourierTry(outcome=try_couriers(house, known))


def _view(house: House, shop: str) -> CourierView:
    with house.database.read() as connection:
        known = find_setting(connection, shop)
        names = name_authors(connection, {known.changed_by}) if known is not None else {}
    if known is None:
        return CourierView(
            is_set=False, is_on=False, url="", has_key=False, is_near=False, per_hour=120, changed_by="",
            changed_at=None, asked_at=None, outcome="", told=0, failures=0, calls=0,
        )  # fmt: skip
    same = ("is_on", "url", "is_near", "per_hour", "changed_at", "asked_at", "outcome", "told", "failures")
    return CourierView(
        **{name: getattr(known, name) for name in same}, is_set=True, has_key=known.key is not None,
        changed_by=names.get(known.changed_by, ""), calls=counted(known, house.clock.now()).hour_calls - 1,
    )  # fmt: skip
