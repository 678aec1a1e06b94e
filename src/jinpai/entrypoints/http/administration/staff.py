"""The shop's accounts: supervisors see them, owners change them."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.hashing import hashing_of
from jinpai.staff.actions import change_account, create_account
from jinpai.staff.manage import check_assigns, find_managed
from jinpai.staff.model import (
    MAX_LOGIN,
    MAX_NAME,
    MAX_PASSWORD,
    Account,
    AccountChange,
    Actor,
    NewAccount,
    Role,
    check_login,
    check_password,
)
from jinpai.staff.store import list_accounts

router = APIRouter(prefix="/api/v1", tags=["staff"])

Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
Password = Annotated[str, Field(max_length=MAX_PASSWORD)]
RoleName = Annotated[Role, Field(strict=False)]
Shops = Annotated[list[Annotated[str, Field(min_length=1, max_length=64)]], Field(min_length=1, max_length=100)]


class AccountForm(Body):
    """A new account."""

    login: str = Field(min_length=2, max_length=MAX_LOGIN)
    name: Name
    role: RoleName
    shops: Shops
    password: Password


class AccountPatch(Body):
    """What to change; what is absent stays."""

    name: Name | None = None
    role: RoleName | None = None
    shops: Shops | None = None
    active: bool | None = None
    password: Password | None = None


class AccountView(BaseModel):
    """An account as lists show it, with the shops that the viewer serves too."""

    id: str
    login: str
    name: str
    role: Role
    shops: list[str]
    active: bool
    created_at: int


class AccountList(BaseModel):
    """The accounts of the viewer's shops, by login."""

    items: list[AccountView]


@router.get("/staff")
def read_staff(house: HouseDep, actor: Annotated[Actor, needs("staff.read")]) -> AccountList:
    """The accounts of my shops."""
    with house.database.read() as connection:
        accounts = list_accounts(connection, actor.shops)
    return AccountList(items=[_view(account, actor) for account in accounts])


@router.post("/staff", status_code=201)
async def add_staff(
    request: Request, house: HouseDep, actor: Annotated[Actor, needs("staff.write")], body: AccountForm
) -> AccountView:
    """Add an account for shops of mine."""
    check_assigns(actor, body.shops)
    check_password(body.password, check_login(body.login))
    desk = hashing_of(request)
    new = NewAccount(body.login, body.name, body.role, tuple(body.shops))

    def work() -> Account:
        return house.writer.run(create_account(actor, new, desk.passwords.hash(body.password)))

    return _view(await desk.run(work), actor)


@router.patch("/staff/{account_id}")
async def edit_staff(
    request: Request,
    house: HouseDep,
    actor: Annotated[Actor, needs("staff.write")],
    account_id: str,
    body: AccountPatch,
) -> AccountView:
    """Change an account of my shops; other rights or another password sign the person out everywhere."""
    desk = hashing_of(request)

    def work() -> Account:
        with house.database.read() as connection:
            account = find_managed(connection, actor, account_id)
        hashed = None
        if body.password is not None:
            hashed = desk.passwords.hash(check_password(body.password, account.login))
        shops = None if body.shops is None else tuple(body.shops)
        change = AccountChange(body.name, body.role, shops, body.active, hashed)
        return house.writer.run(change_account(actor, account_id, change))

    return _view(await desk.run(work), actor)


def _view(account: Account, actor: Actor) -> AccountView:
    return AccountView(
        id=account.id,
        login=account.login,
        name=account.name,
        role=account.role,
        shops=[shop for shop in account.shops if actor.serves(shop)],
        active=account.active,
        created_at=account.created_at,
    )
