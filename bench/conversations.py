"""The guard on whole conversations: the families that judge a talk and not a sentence, message by message.

`corpus7` was written by someone who had not seen the rules: `development.yaml` may be read by those who write rules,
`counted.yaml` may not. An entry names every family a strict inspector finds somewhere in the talk, and the message each
fault shows at; a family it names nowhere is clean in the whole talk, save those in `unjudged`. A fault is right where
the guard remarks the family at that very message; a family remarked where none is expected is wrong, and so is one
remarked only at messages without that fault. `stage_missed` and `promise_unremarked` lie with the desk and not
with the guard, so they are not counted here. Severity makes no difference: most of these families hint.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.corpus import FOLDER
from bench.figures import Figure, at_least
from jinpai.flows.content.shop import load_shop_content
from jinpai.guard.conversation import check_talk, read_talk
from jinpai.guard.engine import Guard
from jinpai.guard.families import FAMILIES

SIXTH = FOLDER.with_name("corpus7")
AT_THE_DESK = frozenset(("stage_missed", "promise_unremarked"))
Mark = tuple[str, int]
"""A family and the index of the message it shows at."""


@dataclass(frozen=True, slots=True)
class Reception:
    """A conversation, the faults to find in it, and the families nothing is said about."""

    id: str
    talk: dict[str, Any]
    expect: frozenset[str]
    faults: frozenset[Mark]
    clean: frozenset[Mark]
    unjudged: frozenset[str]


def receptions(path: Path) -> list[Reception]:
    """The conversations of a file."""
    return [_read(data) for data in yaml.safe_load(path.read_text("utf-8"))]


def remarks(guard: Guard, reception: Reception) -> frozenset[Mark]:
    """Every family the guard remarks, at its message, save those the entry says nothing about."""
    found = {(one.hit.family, one.message) for one in check_talk(guard, read_talk(reception.talk))}
    return frozenset(mark for mark in found if mark[0] not in reception.unjudged)


def tally(guard: Guard, judged: Sequence[Reception]) -> dict[str, Counter[str]]:
    """By family: faults found `right` and `missed`, and remarks that are `wrong`.

    Wrong is, once a conversation and family, a remark where the family is clean or only where its faults are not;
    further remarks beside a fault that was found say the same again.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for reception in judged:
        found = remarks(guard, reception)
        for mark in reception.faults:
            counts[mark[0]]["right" if mark in found else "missed"] += 1
        known = {family for family, _ in found & reception.faults}
        unfounded = {family for family, _ in found & reception.clean}
        for family in {family for family, _ in found - reception.faults}:
            if family not in known or family in unfounded:
                counts[family]["wrong"] += 1
    return counts


def rates(counts: dict[str, Counter[str]]) -> tuple[float, float]:
    """Precision and recall in per cent over all families."""
    total = sum(counts.values(), Counter[str]())
    precision = 100 * total["right"] / max(1, total["right"] + total["wrong"])
    return precision, 100 * total["right"] / max(1, total["right"] + total["missed"])


def measure() -> list[Figure]:
    """Precision and recall of each half, over all faults and by family."""
    guard = load_shop_content("").guard
    return [figure for path in sorted(SIXTH.glob("*.yaml")) for figure in _figures(guard, path)]


def _figures(guard: Guard, path: Path) -> Iterator[Figure]:
    judged = receptions(path)
    counts = tally(guard, judged)
    precision, recall = rates(counts)
    note = f"{len(judged)} conversations, {sum(not one.faults for one in judged)} clean"
    yield at_least(f"guard, {path.stem} half: precision", precision, 95, "%", note)
    yield at_least(f"guard, {path.stem} half: recall", recall, 90, "%")
    for family in FAMILIES:
        if family in counts:
            one = {family: counts[family]}
            text = "{:.0f} / {:.0f} %".format(*rates(one))
            note = ", ".join(f"{counts[family][kind]} {kind}" for kind in ("right", "missed", "wrong"))
            yield Figure(f"{path.stem} half: {family}: precision / recall", text, note=note)


def _read(data: dict[str, Any]) -> Reception:
    messages = []
    for message in data["messages"]:
        role = "buyer" if "buyer" in message else "agent"
        messages.append({"from": role, "text": message[role], "at": message["at"]})
    return Reception(
        str(data["id"]),
        {"messages": messages, "context": data.get("context") or {}},
        frozenset(data["expect"] or ()) - AT_THE_DESK,
        _marks(data.get("labels")),
        _marks(data.get("clean")),
        frozenset(data.get("unjudged") or ()) | AT_THE_DESK,
    )


def _marks(rows: Sequence[dict[str, Any]] | None) -> frozenset[Mark]:
    return frozenset((row["family"], row["message"]) for row in rows or () if row["family"] not in AT_THE_DESK)
