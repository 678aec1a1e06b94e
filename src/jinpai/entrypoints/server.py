"""The whole server of one process: pages, REST and the live socket."""

from fastapi import FastAPI

from jinpai.entrypoints.http import (
    advice,
    audit,
    bargaining,
    channels,
    companion,
    content,
    conversations,
    copilot,
    customer_deeds,
    customers,
    dispatch,
    exports,
    files,
    freight,
    handing,
    hits,
    imports,
    modes,
    order_bulk,
    order_deeds,
    ordering,
    orders,
    overlays,
    parting,
    portraits,
    presence,
    products,
    promises,
    questions,
    quick_replies,
    reminder_summary,
    reminders,
    scripts,
    search,
    shops,
    tasks,
    wall,
    widget,
)
from jinpai.entrypoints.http.app import create_app
from jinpai.entrypoints.ws import live
from jinpai.flows.ports import House
from jinpai.staff.passwords import Passwords

ROUTERS = (
    conversations.router,
    advice.router,
    bargaining.router,
    copilot.router,
    modes.router,
    questions.router,
    handing.router,
    presence.router,
    hits.router,
    files.router,
    products.router,
    imports.router,
    ordering.router,
    parting.router,
    order_bulk.router,
    order_deeds.router,
    exports.router,
    orders.router,
    customer_deeds.router,
    customers.router,
    portraits.router,
    promises.router,
    dispatch.router,
    reminder_summary.router,
    reminders.router,
    tasks.router,
    freight.router,
    scripts.router,
    quick_replies.router,
    search.router,
    content.router,
    companion.router,
    overlays.router,
    shops.router,
    channels.router,
    audit.router,
    wall.router,
    widget.router,
    live.router,
)
"""The routes of every room, and the live socket."""


def create_server(house: House, passwords: Passwords | None = None) -> FastAPI:
    """The application of this house; its lifespan opens and closes the house."""
    return create_app(house, routers=ROUTERS, passwords=passwords, lifespan=live.lifespan)
