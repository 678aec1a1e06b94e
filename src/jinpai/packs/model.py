"""Content as plain types.

A pack is a folder: `pack.yaml` says what it is, every other folder is a section, every file in a section is a list of
entries, every entry has an `id`. A shop's pack lies over the base pack: an entry with the same id replaces the whole
entry, `removed: true` takes it away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ID_PATTERN = r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
"""The name of an entry: lower-case letters, digits, and `.` `_` `-` between them."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
"""Words for people, never empty."""

Texts = Annotated[tuple[Text, ...], Field(strict=False)]
"""A list of words for people."""

Ids = Annotated[tuple[Id, ...], Field(strict=False)]
"""A list of ids."""

Money = Annotated[str, StringConstraints(pattern=r"^(?:0|[1-9]\d{0,7})(?:\.\d{1,2})?$")]
"""An amount in yuan as a decimal string such as `129.00`."""

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^(?:[01]\d|2[0-3]):[0-5]\d$")]
"""A time of day such as `08:30`."""


class Shape(BaseModel):
    """A part of an entry: unknown fields and wrong types are refused, nothing is converted, nothing changes later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ContentEntry(Shape):
    """One entry of a content file; rooms derive the shapes of their content from this.

    Entries are keys of what is compiled from them, whatever they hold: the id is enough to tell most of them apart.
    """

    id: Id

    def __hash__(self) -> int:
        return hash(self.id)


class PackInfo(Shape):
    """What `pack.yaml` says."""

    name: Id
    title: Text
    kind: Literal["base", "shop"]
    about: str = ""


E = TypeVar("E", bound=BaseModel)
E_co = TypeVar("E_co", bound=BaseModel, covariant=True)


@dataclass(frozen=True, slots=True)
class Section(Generic[E_co]):
    """One kind of content: its name, the folder its files lie in, the shape of an entry.

    A seed is read from the disk when the shop is set up; it cannot be changed by publishing a version. History is a
    seed that is read only then: what happened is planted once and lives in the database.
    """

    name: str
    folder: str
    shape: type[E_co]
    seed: bool = False
    history: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place in a file (lines count from 1, 0 = the file as a whole), with what to do about it."""

    file: str
    line: int
    message: str

    def as_dict(self) -> dict[str, Any]:
        """The problem as JSON."""
        return {"file": self.file, "line": self.line, "message": self.message}


@dataclass(frozen=True, slots=True)
class ContentSource:
    """An entry and where it is written; the entry is None where it is taken away (`removed: true`)."""

    entry: BaseModel | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack's files say: section name → entry id → entry with its place."""

    info: PackInfo | None = None
    sources: Mapping[str, Mapping[str, ContentSource]] = field(default_factory=dict)

    def entries(self, section: Section[E]) -> tuple[E, ...]:
        """The entries of a section, in the order of the files; those taken away are left out."""
        found = self.sources.get(section.name, {}).values()
        return tuple(cast(E, source.entry) for source in found if source.entry is not None)

    def problem(self, section: Section[E], id: str, message: str) -> Problem:
        """A problem of this entry, with the place where it is written."""
        source = self.sources[section.name][id]
        return Problem(source.file, source.line, f"“{id}”：{message}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack as far as it could be read, and everything that is wrong with it; usable only without problems."""

    pack: Pack
    problems: tuple[Problem, ...]
