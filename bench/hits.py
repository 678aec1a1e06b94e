"""Hits of the guard on real dialogues, drawn at random for somebody to judge by eye.

`JINPAI_BENCH_DATA=folder python -m bench hits --sample 200 --seed 7` prints, for every hit drawn, the rule, the words
found and the talk before; `--rule negative` draws only from rules whose id begins so, `--json` prints JSON lines.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import orjson

from bench.guard import Message, base_entries, real_messages
from jinpai.guard.compiling import compile_rules
from jinpai.guard.model import RANK, verdict_of

BEFORE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A remark that stops a message, with the talk it stands in."""

    rule: str
    severity: str
    found: str
    text: str
    before: tuple[str, ...]


def hits(messages: Sequence[Message], *, prefix: str = "") -> tuple[list[Found], Counter[str]]:
    """Everything at `warn` and above that the base pack's rules remark, and how many messages got which verdict."""
    guard = compile_rules(base_entries())
    found: list[Found] = []
    verdicts: Counter[str] = Counter()
    for text, situation in messages:
        remarks = guard.check(text, situation)
        verdicts[verdict_of(remarks)] += 1
        said = tuple(f"{line.role}: {line.text}" for line in situation.before[-BEFORE:])
        found += [
            Found(hit.rule, hit.severity, hit.text, text, said)
            for hit in remarks
            if RANK[hit.severity] > RANK["hint"] and hit.rule.startswith(prefix)
        ]
    return found, verdicts


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the hits drawn."""
    parser = argparse.ArgumentParser(prog="python -m bench hits", description=__doc__)
    parser.add_argument("--sample", type=int, default=200, help="how many hits to draw (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same hits")
    parser.add_argument("--rule", default="", help="only rules whose id begins so")
    parser.add_argument("--json", action="store_true", help="JSON lines")
    options = parser.parse_args(arguments)
    messages = real_messages()
    found, verdicts = hits(messages, prefix=options.rule)
    drawn = random.Random(options.seed).sample(found, min(options.sample, len(found)))
    if options.json:
        print("\n".join(orjson.dumps(asdict(one)).decode() for one in drawn))
        return 0
    rates = ", ".join(f"{name} {100 * count / max(1, len(messages)):.2f} %" for name, count in verdicts.most_common())
    print(f"{len(messages)} messages: {rates}; {len(found)} hits, {len(drawn)} drawn (seed {options.seed})")
    for number, one in enumerate(drawn, 1):
        print(f"\n{number}. {one.rule} [{one.severity}] “{one.found}”")
        print("\n".join(f"   {line}" for line in (*one.before, f"> {one.text}")))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
