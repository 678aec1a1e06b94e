"""Signing in and out, and changing one's own password."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from jinpai.desk.store import shop as shop_table
from jinpai.entrypoints.http.access import HouseDep, cookie_name, needs, public, session_secret
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.hashing import hashing_of
from jinpai.entrypoints.http.security import check_own_origin
from jinpai.entrypoints.http.throttle import address_of, throttle
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.kit.ids import new_secret
from jinpai.staff.actions import change_password, check_credentials, sign_in, sign_out
from jinpai.staff.model import SESSION_LIFE, Actor, check_password, fold_login
from jinpai.staff.store import find_credentials

router = APIRouter(prefix="/api/v1", tags=["session"])


class SignIn(Body):
    """Who wants to come in."""

    login: str = Field(max_length=200)
    password: str = Field(max_length=200)


class PasswordChange(Body):
    """The password as it is and as it shall be."""

    old: str = Field(max_length=200)
    new: str = Field(max_length=200)


class ShopName(BaseModel):
    """A shop as lists show it."""

    id: str
    name: str


class Me(BaseModel):
    """The signed-in person."""

    id: str
    name: str
    role: str
    shops: list[ShopName]


class SessionView(BaseModel):
    """Who is signed in, and what the header X-CSRF-Token must hold in calls that change something."""

    me: Me
    csrf: str


@router.post("/session", dependencies=[public("signing in is how one stops being anyone")])
async def open_session(request: Request, response: Response, house: HouseDep, body: SignIn) -> SessionView:
    """Sign in; sets the session cookie and replaces the session this browser had."""
    check_own_origin(request.headers)
    address = address_of(request)
    login = fold_login(body.login)
    throttle(request, "sign_in.address", address)
    throttle(request, "sign_in.login", f"{login}\n{address}")
    desk = hashing_of(request)
    secret = new_secret()
    replacing = session_secret(request)

    def work() -> SessionView:
        with house.database.read() as connection:
            found = find_credentials(connection, login)
        check_credentials(desk.passwords, found, body.password)
        assert found is not None
        actor = house.writer.run(sign_in(found.account, found.password_hash, secret, replacing))
        return _view(house, actor)

    view = await desk.run(work)
    response.set_cookie(
        cookie_name(house.settings),
        secret,
        max_age=SESSION_LIFE // 1000,
        httponly=True,
        secure=house.settings.secure_cookies,
        samesite="lax",
    )
    return view


@router.get("/session")
def read_session(house: HouseDep, actor: Annotated[Actor, needs("self.manage")]) -> SessionView:
    """Who am I."""
    return _view(house, actor)


@router.delete("/session", status_code=204)
def close_session(response: Response, house: HouseDep, actor: Annotated[Actor, needs("self.manage")]) -> None:
    """Sign out of this browser."""
    house.writer.run(sign_out(actor))
    response.delete_cookie(
        cookie_name(house.settings), secure=house.settings.secure_cookies, httponly=True, samesite="lax"
    )


@router.put("/session/password", status_code=204)
async def replace_password(
    request: Request, house: HouseDep, actor: Annotated[Actor, needs("self.manage")], body: PasswordChange
) -> None:
    """Change my password; every other session of mine ends."""
    throttle(request, "password.change", actor.id)
    check_password(body.new, actor.login)
    desk = hashing_of(request)

    def work() -> None:
        with house.database.read() as connection:
            found = find_credentials(connection, actor.login)
        if found is None or not desk.passwords.verify(body.old, found.password_hash):
            raise BadInput("旧密码不对，请重新输入")
        if body.old == body.new:
            raise BadInput("新密码和旧密码一样，请换一个")
        house.writer.run(change_password(actor, found.password_hash, desk.passwords.hash(body.new)))

    await desk.run(work)


def _view(house: House, actor: Actor) -> SessionView:
    with house.database.read() as connection:
        query = sa.select(shop_table.c.id, shop_table.c.name).where(shop_table.c.id.in_(actor.shops))
        names = {row.id: row.name for row in connection.execute(query)}
    shops = [ShopName(id=shop, name=names.get(shop, shop)) for shop in actor.shops]
    return SessionView(me=Me(id=actor.id, name=actor.name, role=actor.role.value, shops=shops), csrf=actor.csrf)
