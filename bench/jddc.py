"""Real customer-service dialogues (JDDC) as conversations to replay.

The file has one message a line, tab separated: session, user, 1 when the agent sent it, two flags, a product, the text.
Every line is accounted for: it becomes a message, or it is counted with the reason why not.
"""

import argparse
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

FIELDS = 7
_SIDES = {"0": "buyer", "1": "agent"}


@dataclass(slots=True)
class Parsed:
    """The conversations in order of their first line, and where every line went."""

    lines: int = 0
    talks: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def messages(self) -> int:
        """How many lines became messages."""
        return sum(len(messages) for messages in self.talks.values())

    def as_jsonl(self) -> bytes:
        """The conversations in the form `jinpai replay` reads."""
        rows: list[dict[str, Any]] = [{"id": id_, "messages": messages} for id_, messages in self.talks.items()]
        return b"".join(orjson.dumps(row) + b"\n" for row in rows)


def data_file() -> Path | None:
    """The dialogues in the folder that JINPAI_BENCH_DATA names; None when it is not there."""
    folder = os.environ.get("JINPAI_BENCH_DATA")
    path = Path(folder or ".") / "jddc_chats" / "chat_0.1per.txt"
    return path if folder and path.is_file() else None


def parse(content: str) -> Parsed:
    """Sort the lines into conversations; messages and skipped lines together are all lines."""
    found = Parsed()
    rows = content.removesuffix("\n").split("\n")
    for row in rows:
        found.lines += 1
        fields = row.split("\t")
        if len(fields) != FIELDS:
            found.skipped[f"not {FIELDS} fields"] += 1
        elif fields[2] not in _SIDES:
            found.skipped["sender neither 0 nor 1"] += 1
        elif not fields[6].strip():
            found.skipped["empty text"] += 1
        else:
            message = {"from": _SIDES[fields[2]], "text": fields[6]}
            found.talks.setdefault(fields[0], []).append(message)
    return found


def main() -> None:
    """Write the conversations as JSON Lines and say where every line went."""
    parser = argparse.ArgumentParser(prog="python -m bench.jddc", description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    found = parse(options.source.read_text("utf-8"))
    options.target.write_bytes(found.as_jsonl())
    skipped = ", ".join(f"{count} {why}" for why, count in found.skipped.items()) or "none"
    print(f"{found.lines} lines = {found.messages} messages in {len(found.talks)} conversations + skipped: {skipped}")


if __name__ == "__main__":
    main()
