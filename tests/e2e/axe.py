"""Asks axe what in a page keeps people out; shadow roots included."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")


def faults(page: Page, inside: str = "html") -> list[str]:
    """The serious faults inside this element, each with the places it was found at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text())
    found: list[dict[str, Any]] = page.evaluate(
        "async ([at, how]) => (await axe.run(at, how)).violations", [inside, {"resultTypes": ["violations"]}]
    )
    return [
        f"{fault['id']}: {fault['help']} — {[node['target'] for node in fault['nodes']][:3]}"
        for fault in found
        if fault["impact"] in GRAVE
    ]
