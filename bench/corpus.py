"""The guard on messages written by people who had not seen its rules: precision and recall.

`corpus` was blind when it was written and measured first; the rules have since been corrected on it. `corpus2` is
blind: nobody who writes rules looks at it. Of `corpus3`, `corpus4` and `corpus5` rules are corrected on two thirds,
and the tone is learned from these of the first two; the rest, drawn by the hash of the id, is only counted, so that the
distance between the two shows what was merely learned by heart. `corpus6` is split in two files by the parity of the
same hash: `development.yaml` (odd) may be read by those who write rules, `counted.yaml` (even) may not.

An entry names the families a strict inspector would find on its last message; `[]` is clean, nothing above a hint.
A message counts as stopped at `warn` and above; hints are counted for the families that only hint. The baseline beside
it stops every agent's message without a word of courtesy, and nothing else.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bench.figures import Figure, at_least, plain
from jinpai.flows.content.shop import load_shop_content
from jinpai.guard.conversation import check_talk, read_talk
from jinpai.guard.engine import Guard
from jinpai.guard.families import FAMILIES

FOLDER = Path(__file__).parent.parent / "tests" / "content" / "corpus"
BLIND = FOLDER.with_name("corpus2")
SECOND = FOLDER.with_name("corpus3")
THIRD = FOLDER.with_name("corpus4")
FOURTH = FOLDER.with_name("corpus5")
FIFTH = FOLDER.with_name("corpus6")
COURTESY = ("您", "请", "亲", "谢谢", "抱歉", "不好意思", "麻烦", "哦", "呢")
STOPPING = ("block", "confirm", "warn")
HINTING = frozenset(
    ("self_centred", "jargon", "typo", "humour", "over_talking", "timing", "monologue", "repeat_question", "trap")
)
START, PACE = 1_772_330_400, 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in its conversation, and what should be found on it."""

    id: str
    talk: dict[str, Any]
    expect: frozenset[str]

    @property
    def text(self) -> str:
        """The message judged."""
        words: str = self.talk["messages"][-1]["text"]
        return words


def entries(folder: Path = FOLDER) -> list[Entry]:
    """The whole corpus in this folder."""
    return [entry for path in sorted(folder.glob("*.yaml")) for entry in read(path)]


def read(path: Path) -> Iterator[Entry]:
    """The entries of a file."""
    for data in yaml.safe_load(path.read_text("utf-8")):
        at, messages = START, []
        for message in data["messages"]:
            role = "buyer" if "buyer" in message else "agent"
            messages.append({"from": role, "text": message[role], "at": at})
            at += int(message.get("seconds", PACE))
        talk = {"messages": messages, "context": data.get("context") or {}}
        yield Entry(str(data["id"]), talk, frozenset(data["expect"] or ()))


def found(guard: Guard, entry: Entry) -> frozenset[str]:
    """The families the guard finds on the message judged: those that stop it, and the hints of hinting families.

    That the buyer of a trap has the last word is how the entry is written, not a remark.
    """
    last = len(entry.talk["messages"]) - 1
    hits = [one.hit for one in check_talk(guard, read_talk(entry.talk)) if one.message == last]
    families = frozenset(hit.family for hit in hits if hit.severity in STOPPING or hit.family in HINTING)
    return families - {"timing"} if entry.talk["messages"][-1]["from"] == "buyer" else families


def measure(folder: Path = FOLDER) -> list[Figure]:
    """Precision and recall over all stopped messages, then by family, with the baseline."""
    guard = load_shop_content("").guard
    judged = [(entry, found(guard, entry)) for entry in entries(folder)]
    rude = [
        (entry.expect, frozenset() if any(word in entry.text for word in COURTESY) else frozenset(("cold",)))
        for entry, _ in judged
    ]
    precision, recall = rates([(entry.expect, families) for entry, families in judged])
    note = f"{len(judged)} messages, {sum(bool(entry.expect - HINTING) for entry, _ in judged)} to be stopped"
    figures = [
        at_least("guard: precision of what is stopped", precision, 95, "%", note),
        at_least("guard: recall", recall, 90, "%"),
    ]
    low_precision, low_recall = rates(rude)
    figures += [
        plain("baseline (no courtesy word): precision", low_precision, "%"),
        plain("baseline (no courtesy word): recall", low_recall, "%"),
    ]
    return [*figures, *_by_family(judged)]


def measure_parts(folder: Path = SECOND) -> list[Figure]:
    """Precision and recall on the part the rules are corrected on, and on the part that is only counted."""
    guard = load_shop_content("").guard
    figures: list[Figure] = []
    for name, is_check in (("development", False), ("check", True)):
        judged = [(entry.expect, found(guard, entry)) for entry in entries(folder) if for_check(entry) == is_check]
        precision, recall = rates(judged)
        figures.append(at_least(f"guard, {name} part: precision", precision, 95, "%", f"{len(judged)} messages"))
        figures.append(at_least(f"guard, {name} part: recall", recall, 90, "%"))
    return figures


def measure_halves(folder: Path = FIFTH) -> list[Figure]:
    """Precision and recall of each file of a folder, over all stopped messages and by family."""
    guard = load_shop_content("").guard
    figures: list[Figure] = []
    for path in sorted(folder.glob("*.yaml")):
        name = path.stem
        judged = [(entry, found(guard, entry)) for entry in read(path)]
        precision, recall = rates([(entry.expect, families) for entry, families in judged])
        note = f"{len(judged)} messages, {sum(not entry.expect for entry, _ in judged)} clean"
        figures.append(at_least(f"guard, {name} half: precision", precision, 95, "%", note))
        figures.append(at_least(f"guard, {name} half: recall", recall, 90, "%"))
        figures += [replace(figure, name=f"{name} half: {figure.name}") for figure in _by_family(judged)]
    return figures


def for_check(entry: Entry) -> bool:
    """Whether the entry is among the third that is only counted."""
    return int(hashlib.sha256(entry.id.encode()).hexdigest(), 16) % 3 == 0


def corrected_on(folder: Path) -> list[Entry]:
    """What of a set may be read and learned from; nothing of the blind one."""
    if folder == FIFTH:
        return list(read(folder / "development.yaml"))
    return [entry for entry in entries(folder) if folder == FOLDER or (folder != BLIND and not for_check(entry))]


def rates(outcomes: Sequence[tuple[frozenset[str], frozenset[str]]]) -> tuple[float, float]:
    """Precision and recall in per cent over messages of (wanted, found) families; those that only hint do not stop."""
    stopped = [(bool(want - HINTING), bool(got - HINTING)) for want, got in outcomes]
    right = sum(want and got for want, got in stopped)
    precision = 100 * right / max(1, sum(got for _, got in stopped))
    return precision, 100 * right / max(1, sum(want for want, _ in stopped))


def _by_family(judged: Sequence[tuple[Entry, frozenset[str]]]) -> Iterator[Figure]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry, families in judged:
        for family in entry.expect | families:
            kind = "right" if family in entry.expect & families else "missed" if family in entry.expect else "wrong"
            counts[family][kind] += 1
    for family in FAMILIES:
        if family in counts:
            tally = counts[family]
            precision = 100 * tally["right"] / max(1, tally["right"] + tally["wrong"])
            recall = 100 * tally["right"] / max(1, tally["right"] + tally["missed"])
            note = f"{tally['right']} right, {tally['missed']} missed, {tally['wrong']} wrong"
            yield Figure(f"guard, {family}: precision / recall", f"{precision:.0f} / {recall:.0f} %", note=note)
