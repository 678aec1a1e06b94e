"""The whole server of one process: pages, REST and the live socket."""

from fastapi import FastAPI

from jinpai.entrypoints.http import companion, content, conversations, files, products, scripts, widget
from jinpai.entrypoints.http.app import create_app
from jinpai.entrypoints.ws import live
from jinpai.flows.ports import House
from jinpai.staff.passwords import Passwords


def create_server(house: House, passwords: Passwords | None = None) -> FastAPI:
    """The application of this house; its lifespan opens and closes the house."""
    routers = (
        conversations.router,
        files.router,
        products.router,
        scripts.router,
        content.router,
        companion.router,
        widget.router,
        live.router,
    )
    return create_app(house, routers=routers, passwords=passwords, lifespan=live.lifespan)
