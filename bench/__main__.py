"""`python -m bench [names] [--write]`: measures, prints the figures, and with --write keeps them in bench/RESULTS.md.
`python -m bench hits` prints hits of the guard on real dialogues for judging by eye, `suggestions` replies to buyers.

Exit codes: 0 every aim was met, 1 not every one.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bench import (
    addresses,
    chat,
    conversations,
    copilot,
    corpus,
    craft,
    desk,
    first_reply,
    guard,
    hits,
    imports,
    machine,
    meanings,
    orders,
    recommending,
    reminders,
    replay_jddc,
    results,
    scripts,
    search,
    sockets,
    start,
    suggestions,
)
from bench.figures import Figure, table


@dataclass(frozen=True, slots=True)
class Part:
    """Something to be measured, and the heading of its table."""

    heading: str
    measure: Callable[[], list[Figure]]


PARTS: Mapping[str, Part] = {
    "guard": Part("Guard", lambda: guard.figures(guard.measure())),
    "corpus": Part("Guard on the messages its rules were corrected on", corpus.measure),
    "corpus3": Part("Guard on a second set, two thirds of it corrected on", corpus.measure_parts),
    "corpus4": Part("Guard on a third set, two thirds of it corrected on", lambda: corpus.measure_parts(corpus.THIRD)),
    "corpus5": Part(
        "Guard on a fourth set, two thirds of it corrected on", lambda: corpus.measure_parts(corpus.FOURTH)
    ),
    "corpus6": Part("Guard on a fifth set, of which one half may be read", corpus.measure_halves),
    "corpus7": Part("Guard on whole conversations, of which one half may be read", conversations.measure),
    "blind": Part("Guard on messages written blind", lambda: corpus.measure(corpus.BLIND)),
    "craft": Part("Promises and bargaining, against labels written blind", craft.measure),
    "addresses": Part("Addresses others labelled", addresses.measure),
    "chat": Part("Durable chat", chat.measure),
    "sockets": Part("Many sockets", sockets.measure),
    "replay": Part("Real dialogues replayed", replay_jddc.measure),
    "orders": Part("Orders imported", orders.measure),
    "imports": Part("Products and chat logs imported", imports.measure),
    "reminders": Part("Payment reminders", reminders.measure),
    "search": Part("Search among a million messages", search.measure),
    "copilot": Part("Copilot", copilot.measure),
    "meanings": Part("Meanings told as vectors (the embed extra)", meanings.measure),
    "recommending": Part("Goods bought together", recommending.measure),
    "scripts": Part("Quick replies", scripts.measure),
    "desk": Part("The desk in a browser", desk.measure),
    "start": Part("Start and footprint", start.measure),
    "first_reply": Part("From clone to first reply", first_reply.measure),
}


def main() -> int:
    """Measure what was asked for, one part after the other."""
    if sys.argv[1:2] == ["hits"]:
        return hits.main(sys.argv[2:])
    if sys.argv[1:2] == ["suggestions"]:
        return suggestions.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True, help="Socket.IO beside it")
    options = parser.parse_args()
    unknown = set(options.names) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    chat.with_peers = options.peers
    figures: list[Figure] = []
    for name in options.names or PARTS:
        figures += _measure(name, keep=options.write)
    return 0 if all(figure.passed is not False for figure in figures) else 1


def _measure(name: str, *, keep: bool) -> list[Figure]:
    part, place, started = PARTS[name], machine.describe(), time.perf_counter()
    print(f"\n## {part.heading}", flush=True)
    figures = part.measure()
    print(f"{table(figures)}\n({time.perf_counter() - started:.0f} s)", flush=True)
    if keep:
        day = datetime.now().strftime("%Y-%m-%d %H:%M")
        section = results.section(part.heading, day, f"python -m bench {name}", place, figures)
        results.keep({part.heading: section})
    return figures


if __name__ == "__main__":
    raise SystemExit(main())
