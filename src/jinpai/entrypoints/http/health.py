"""What operators and their monitors ask: is it up, can it work, how busy is it."""

import hmac

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from jinpai.entrypoints.http.access import HouseDep, public
from jinpai.entrypoints.http.metrics import WRITER_ALIVE, WRITER_QUEUE
from jinpai.flows.ports import House
from jinpai.kit.errors import NotAllowed
from jinpai.kit.migrate import is_current

router = APIRouter(include_in_schema=False)

_LOOPBACK = ("127.0.0.1", "::1")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


@router.get("/healthz", dependencies=[public("a load balancer asks whether the process is up")])
async def is_up() -> dict[str, bool]:
    """The process answers."""
    return {"ok": True}


@router.get("/readyz", dependencies=[public("a load balancer asks whether the process can work")])
def is_ready(house: HouseDep) -> JSONResponse:
    """Whether requests can be served: 200, or 503 naming what is missing."""
    checks = {**_check_database(house), "writer": house.writer.is_alive}
    ready = all(checks.values())
    return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)


@router.get("/metrics", dependencies=[public("guarded by JINPAI_METRICS_TOKEN, else for this machine only")])
def read_metrics(request: Request, house: HouseDep) -> Response:
    """Figures in Prometheus' text format."""
    _check_monitor(request, house.settings.metrics_token)
    WRITER_QUEUE.set(house.writer.depth)
    WRITER_ALIVE.set(house.writer.is_alive)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _check_monitor(request: Request, token: str | None) -> None:
    if token is not None:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise NotAllowed("查看运行指标需要 JINPAI_METRICS_TOKEN，请放进 Authorization: Bearer 头")
        return
    host = request.client.host if request.client else ""
    if host not in _LOOPBACK or any(name in request.headers for name in _FORWARDED):
        raise NotAllowed("运行指标只对本机开放；要从别处查看，请设置 JINPAI_METRICS_TOKEN")


def _check_database(house: House) -> dict[str, bool]:
    try:
        with house.database.read() as connection:
            connection.execute(sa.text("SELECT 1"))
            return {"database": True, "migrations": is_current(connection)}
    except sa.exc.SQLAlchemyError:
        return {"database": False, "migrations": False}
