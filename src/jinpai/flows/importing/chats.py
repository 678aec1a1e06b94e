"""Chat logs of another program into the conversation log, as history."""

from collections.abc import Sequence
from typing import Final

from jinpai.desk.importing.form import CHATS
from jinpai.desk.importing.reading import count_speakers, is_sub_account, read_past
from jinpai.desk.importing.texts import read_chats
from jinpai.desk.past import foretell_past, record_past
from jinpai.flows.importing.jobs import Job, Kind, Person
from jinpai.flows.ports import House
from jinpai.importing.model import Tally
from jinpai.importing.running import Progress, run_lines


def _foresee(house: House, job: Job) -> Tally:
    plan = read_past(job.table, job.layout, job.ours, house.clock.now())
    tally = Tally(plan.count, rejected=list(plan.rejected))
    with house.database.read() as connection:
        tally.add(foretell_past(connection, job.shop, [line for _, line in plan.lines]))
    return tally


def _run(house: House, job: Job, progress: Progress) -> Tally:
    plan = read_past(job.table, job.layout, job.ours, house.clock.now())
    return run_lines(house.writer, plan, lambda lines: record_past(house.sealer, job.shop, lines), progress)


def _people(house: House, job: Job) -> Sequence[Person]:
    """Those of the shop first, then by how much they speak."""
    found = [
        Person(name, lines, is_sub_account(name) or name in job.ours, is_sub_account(name))
        for name, lines in count_speakers(job.table, job.layout).items()
    ]
    return sorted(found, key=lambda one: (not one.ours, -one.lines, one.name))


CHAT_FILES: Final = Kind(
    CHATS, "order.import", _foresee, _run, read=read_chats, files="TXT、CSV、XLS 或 XLSX", people=_people
)
