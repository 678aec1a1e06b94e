"""The HTTP side put together: routes, their one rule each, problems, and the doorway around it all."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from starlette.types import Lifespan

from jinpai.entrypoints.http import describe, health, pages, problems, session
from jinpai.entrypoints.http.access import list_rules
from jinpai.entrypoints.http.administration import staff
from jinpai.entrypoints.http.doorway import Doorway
from jinpai.entrypoints.http.hashing import HashingDesk, PictureDesk
from jinpai.entrypoints.http.queries import check_query
from jinpai.entrypoints.http.throttle import Throttle
from jinpai.flows.ports import House
from jinpai.staff.passwords import Passwords

ROUTERS: Sequence[APIRouter] = (session.router, staff.router, health.router)
"""The routes every application has; the pages come last because they take what is left."""


def create_app(
    house: House,
    *,
    routers: Sequence[APIRouter] = (),
    passwords: Passwords | None = None,
    web: Path | None = None,
    lifespan: Lifespan[FastAPI] | None = None,
) -> FastAPI:
    """The web application of this house; refuses to be made with a route that does not say who may call it.

    `routers` are the other rooms' routes and the live socket, `passwords` another hasher, `web` another page folder.
    """
    app = FastAPI(
        title="金牌客服 Jinpai",
        version=version("jinpai"),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        responses=problems.RESPONSES,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.house = house
    app.state.throttle = Throttle()
    app.state.hashing = HashingDesk(passwords or Passwords())
    app.state.pictures = PictureDesk()
    app.state.web = web or pages.web_folder()
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router)
    for router in routers:
        app.include_router(router, dependencies=[Depends(check_query)])
    for router in (describe.make_router(app), pages.router):
        app.include_router(router)
    check_rules(app)
    app.add_middleware(Doorway, secure=house.settings.secure_cookies)
    return app


def check_rules(app: FastAPI) -> None:
    """Fail when a route has no rule, or more than one."""
    for method, path, rules in list_rules(app):
        if len(rules) != 1:
            raise RuntimeError(
                f"{method} {path} must carry exactly one of needs(…), buyer(…), public(…); it has {len(rules)}"
            )
