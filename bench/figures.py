"""Figures with their aims, and the table that shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `passed` is None where there is no aim to pass."""

    name: str
    value: str
    aim: str = ""
    passed: bool | None = None
    note: str = ""


def at_least(name: str, value: float, least: float, unit: str = "", note: str = "") -> Figure:
    """A figure that should not be smaller than the aim."""
    return Figure(name, _show(value, unit), f"≥ {_show(least, unit)}", value >= least, note)


def at_most(name: str, value: float, most: float, unit: str = "", note: str = "") -> Figure:
    """A figure that should not be larger than the aim."""
    return Figure(name, _show(value, unit), f"≤ {_show(most, unit)}", value <= most, note)


def plain(name: str, value: float, unit: str = "", note: str = "") -> Figure:
    """A figure without an aim: a limit, a peer."""
    return Figure(name, _show(value, unit), note=note)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[round((len(ordered) - 1) * share)]


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    verdicts: Mapping[bool | None, str] = {True: "pass", False: "**fail**", None: ""}
    rows = [f"| {f.name} | {f.value} | {f.aim} | {verdicts[f.passed]} | {f.note} |" for f in figures]
    return "\n".join(["| figure | measured | aim | | how |", "| --- | --- | --- | --- | --- |", *rows])


def _show(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return f"{text} {unit}".rstrip()
