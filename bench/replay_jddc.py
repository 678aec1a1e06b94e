"""Real dialogues through the real front doors, on both databases: everything accounted for, also on a bad network."""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import jddc
from bench.figures import Figure, at_most, plain, table
from bench.servers import jinpai, read_json

AGENTS = 8
"""Sockets of the signed-in agents; each may send 200 messages a second in the long run."""

BAD_NETWORK = ("--retry-rate", "0.05", "--cut-rate", "0.01")
BLOCK_RATE = 0.005


def measure() -> list[Figure]:
    """Replay all dialogues on SQLite and on PostgreSQL, calmly and with cuts and repetitions."""
    source = jddc.data_file()
    if source is None:
        return [Figure("replay of real dialogues", "—", note="skipped: JINPAI_BENCH_DATA has no jddc_chats")]
    parsed = jddc.parse(source.read_text("utf-8"))
    skipped = ", ".join(f"{count} {why}" for why, count in parsed.skipped.items()) or "none"
    what = f"{parsed.messages:,} messages in {len(parsed.talks)} dialogues; skipped: {skipped}"
    figures = [plain("JDDC lines", parsed.lines, note=what)]
    with tempfile.TemporaryDirectory(prefix="jddc-") as place:
        talks = Path(place) / "talks.jsonl"
        talks.write_bytes(parsed.as_jsonl())
        for kind in ("sqlite", "postgres"):
            calm = replay(kind, talks, ())
            figures += [accounts(f"{kind}: replayed", calm), *latencies(kind, calm)]
            figures.append(
                accounts(f"{kind}: with 1 % of sendings cut off, 5 % repeated", replay(kind, talks, BAD_NETWORK))
            )
    return figures + guard_figures(calm)


def replay(kind: str, talks: Path, options: Sequence[str]) -> Mapping[str, Any]:
    """The report of `jinpai replay` against a fresh server."""
    with jinpai(kind) as server:
        command = [sys.executable, "-m", "jinpai", "replay", str(talks), "--url", server.url, "--json"]
        command += ["--agents-file", str(server.home / "accounts.txt"), "--agents", str(AGENTS), *options]
        report: Mapping[str, Any] = read_json(command)
        return report


def accounts(name: str, report: Mapping[str, Any]) -> Figure:
    """The equation of a replay: passed when everything adds up and was read back."""
    value = f"{report['sent']:,} = {report['stored']:,} + {report['refused']:,} + {report['repeated']:,}"
    wrong = {key: report[key] for key in ("lost", "duplicated", "out_of_order")}
    network = report["network"]
    note = f"delivered {report['delivered']:,}, read back {report['read_back']:,}, " + ", ".join(
        f"{count} {key.replace('_', ' ')}" for key, count in wrong.items()
    )
    if network["cuts"]:
        note += f"; {network['cuts']} cuts, {network['resent']} sent again after a cut"
    return Figure(name, value, "sent = stored + refused + repeated", report["ok"], note)


def latencies(kind: str, report: Mapping[str, Any]) -> list[Figure]:
    """How long acknowledgement and delivery took at full speed."""
    note = f"{report['messages_per_second']:,} messages/s, 50 dialogues at a time"
    return [
        plain(f"{kind}: {name} {share} while replaying", report[key][share], "ms", note)
        for name, key in (("acknowledged,", "ack_ms"), ("delivered,", "delivery_ms"))
        for share in ("p50", "p99")
    ]


def guard_figures(report: Mapping[str, Any]) -> list[Figure]:
    """How often the guard objects to what real agents said."""
    verdicts = report["guard"]["verdicts"]
    lines = verdicts.get("pass", 0) + sum(verdicts.get(name, 0) for name in ("block", "confirm", "warn"))
    families = ", ".join(f"{family} {sum(found.values())}" for family, found in report["guard"]["families"].items())
    return [
        at_most("guard: agents' messages blocked", 100 * verdicts.get("block", 0) / lines, 100 * BLOCK_RATE, "%"),
        plain("guard: agents' messages warned about", 100 * verdicts.get("warn", 0) / lines, "%", families),
    ]


if __name__ == "__main__":
    print(table(measure()))
