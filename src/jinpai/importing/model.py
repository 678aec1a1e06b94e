"""Files from outside, of whatever kind: what one can tell, how it is laid out, and what became of its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Outcome = Literal["created", "updated", "unchanged"]
Why = Literal["remembered", "name", "alike", ""]


def told_by(name: str, headers: str) -> tuple[str, tuple[str, ...]]:
    """A field of a form: its name for people, and the headers it goes by, written with blanks between them."""
    return name, tuple(headers.split())


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file: its fields (field → its name for people, and the headers it goes by, the likeliest first).

    Of each group of `needs` at least one field must have a column, else the lines cannot be kept apart.
    """

    kind: str
    name: str
    fields: Mapping[str, tuple[str, tuple[str, ...]]]
    needs: tuple[tuple[str, ...], ...]

    def name_of(self, field_: str) -> str:
        """The field as people call it."""
        return self.fields[field_][0]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header as written, the field it is (None: left out), and why we think so."""

    header: str
    field: str | None
    why: Why


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out; `start` is the index of the first row below the headers."""

    columns: tuple[Column, ...]
    start: int
    form: Form

    @property
    def is_complete(self) -> bool:
        """Whether there is a column of every group the form needs."""
        given = {column.field for column in self.columns}
        return all(given.intersection(group) for group in self.form.needs)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan(Generic[T]):
    """What a file tells: `lines` with what they tell of, and the rest; together they are all `count` lines of it."""

    count: int
    lines: Sequence[tuple[int, T]]
    rejected: Sequence[Rejected]


@dataclass(slots=True)
class Tally:
    """What became of the lines: `rows` are all of them, each counted in exactly one of the others."""

    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many lines are accounted for."""
        return self.created + self.updated + self.unchanged + len(self.rejected)

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Count these."""
        self.created += outcomes.count("created")
        self.updated += outcomes.count("updated")
        self.unchanged += outcomes.count("unchanged")
