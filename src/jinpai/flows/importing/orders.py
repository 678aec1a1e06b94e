"""Order exports into the order book."""

from typing import Final

from jinpai.flows.importing.jobs import Job, Kind
from jinpai.flows.ports import House
from jinpai.importing.model import Tally
from jinpai.importing.running import Progress
from jinpai.orders.importing.form import ORDERS
from jinpai.orders.importing.reading import read_plan
from jinpai.orders.importing.running import run_plan, try_plan


def _foresee(house: House, job: Job) -> Tally:
    plan = read_plan(job.table, job.layout)
    with house.database.read() as connection:
        return try_plan(connection, house.sealer, job.shop, plan)


def _run(house: House, job: Job, progress: Progress) -> Tally:
    plan = read_plan(job.table, job.layout)
    return run_plan(house.writer, house.sealer, job.shop, plan, job.author, progress)


ORDER_FILES: Final = Kind(ORDERS, "order.import", _foresee, _run)
