"""What supervisors do with customers over HTTP: one person under two names, and the record to hand over."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from jinpai.customers.actions import EXPORTED, merge, note_looked, split
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.customers.portraits import find_buyer
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.flows.profiling.erasing import erase_customer
from jinpai.flows.profiling.exporting import export_customer
from jinpai.staff.model import Actor

router = APIRouter(prefix="/api/v1", tags=["customers"])

Manager = Annotated[Actor, needs("customer.manage")]


class Merging(Body):
    """The customer this one turns out to be."""

    into: Annotated[str, Field(min_length=1, max_length=64)]


class Erasing(Body):
    """The name the shop has for this customer, written once more by whoever erases."""

    confirm: Annotated[str, Field(min_length=1, max_length=200)]


class ErasedView(BaseModel):
    """What was emptied: entries of conversations, orders, reviews, pictures, things beside them; all zero where nothing
    had come since it was done before."""

    rows: int
    orders: int
    reviews: int
    files: int
    beside: int


class Merged(BaseModel):
    """The customer under whom both are kept now."""

    id: str


@router.post("/customers/{buyer_id}/merge")
def merge_customer(house: HouseDep, actor: Manager, buyer_id: Id, body: Merging) -> Merged:
    """Say that two customers of the shop are one person; nothing is lost, and it can be taken back."""
    find_buyer(house, actor, buyer_id, "customer.manage")
    find_buyer(house, actor, body.into, "customer.manage")
    return Merged(id=house.writer.run(merge(buyer_id, body.into, actor.author)))


@router.post("/customers/{buyer_id}/split")
def split_customer(house: HouseDep, actor: Manager, buyer_id: Id, body: Nothing) -> Merged:
    """Take a merge back: this name is a customer of its own again."""
    find_buyer(house, actor, buyer_id, "customer.manage")
    house.writer.run(split(buyer_id, actor.author))
    return Merged(id=buyer_id)


@router.post("/customers/{buyer_id}/export")
def export_record(house: HouseDep, actor: Manager, buyer_id: Id, body: Nothing) -> dict[str, Any]:
    """Everything kept of this customer, unmasked, for them to take along; the audit log keeps who took it."""
    shop, _ = find_buyer(house, actor, buyer_id, "customer.manage")
    record = export_customer(house, buyer_id)
    house.writer.run(note_looked(EXPORTED, buyer_id, shop, actor.author))
    return record


@router.post("/customers/{buyer_id}/erase")
def erase_record(
    house: HouseDep, actor: Annotated[Actor, needs("customer.erase")], buyer_id: Id, body: Erasing
) -> ErasedView:
    """Forget this customer, who asked for it: what tells who they are is emptied, for good, and the log notes it.

    Of one who was forgotten before goes what has come since.

    400 unless their name is written once more; 409 while a conversation, an order or a hand-over is unfinished.
    """
    find_buyer(house, actor, buyer_id, "customer.erase")
    done = house.writer.run(erase_customer(house, buyer_id, body.confirm, actor.author))
    return ErasedView(**asdict(done))
