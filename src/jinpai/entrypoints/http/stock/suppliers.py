"""Suppliers over HTTP: whom the shop buys what from, how long it takes, and how to reach them."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.entrypoints.http.desk.handing import author
from jinpai.flows.ports import House
from jinpai.flows.stocking.stock import opening_for
from jinpai.kit.errors import NotFound
from jinpai.staff.model import ELSEWHERE, Actor
from jinpai.staff.rights import Permission, check_may
from jinpai.stock.supplier_actions import (
    add_supplier,
    change_supplier,
    drop_supplier,
    find_supplier,
    find_suppliers,
    reveal_supplier,
)
from jinpai.stock.supplying import MAX_CONTACT, MAX_DAYS, MAX_NAME, MAX_SKUS, Supplier, Wanted

router = APIRouter(prefix="/api/v1", tags=["stock"])

Reader = Annotated[Actor, needs("stock.read")]
Keeper = Annotated[Actor, needs("stock.write")]


class SuppliedView(BaseModel):
    """A variant bought there; `title` is its id where the shop sells it no more."""

    sku: str
    title: str


class SupplierView(BaseModel):
    """A supplier; how to reach them is told by a look of its own, here only whether anything is noted."""

    id: str
    shop: str
    name: str
    has_contact: bool
    lead_days: int
    skus: list[SuppliedView]
    changed_at: int


class SupplierList(BaseModel):
    """The shop's suppliers by name."""

    items: list[SupplierView]


class SupplierContact(BaseModel):
    """How to reach a supplier."""

    contact: str


class SupplierForm(Body):
    """What is written of a supplier; `contact` absent keeps the one there is, "" takes it away."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
    contact: Annotated[str, Field(max_length=MAX_CONTACT)] | None = None
    lead_days: Annotated[int, Field(ge=0, le=MAX_DAYS)]
    skus: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(max_length=MAX_SKUS)


class NewSupplierForm(SupplierForm):
    """A supplier of this shop."""

    shop: Annotated[str, Field(min_length=1, max_length=64)]


@router.get("/suppliers")
def read_suppliers(house: HouseDep, actor: Reader, shop: Annotated[str, Query(max_length=64)]) -> SupplierList:
    """The suppliers of one of my shops."""
    check_may(actor, "stock.read", shop)
    with house.database.read() as connection:
        found = find_suppliers(connection, house.sealer, shop)
    return SupplierList(items=[_view(house, one) for one in found])


@router.post("/suppliers")
def post_supplier(house: HouseDep, actor: Keeper, body: NewSupplierForm) -> SupplierView:
    """Note a supplier; the same again is the same one."""
    check_may(actor, "stock.write", body.shop)
    wanted = _wanted(house, body.shop, body, ())
    return _view(house, house.writer.run(add_supplier(house.sealer, body.shop, wanted, author(actor))))


@router.put("/suppliers/{supplier_id}")
def put_supplier(house: HouseDep, actor: Keeper, supplier_id: Id, body: SupplierForm) -> SupplierView:
    """Write a supplier anew."""
    known = _find(house, actor, supplier_id, "stock.write")
    wanted = _wanted(house, known.shop, body, known.skus)
    return _view(house, house.writer.run(change_supplier(house.sealer, supplier_id, wanted, author(actor))))


@router.delete("/suppliers/{supplier_id}", status_code=204)
def delete_supplier(house: HouseDep, actor: Keeper, supplier_id: Id) -> None:
    """Let a supplier go; purchases keep the name they were made under."""
    _find(house, actor, supplier_id, "stock.write")
    house.writer.run(drop_supplier(house.sealer, supplier_id, author(actor)))


@router.post("/suppliers/{supplier_id}/reveal")
def reveal(house: HouseDep, actor: Keeper, supplier_id: Id, body: Nothing) -> SupplierContact:
    """How to reach a supplier; that I looked is kept."""
    _find(house, actor, supplier_id, "stock.write")
    return SupplierContact(contact=house.writer.run(reveal_supplier(house.sealer, supplier_id, author(actor))))


def _find(house: House, actor: Actor, supplier_id: str, right: Permission) -> Supplier:
    with house.database.read() as connection:
        known = find_supplier(connection, house.sealer, supplier_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    check_may(actor, right, known.shop)
    return known


def _wanted(house: House, shop: str, body: SupplierForm, known: tuple[str, ...]) -> Wanted:
    """What the form says; NotFound for a variant the shop does not sell and that was not noted before."""
    content = house.content.shop(shop)
    with house.database.read() as connection:
        opening_for(connection, content, shop, [sku for sku in body.skus if sku not in known])
    return Wanted(body.name, body.contact, body.lead_days, body.skus)


def _view(house: House, one: Supplier) -> SupplierView:
    content = house.content.shop(one.shop)
    names = {sku.id: f"{product.short} {sku.name}" for product in content.products for sku in product.skus}
    return SupplierView(
        id=one.id, shop=one.shop, name=one.name, has_contact=bool(one.contact), lead_days=one.lead_days,
        skus=[SuppliedView(sku=sku, title=names.get(sku, sku)) for sku in one.skus], changed_at=one.changed_at,
    )  # fmt: skip
