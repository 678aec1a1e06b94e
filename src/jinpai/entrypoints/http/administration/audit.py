"""The audit log: supervisors and owners see who did what in their shops."""

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query
from pydantic import BaseModel

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.staff.audit import Fact, Kind, Wanted, read_audit
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["audit"])

Moment = Annotated[int | None, Query(ge=0, lt=1 << 53)]


class AuditPerson(BaseModel):
    """An account; the name is empty where it is nobody of these shops."""

    id: str
    name: str


class AuditFact(BaseModel):
    """One thing somebody did; `by` is null for the operator and the program itself."""

    id: int
    at: int
    kind: str
    shop: str
    by: AuditPerson | None
    about: AuditPerson | None
    data: dict[str, Any]


class AuditPage(BaseModel):
    """Facts, newest first; `next` asks on `before`, null at the end. A page may be empty and still have a next."""

    items: list[AuditFact]
    next: int | None


@router.get("/audit")
def read_audit_log(
    house: HouseDep,
    actor: Annotated[Actor, needs("audit.read")],
    shop: Annotated[str | None, Query(max_length=64)] = None,
    person: Annotated[str | None, Query(max_length=64)] = None,
    kind: Annotated[list[Kind] | None, Query(max_length=50)] = None,
    since: Moment = None,
    until: Moment = None,
    before: Moment = None,
) -> AuditPage:
    """What was done in my shops, outside the conversations."""
    if shop is not None:
        check_may(actor, "audit.read", shop)
    shops = actor.shops if shop is None else (shop,)
    wanted = Wanted(shops, person, tuple(kind or get_args(Kind)), since, until)
    with house.database.read() as connection:
        found, further = read_audit(connection, wanted, before)
    return AuditPage(items=[_view(fact) for fact in found], next=further)


def _view(fact: Fact) -> AuditFact:
    by, about = (None if who is None else AuditPerson(id=who[0], name=who[1]) for who in (fact.by, fact.about))
    return AuditFact(id=fact.id, at=fact.at, kind=fact.kind, shop=fact.shop, by=by, about=about, data=fact.data)
