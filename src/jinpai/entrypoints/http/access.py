"""The one place where HTTP routes say who may call them.

Every route carries exactly one of these dependencies: `needs` (staff, by session cookie), `buyer` (by bearer token) or
`public` (anyone, with the reason); a socket route has `socket_for`. `create_app` refuses to start with a route that has
none.
"""

import hmac
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.websockets import WebSocket

from jinpai.desk.visits import find_buyer
from jinpai.flows.ports import House
from jinpai.kit.errors import NotAllowed, NotSignedIn
from jinpai.kit.settings import Settings
from jinpai.staff.actions import find_session, touch
from jinpai.staff.model import Actor, BuyerParty
from jinpai.staff.rights import Permission, check_may

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
CSRF_HEADER = "x-csrf-token"
MAX_SECRET = 200


@dataclass(frozen=True, slots=True)
class Staff:
    """Lets in who is signed in and has the permission; calls that change something need the CSRF header."""

    permission: Permission

    def __call__(self, request: Request) -> Actor:
        """Who calls; NotSignedIn, or NotAllowed without the right."""
        house = house_of(request)
        secret = session_secret(request)
        if secret is None:
            raise NotSignedIn("请先登录")
        with house.database.read() as connection:
            actor, is_touch_due = find_session(connection, secret, house.clock.now())
        if request.method not in SAFE_METHODS:
            _check_csrf(actor, request.headers.get(CSRF_HEADER, ""))
        check_may(actor, self.permission)
        if is_touch_due:
            house.writer.submit(touch(actor.session), _forget)
        return actor


@dataclass(frozen=True, slots=True)
class Buyer:
    """Lets in the buyer whose token it is."""

    permission: Permission

    def __call__(self, request: Request) -> BuyerParty:
        """Who calls; NotSignedIn without a valid token."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not 1 <= len(token) <= MAX_SECRET:
            raise NotSignedIn("缺少聊天凭证，请刷新页面重新打开聊天窗口")
        with house_of(request).database.read() as connection:
            visitor = find_buyer(connection, token)
        party = BuyerParty(visitor.id, visitor.conversation, visitor.shop)
        check_may(party, self.permission)
        return party


@dataclass(frozen=True, slots=True)
class Anyone:
    """Lets everybody in."""

    why: str

    async def __call__(self) -> None:
        """Nothing to check."""


Rule = Staff | Buyer | Anyone
Endpoint = Callable[[WebSocket], Awaitable[None]]


def needs(permission: Permission) -> Any:
    """For staff with this permission: `actor: Annotated[Actor, needs("staff.read")]`."""
    return Depends(Staff(permission))


def buyer(permission: Permission) -> Any:
    """For a buyer with a token: `party: Annotated[BuyerParty, buyer("chat.read")]`."""
    return Depends(Buyer(permission))


def public(why: str) -> Any:
    """For anyone, because `why`: `dependencies=[public("…")]`."""
    return Depends(Anyone(why))


def socket_for(rule: Rule) -> Callable[[Endpoint], Endpoint]:
    """Carries the rule of a plain Starlette socket route: it has no dependencies, and keeps 4 KiB less a socket."""

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.rule = rule  # type: ignore[attr-defined]
        return endpoint

    return mark


async def _house(request: Request) -> House:
    return house_of(request)


HouseDep = Annotated[House, Depends(_house)]
"""What the running process shares, for a route's signature."""


def house_of(request: Request) -> House:
    """What the running process shares."""
    house: House = request.app.state.house
    return house


def cookie_name(settings: Settings) -> str:
    """The session cookie's name; over HTTPS browsers enforce what the `__Host-` prefix promises."""
    return "__Host-jinpai" if settings.secure_cookies else "jinpai"


def session_secret(request: Request) -> str | None:
    """What the session cookie holds, if there is one that could be right."""
    secret = request.cookies.get(cookie_name(house_of(request).settings))
    return secret if secret is not None and 1 <= len(secret) <= MAX_SECRET else None


def list_rules(app: FastAPI) -> list[tuple[str, str, list[Rule]]]:
    """Every route as method (`WS` for a socket), path template and the rules it carries; there must be exactly one."""
    found: list[tuple[str, str, list[Rule]]] = []
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        rules = list(_own_rules(route)) if dependant is None else list(_rules_of(dependant))
        found += [(method, str(route.path), rules) for method in sorted(route.methods or ("WS",))]
    return found


def _own_rules(route: Any) -> Iterator[Rule]:
    rule = getattr(getattr(route, "endpoint", None), "rule", None)
    if isinstance(rule, Rule):
        yield rule


def _rules_of(dependant: Dependant) -> Iterator[Rule]:
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Rule):
            yield dependency.call
        yield from _rules_of(dependency)


def _check_csrf(actor: Actor, given: str) -> None:
    if not hmac.compare_digest(actor.csrf.encode(), given.encode()):
        raise NotAllowed("页面已经过期，请刷新页面后再试一次")


def _forget(value: Any, error: Exception | None) -> None:
    """The next request touches the session if this one could not."""
