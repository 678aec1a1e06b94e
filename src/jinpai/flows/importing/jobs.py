"""What an import needs to know, whatever it brings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jinpai.flows.ports import House
from jinpai.importing.model import Form, Layout, Tally
from jinpai.importing.running import Progress
from jinpai.importing.tables import Table, read_table
from jinpai.staff.rights import Permission


@dataclass(frozen=True, slots=True)
class Job:
    """A table on its way into a shop, by whom; `ours` are the names in it that speak for the shop."""

    shop: str
    author: str
    table: Table
    layout: Layout
    ours: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in a chat log, how often, whether for the shop; `sure` when the name itself says so."""

    name: str
    lines: int
    ours: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A number that a line would put right: of what (its code, and its name), before and after."""

    line: int
    code: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file; `foresee` tells what `run` would do without doing it. Whoever runs it needs the `permission`.

    `files` says which files it takes; `people` are those who speak in it, where it matters who does; `changes` are the
    numbers it would put right, where those are what people look at before they run it.
    """

    form: Form
    permission: Permission
    foresee: Callable[[House, Job], Tally]
    run: Callable[[House, Job, Progress], Tally]
    read: Callable[[bytes], Table] = read_table
    files: str = "CSV、TSV、XLS 或 XLSX"
    people: Callable[[House, Job], Sequence[Person]] | None = None
    changes: Callable[[House, Job], Sequence[Change]] | None = None

    def find_people(self, house: House, job: Job) -> Sequence[Person]:
        """Those who speak in it; nobody where that does not matter, or while a column is missing."""
        return self.people(house, job) if self.people is not None and job.layout.is_complete else ()

    def find_changes(self, house: House, job: Job) -> Sequence[Change]:
        """The numbers it would put right; none for kinds that are not about numbers, or while a column is missing."""
        return self.changes(house, job) if self.changes is not None and job.layout.is_complete else ()
