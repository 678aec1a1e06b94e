"""The live side of the application: the socket route, its hub, the heart that beats and the worker beside it."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from fastapi import APIRouter, FastAPI
from starlette.websockets import WebSocket

from jinpai.bootstrap import close_house, load_all_content, open_house
from jinpai.entrypoints.http.access import Anyone, socket_for
from jinpai.entrypoints.ws.endpoint import restart, serve
from jinpai.entrypoints.ws.floor import Floor
from jinpai.entrypoints.ws.hub import Hub
from jinpai.entrypoints.ws.watch import watch
from jinpai.flows.bargaining.hearing import ear_of
from jinpai.flows.content.republishing import refresh_published
from jinpai.flows.due import Worker
from jinpai.flows.ordering.endings import TradeWatch
from jinpai.flows.ports import House
from jinpai.flows.promising.ledger import Ledger
from jinpai.flows.reception.attendance import Attendance
from jinpai.flows.searching.indexing import Follower
from jinpai.flows.tracking.watching import ParcelWatch
from jinpai.kit.clock import local_date

BEAT_SECONDS = 15.0
PART_SECONDS = 5.0
ROLL_SECONDS = 10.0
SLICES = 300
"""A beat is spread over so many steps, so that thousands of sockets do not all get theirs at once."""

router = APIRouter()
_log = structlog.get_logger()


@socket_for(Anyone("the hello frame says who it is, before anything else"))
async def socket(websocket: WebSocket) -> None:
    """The live protocol of docs/protocol.md."""
    await serve(websocket, websocket.app.state.house, websocket.app.state.hub)


router.add_websocket_route("/ws", socket)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the house with its hub, worker and heartbeat; close it when the server ends."""
    house: House = app.state.house
    hub = app.state.hub = Hub(house.database)
    house.writer.listen(hub.committed)
    if house.bus is not None:
        house.bus.listen(hub.hinted, hub.heal_soon)
    open_house(house)
    attendance = Attendance(house)
    hub.floor = Floor(house, attendance, hub.spawn, hub.lists.on_moved)
    hub.floor.plan()
    loops = (Worker(house), Follower(house), Ledger(house), ParcelWatch(house), TradeWatch(house))
    for loop in loops:
        loop.start()
    threading.Thread(target=_learn, args=(house,), name="warming", daemon=True).start()
    heart = asyncio.create_task(_beat(hub, house))
    roll = asyncio.create_task(_call_roll(attendance))
    try:
        yield
    finally:
        heart.cancel()
        roll.cancel()
        for loop in loops:
            await asyncio.to_thread(loop.stop)
        await asyncio.to_thread(close_house, house)


def _learn(house: House) -> None:
    """Have ready what is learned from content, before the first buyer needs it."""
    for shop in house.content.shops():
        content = house.content.shop(shop)
        house.understandings.prepare(shop, content.lessons)
        ear_of(house, content)


async def part(app: FastAPI) -> None:
    """Before the process ends: take nothing new, answer what was accepted, and ask every client to come back."""
    house, hub = app.state.house, app.state.hub
    hub.is_parting = True
    answered = asyncio.get_running_loop().create_future()
    house.writer.submit(lambda tx: None, lambda value, error: answered.set_result(None))
    await asyncio.wait([answered], timeout=PART_SECONDS)
    restart(hub)
    with suppress(TimeoutError):
        async with asyncio.timeout(PART_SECONDS):
            while hub.sessions:
                await asyncio.sleep(0.02)


async def _call_roll(attendance: Attendance) -> None:
    """Keep what the database knows of who is at the desk in step with the sockets that are really open."""
    while True:
        await asyncio.sleep(ROLL_SECONDS)
        try:
            await asyncio.to_thread(attendance.beat)
        except Exception as error:
            _log.warning("roll_failed", error=type(error).__name__)


async def _beat(hub: Hub, house: House) -> None:
    """Every round tell every socket the heads that moved, spread so thin that no message waits behind it."""
    today = local_date(house.clock.now())
    while True:
        try:
            await watch(house, list(hub.sessions))
            if hub.floor is not None:
                hub.floor.plan()
            if house.bus is not None:
                await hub.heal()
            else:
                await asyncio.to_thread(refresh_published, house)
        except Exception as error:
            _log.warning("beat_failed", error=type(error).__name__)
        sessions = list(hub.sessions)
        for step in range(SLICES):
            await asyncio.sleep(BEAT_SECONDS / SLICES)
            now = house.clock.now()
            for session in sessions[step::SLICES]:
                hub.beat(session, now)
        if local_date(now) != today:
            today = local_date(now)
            hub.spawn(asyncio.to_thread(load_all_content, house))
