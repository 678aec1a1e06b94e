"""Putting the lines of a plan where they belong, at most 500 at a time; cut short and run again it ends the same."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from jinpai.importing.model import Outcome, Plan, Tally
from jinpai.journal.writer import Action, Writer

AT_ONCE = 500

T = TypeVar("T")
Progress = Callable[[Tally], None]


def run_lines(
    writer: Writer, plan: Plan[T], record: Callable[[Sequence[T]], Action[list[Outcome]]], progress: Progress
) -> Tally:
    """Record every line of the plan; `progress` hears after each commit."""
    tally = Tally(plan.count, rejected=list(plan.rejected))
    progress(tally)
    for start in range(0, len(plan.lines), AT_ONCE):
        rows = [row for _, row in plan.lines[start : start + AT_ONCE]]
        tally.add(writer.run(record(rows)))
        progress(tally)
    return tally
