"""Member lists into the customers of a shop."""

from typing import Final

from jinpai.customers.importing.reading import CUSTOMERS, read_members
from jinpai.customers.importing.recording import foretell_members, record_members
from jinpai.flows.importing.jobs import Job, Kind
from jinpai.flows.ports import House
from jinpai.importing.model import Tally
from jinpai.importing.running import Progress, run_lines


def _foresee(house: House, job: Job) -> Tally:
    plan = read_members(job.table, job.layout)
    tally = Tally(plan.count, rejected=list(plan.rejected))
    with house.database.read() as connection:
        tally.add(foretell_members(connection, house.sealer, job.shop, [row for _, row in plan.lines]))
    return tally


def _run(house: House, job: Job, progress: Progress) -> Tally:
    plan = read_members(job.table, job.layout)
    return run_lines(
        house.writer, plan, lambda rows: record_members(house.sealer, job.shop, rows, job.author), progress
    )


CUSTOMER_FILES: Final = Kind(CUSTOMERS, "order.import", _foresee, _run)
