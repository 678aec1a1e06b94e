"""Writes src/jinpai/kit/addresses/gazetteer.txt: `python -m bench.gazetteer_table DIVISION ADCODES`.

DIVISION is the `dist` folder of the npm package china-division 2.7 (WTFPL; the state's statistics office, June 2023),
ADCODES the adcodes.csv of the PyPI package cpca 0.5.5 (MIT; 2020), from which come the names abolished since.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from jinpai.kit.addresses.gazetteer import TABLE

MUNICIPAL = ("市辖区", "县")
COLLECTIVE = "直辖县级行政区划"
TOWNS = ("镇", "街道", "岛", "域", "港", "湖", "园", "院")
"""How the parts of cities without districts (东莞 中山 儋州 嘉峪关 三沙) end: they are towns, not districts."""


def build(division: Path, adcodes: Path) -> str:
    """The table: a province, below it its cities, each with its districts; `~` marks a name that was abolished."""
    provinces = json.loads((division / "pca-code.json").read_text("utf-8"))
    former = _former(adcodes)
    lines: list[str] = []
    for province in provinces:
        lines.append(province["name"])
        for name, codes, districts in _cities(province):
            known = {old for code in codes for old in former[code]} - set(districts)
            parts = [*districts, *(f"~{old}" for old in sorted(known))]
            lines.append("\t".join(("", name, " ".join(parts))).rstrip())
    for province, cities in json.loads((division / "HK-MO-TW.json").read_text("utf-8")).items():
        lines.append(province)
        lines += ["\t".join(("", city, " ".join(map(_plain, parts)))).rstrip() for city, parts in cities.items()]
    return "\n".join(lines) + "\n"


def _plain(name: str) -> str:
    """The name without its explanation: 圣方济各堂区（路环） → 圣方济各堂区."""
    return name.partition("（")[0]


def _cities(province: dict[str, Any]) -> list[tuple[str, list[str], list[str]]]:
    """Name, codes and districts of each city; a municipality is its own city, as is what a province governs itself."""
    parts = province["children"]
    if parts[0]["name"] == MUNICIPAL[0]:
        districts = [one["name"] for part in parts for one in part["children"]]
        return [(province["name"], [part["code"] for part in parts], districts)]
    found: list[tuple[str, list[str], list[str]]] = []
    for part in parts:
        names = [one["name"] for one in part["children"]]
        if part["name"].endswith(COLLECTIVE):
            found += [(name, [], []) for name in names]
        else:
            found.append((part["name"], [part["code"]], [name for name in names if not name.endswith(TOWNS)]))
    return found


def _former(adcodes: Path) -> dict[str, list[str]]:
    """Code of a city → every district it had in 2020."""
    found: dict[str, list[str]] = defaultdict(list)
    with adcodes.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            code, name = row["adcode"][:6], row["name"]
            if not code.endswith("00") and name != MUNICIPAL[0]:
                found[code[:4]].append(name)
    return found


if __name__ == "__main__":
    TABLE.write_text(build(Path(sys.argv[1]), Path(sys.argv[2])), "utf-8")
