"""Who is at the desk, over HTTP: everybody of one's shops, one's own status, and a supervisor's word on it."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from jinpai.desk.model import Group
from jinpai.desk.presence import set_status
from jinpai.desk.seats import Status, find_present, list_present
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.handing import author
from jinpai.entrypoints.ws.people import describe
from jinpai.flows.ports import House
from jinpai.flows.reception.attendance import check_line
from jinpai.flows.reception.routing import then_share_out
from jinpai.kit.errors import NotFound
from jinpai.staff.model import ELSEWHERE, Actor

router = APIRouter(prefix="/api/v1/presence", tags=["presence"])


class PresenceView(BaseModel):
    """A colleague as docs/protocol.md section 5 describes them."""

    account: str
    name: str
    role: str
    status: Status
    line: str
    since: int
    open: int
    capacity: int
    groups: list[Group]
    online: bool
    shops: list[str]


class MyStatus(Body):
    """How I am at the desk; `line` is a sentence of mine that automatic texts add for buyers."""

    status: Status
    line: str | None = Field(default=None, max_length=200)


class TheirStatus(Body):
    """How a colleague shall be at the desk."""

    status: Status


@router.get("")
def read_presence(house: HouseDep, actor: Annotated[Actor, needs("conversation.read")]) -> list[PresenceView]:
    """Everybody who serves one of my shops."""
    with house.database.read() as connection:
        found = list_present(connection, actor.shops, house.clock.now())
    return [PresenceView.model_validate(describe(house, present)) for present in found]


@router.put("")
def set_own_status(
    house: HouseDep, actor: Annotated[Actor, needs("conversation.answer")], body: MyStatus
) -> PresenceView:
    """Say how I am at the desk."""
    line = None if body.line is None else body.line.strip()
    for shop in actor.shops:
        check_line(house, shop, line or "")
    return _set(house, actor, actor.id, body.status, line)


@router.put("/{account_id}")
def set_status_of(
    house: HouseDep, actor: Annotated[Actor, needs("conversation.lead")], account_id: str, body: TheirStatus
) -> PresenceView:
    """Set a colleague's status."""
    with house.database.read() as connection:
        found = find_present(connection, account_id, house.clock.now())
    if found is None or not set(found.shops) & set(actor.shops):
        raise NotFound(ELSEWHERE)
    return _set(house, actor, account_id, body.status, None)


def _set(house: House, actor: Actor, account_id: str, status: Status, line: str | None) -> PresenceView:
    with house.database.read() as connection:
        before = find_present(connection, account_id, house.clock.now())
    shops = before.shops if before is not None else ()
    house.writer.run(then_share_out(house, shops, lambda tx: set_status(tx, account_id, status, line, author(actor))))
    with house.database.read() as connection:
        after = find_present(connection, account_id, house.clock.now())
    assert after is not None
    return PresenceView.model_validate(describe(house, after))
