"""Exports of reviews to the orders they are of."""

from typing import Final

from jinpai.flows.importing.jobs import Job, Kind
from jinpai.flows.ports import House
from jinpai.importing.model import Tally
from jinpai.importing.running import Progress, run_lines
from jinpai.orders.importing.reviews import REVIEWS, read_reviews
from jinpai.orders.reviews import foretell_reviews, record_reviews


def _foresee(house: House, job: Job) -> Tally:
    plan = read_reviews(job.table, job.layout)
    tally = Tally(plan.count, rejected=list(plan.rejected))
    with house.database.read() as connection:
        tally.add(foretell_reviews(connection, job.shop, [review for _, review in plan.lines]))
    return tally


def _run(house: House, job: Job, progress: Progress) -> Tally:
    plan = read_reviews(job.table, job.layout)
    return run_lines(house.writer, plan, lambda reviews: record_reviews(job.shop, reviews, job.author), progress)


REVIEW_FILES: Final = Kind(REVIEWS, "order.import", _foresee, _run)
