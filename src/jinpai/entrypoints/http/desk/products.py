"""The shop's products, for the desk: looked up by name, kind, attribute or variant while a buyer waits."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from jinpai.catalog.content import Product
from jinpai.catalog.finding import find_products
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.stock.model import Available
from jinpai.stock.store import read_available

router = APIRouter(prefix="/api/v1", tags=["products"])

MOST = 50


class SkuView(BaseModel):
    """One variant; `stock` what can be sold now, in pieces, `price` in yuan."""

    id: str
    name: str
    price: str
    stock: int


class QuestionView(BaseModel):
    """What buyers ask, and the answer."""

    question: str
    answer: str


class ProductView(BaseModel):
    """A product with what an agent is asked about it; `goes_with` has ids of products and why."""

    id: str
    title: str
    short: str
    category: str
    main_push: bool
    skus: list[SkuView]
    attributes: dict[str, str]
    selling_points: list[str]
    flaws: list[str]
    colour_note: str | None
    size_table: dict[str, object] | None
    care: dict[str, str] | None
    box: list[str]
    goes_with: dict[str, str]
    faq: list[QuestionView]


class ProductList(BaseModel):
    """The best fifty; `total` counts all that fit."""

    items: list[ProductView]
    total: int


@router.get("/products")
def read_products(
    house: HouseDep,
    actor: Annotated[Actor, needs("product.read")],
    shop: Annotated[str, Query(max_length=64)],
    q: Annotated[str, Query(max_length=100)] = "",
) -> ProductList:
    """The published products of one of my shops that have all words of `q`, those with it in the name first."""
    check_may(actor, "product.read", shop)
    found = find_products(house.content.shop(shop).products, q)
    with house.database.read() as connection:
        stock = read_available(connection, shop)
    return ProductList(items=[_view(product, stock) for product in found[:MOST]], total=len(found))


def _view(product: Product, stock: Available) -> ProductView:
    shown = product.model_dump(include=set(ProductView.model_fields) - {"goes_with", "skus"})
    goes_with = {companion.product: companion.effect for companion in product.goes_with}
    skus = [SkuView(id=sku.id, name=sku.name, price=sku.price, stock=stock.of(sku)) for sku in product.skus]
    return ProductView.model_validate({**shown, "skus": skus, "goes_with": goes_with})
