"""bench/RESULTS.md: one section a part, each with its date and command; a part that was not run keeps its section."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Figure, table

RESULTS = Path(__file__).parent / "RESULTS.md"
_TITLE = """# Results

The last figures of `make bench`, as they came, passed or not. Absolute figures belong to the machine named; what counts
is the aim and the ratio to the limit measured in the same run. "Best of" is taken because other work on the machine can
only add cost.
"""


def section(heading: str, day: str, command: str, machine: Mapping[str, str], figures: Sequence[Figure]) -> str:
    """One part's figures as Markdown."""
    where = " · ".join(f"{name}: {value}" for name, value in machine.items())
    return f"## {heading}\n\n{day} · `{command}`\n\n{where}\n\n{table(figures)}\n"


def keep(sections: Mapping[str, str], path: Path = RESULTS) -> None:
    """Write the sections, by heading, in place of older ones with the same heading."""
    known = _read(path) if path.exists() else {}
    path.write_text("\n".join([_TITLE, *{**known, **sections}.values()]))


def _read(path: Path) -> dict[str, str]:
    parts = re.split(r"(?m)^(?=## )", path.read_text())[1:]
    return {part.split("\n", 1)[0].removeprefix("## "): part.rstrip() + "\n" for part in parts}
