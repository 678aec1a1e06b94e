"""The whole server of one process: pages, REST and the live socket."""

from fastapi import FastAPI

from jinpai.entrypoints.http import exports
from jinpai.entrypoints.http.administration import audit, content, imports, overlays, shops
from jinpai.entrypoints.http.app import create_app
from jinpai.entrypoints.http.copilot import advice, confusions, models, modes, questions, recommendations
from jinpai.entrypoints.http.copilot import teaching as copilot
from jinpai.entrypoints.http.customers import care, customers, portraits
from jinpai.entrypoints.http.customers import deeds as customer_deeds
from jinpai.entrypoints.http.desk import (
    channels,
    companion,
    conversations,
    files,
    handing,
    presence,
    products,
    quick_replies,
    scripts,
    search,
    summaries,
    wall,
    widget,
)
from jinpai.entrypoints.http.orders import (
    bargaining,
    dispatch,
    freight,
    ordering,
    orders,
    parting,
    promises,
    reminder_summary,
    reminders,
)
from jinpai.entrypoints.http.orders import bulk as order_bulk
from jinpai.entrypoints.http.orders import changes as order_changes
from jinpai.entrypoints.http.orders import deeds as order_deeds
from jinpai.entrypoints.http.parcels import claims, couriers, parcels, radar
from jinpai.entrypoints.http.quality import hits, points
from jinpai.entrypoints.http.stock import goods_returns, purchases, stock, suppliers
from jinpai.entrypoints.http.tasks import tasks
from jinpai.entrypoints.ws import live
from jinpai.flows.ports import House
from jinpai.staff.passwords import Passwords

ROUTERS = (
    conversations.router,
    advice.router,
    bargaining.router,
    copilot.router,
    confusions.router,
    summaries.router,
    models.router,
    modes.router,
    recommendations.router,
    questions.router,
    handing.router,
    presence.router,
    hits.router,
    points.router,
    files.router,
    products.router,
    imports.router,
    ordering.router,
    parting.router,
    order_bulk.router,
    order_changes.router,
    order_deeds.router,
    exports.router,
    orders.router,
    care.router,
    customer_deeds.router,
    customers.router,
    portraits.router,
    promises.router,
    dispatch.router,
    parcels.router,
    couriers.router,
    radar.router,
    claims.router,
    reminder_summary.router,
    reminders.router,
    tasks.router,
    stock.router,
    suppliers.router,
    purchases.router,
    goods_returns.router,
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
