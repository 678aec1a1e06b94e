"""The shops: those one serves, and opening another one."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel, Field

from jinpai.desk.actions import add_channel, add_shop
from jinpai.desk.store import shop as shop_table
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.flows.ports import House
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict
from jinpai.packs.model import ID_PATTERN
from jinpai.staff.model import Actor
from jinpai.staff.store import get_account, set_shops

router = APIRouter(prefix="/api/v1", tags=["shops"])

MAX_NAME = 40


class ShopForm(Body):
    """A new shop; the id is part of links and never changes."""

    id: str = Field(min_length=2, max_length=40, pattern=ID_PATTERN)
    name: str = Field(min_length=1, max_length=MAX_NAME)


class ShopView(BaseModel):
    """A shop; `kind` and `hours` come from its profile in the content, null while there is none."""

    id: str
    name: str
    created_at: int
    kind: str | None
    hours: str | None


class ShopList(BaseModel):
    """The shops one serves, oldest first."""

    items: list[ShopView]


@router.get("/shops")
def read_shops(house: HouseDep, actor: Annotated[Actor, needs("channel.read")]) -> ShopList:
    """My shops."""
    query = sa.select(shop_table).where(shop_table.c.id.in_(actor.shops)).order_by(shop_table.c.created_at)
    with house.database.read() as connection:
        rows = connection.execute(query).all()
    return ShopList(items=[_view(house, row.id, row.name, row.created_at) for row in rows])


@router.post("/shops", status_code=201)
def open_shop(house: HouseDep, actor: Annotated[Actor, needs("shop.write")], body: ShopForm) -> ShopView:
    """Open a shop with a chat window of its own; whoever opens it serves it."""
    name = body.name.strip()
    if not name or not name.isprintable():
        raise BadInput(f"店铺名称要 1 到 {MAX_NAME} 个字，请改一下")

    def act(tx: Tx) -> int:
        if tx.connection.execute(sa.select(shop_table.c.id).where(shop_table.c.id == body.id)).first():
            raise Conflict("这个店铺编号已经有了，请换一个")
        account = get_account(tx.connection, actor.id)
        assert account is not None
        add_shop(tx, body.id, name)
        add_channel(tx, house.sealer, f"{body.id}-web", body.id, "widget", "网页聊天窗")
        set_shops(tx.connection, actor.id, (*account.shops, body.id))
        tx.append(Entry("shop_opened", actor.author, body.id, data={"name": name}))
        return tx.now

    return _view(house, body.id, name, house.writer.run(act))


def _view(house: House, id_: str, name: str, created_at: int) -> ShopView:
    entry = house.content.shop(id_).shop
    hours = None if entry is None else f"{entry.service.hours.open}–{entry.service.hours.close}"
    return ShopView(id=id_, name=name, created_at=created_at, kind=None if entry is None else entry.kind, hours=hours)
