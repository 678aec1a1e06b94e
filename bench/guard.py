"""What the guard costs: µs per message with the rules as shipped and with 20,000 words more, hostile input, reload.

Messages are the agents' lines of real dialogues where JINPAI_BENCH_DATA points to them, else the base pack's scripts.
`python -m bench.guard [--json]` prints every figure; `--hits` adds how often each rule speaks.
"""

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

import orjson

from bench.figures import Figure, at_most, percentile, plain, table
from bench.jddc import data_file, parse
from bench.machine import resident_mib
from jinpai.guard.compiling import compile_rules
from jinpai.guard.content import GuardEntry, WordsRule
from jinpai.guard.engine import Guard
from jinpai.guard.model import Said, Situation, verdict_of
from jinpai.packs.files import content_root
from jinpai.packs.yaml import Document

EXTRA_WORDS = 20_000
CONTEXT = 12
ROUNDS = 3
HOSTILE_BYTES = 10_240
MEMORY_MIB, MEAN_US, P99_US, HOSTILE_MS, RELOAD_S = 40, 60, 300, 5, 1

_BLOTTED = {"[数字x]": "3", "[日期x]": "3月5日", "[时间x]": "14:00", "[金额x]": "35元"}

Message = tuple[str, Situation]


def base_entries() -> list[GuardEntry]:
    """The guard's entries of the base pack."""
    files = sorted((content_root() / "base" / "guard").glob("*.yaml"))
    return [GuardEntry.model_validate(data) for file in files for data in Document(file.read_text("utf-8")).data]


def extra_rule(count: int = EXTRA_WORDS) -> WordsRule:
    """A rule of random Chinese words of two to five characters, the same in every run."""
    dice = random.Random(20_000)
    characters = [chr(code) for code in range(0x4E00, 0x9000)]
    words = sorted({"".join(dice.choices(characters, k=dice.randint(2, 5))) for _ in range(count)})
    return WordsRule(
        id="bench.words",
        kind="words",
        family="typo",
        severity="hint",
        find=tuple(words),
        why="测速用",
        must_block=tuple(words[:2]),
        must_pass=("好的", "您好"),
        owner="测速",
        source="测速",
        since=date(2026, 1, 1),
    )


def real_messages() -> list[Message]:
    """Agents' messages in their conversations; the base pack's scripts, each answering a question, where none are."""
    path = data_file()
    if path is None:
        asked = Situation((Said("buyer", "您好，请问这款什么时候能发货？"),))
        return [(text, asked) for text in _script_texts() for _ in range(20)]
    messages: list[Message] = []
    for talk in parse(path.read_text("utf-8")).talks.values():
        before: list[Said] = []
        for message in map(_readable, talk):
            role: Literal["agent", "buyer"] = "agent" if message["from"] == "agent" else "buyer"
            if role == "agent":
                messages.append((message["text"], Situation(tuple(before[-CONTEXT:]))))
            before.append(Said(role, message["text"]))
    return messages


def _readable(message: dict[str, str]) -> dict[str, str]:
    """The message with something in the places where the data's makers blotted numbers out."""
    text = message["text"]
    for blot, said in _BLOTTED.items():
        text = text.replace(blot, said)
    return {**message, "text": text}


def _script_texts() -> list[str]:
    files: list[Path] = sorted((content_root() / "base" / "scripts").glob("*.yaml"))
    return [entry["text"] for file in files for entry in Document(file.read_text("utf-8")).data]


def hostile_messages() -> dict[str, str]:
    """Messages of HOSTILE_BYTES in UTF-8 made to be slow: floods of triggers, digits, invisible signs."""
    seeds = {
        "words that trigger": "加微信",
        "words almost excused": "谨防加我微信",
        "digits": "1",
        "numbers": "13812345678",
        "digits taken apart": "1 3.8,",
        "sounds of digits": "妖散吧",
        "links": "a.com ",
        "long labels": "a",
        "dots": "a.",
        "clauses of one character": "加，",
        "invisible": "\u200b加",
        "insults": "傻逼sb",
        "pinyin": "yaosanba",
        "address": "公司在路",
        "plain talk": "亲您好这款现在有货的哦",
        "symbols": "❤+①㊀ℂ",
    }
    return {
        name: (seed * HOSTILE_BYTES).encode()[:HOSTILE_BYTES].decode(errors="ignore") for name, seed in seeds.items()
    }


def microseconds(guard: Guard, messages: Sequence[Message]) -> list[float]:
    """For each message the shortest of ROUNDS checks, in µs."""
    best = [float("inf")] * len(messages)
    for _ in range(ROUNDS):
        for index, (text, situation) in enumerate(messages):
            best[index] = min(best[index], _timed(partial(guard.check, text, situation)) * 1e6)
    return best


def hostile_milliseconds(guard: Guard) -> dict[str, float]:
    """For each hostile message the shortest of ROUNDS checks, in ms."""
    return {
        name: min(_timed(partial(guard.check, text)) for _ in range(ROUNDS)) * 1e3
        for name, text in hostile_messages().items()
    }


def rates(guard: Guard, messages: Sequence[Message]) -> dict[str, Any]:
    """How many messages get which verdict, and how many each rule speaks in."""
    verdicts: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for text, situation in messages:
        hits = guard.check(text, situation)
        verdicts[verdict_of(hits)] += 1
        rules.update({hit.rule for hit in hits})
    return {"messages": len(messages), "verdicts": dict(verdicts), "rules": dict(rules.most_common())}


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def measure() -> dict[str, Any]:
    """All figures: `shipped` and `with_extra_words` each with µs, hostile ms, compile seconds and MiB."""
    result: dict[str, Any] = {"source": "jddc" if data_file() else "scripts"}
    messages = real_messages()
    words = extra_rule()
    compile_rules(base_entries()).check("您好")
    for name, extra in (("shipped", []), ("with_extra_words", [words])):
        entries = base_entries()  # read anew: rules that were compiled before are not compiled again
        memory = resident_mib_here()
        started = time.perf_counter()
        guard = compile_rules([*entries, *extra])
        seconds = time.perf_counter() - started
        spent = microseconds(guard, messages)
        hostile = hostile_milliseconds(guard)
        result[name] = {
            "rules": len(guard.rules),
            "words": len(guard.triggers),
            "mean_us": sum(spent) / len(spent),
            "p50_us": percentile(spent, 0.5),
            "p99_us": percentile(spent, 0.99),
            "hostile_ms": max(hostile.values()),
            "hostile_worst": max(hostile, key=lambda key: hostile[key]),
            "compile_s": seconds,
            "memory_mib": resident_mib_here() - memory,
        }
    return result


def resident_mib_here() -> float:
    """Resident memory of this process, in MiB."""
    return resident_mib(os.getpid())


def figures(result: dict[str, Any]) -> list[Figure]:
    """The measured figures beside their aims."""
    rows: list[Figure] = []
    for name, label in (("shipped", "as shipped"), ("with_extra_words", f"with {EXTRA_WORDS:,} words more")):
        found = result[name]
        how = f"{found['rules']} rules, {found['words']:,} spellings, messages: {result['source']}"
        rows += [
            at_most(f"guard mean, {label}", found["mean_us"], MEAN_US, "µs", how),
            plain(f"guard p50, {label}", found["p50_us"], "µs"),
            at_most(f"guard p99, {label}", found["p99_us"], P99_US, "µs"),
            at_most(f"guard, 10 KB hostile, {label}", found["hostile_ms"], HOSTILE_MS, "ms",
                    f"worst: {found['hostile_worst']}"),
            at_most(f"guard reload, {label}", found["compile_s"], RELOAD_S, "s"),
            at_most(f"guard memory, {label}", found["memory_mib"], MEMORY_MIB, "MiB"),
        ]  # fmt: skip
    return rows


def main() -> None:
    """Print the figures as a table or as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.guard", description=__doc__)
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    parser.add_argument("--hits", action="store_true", help="add verdicts and hits of each rule on the messages")
    options = parser.parse_args()
    result = measure()
    if options.hits:
        result["rates"] = rates(compile_rules(base_entries()), real_messages())
    if options.json:
        print(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode())
        return
    print(table(figures(result)))
    if options.hits:
        print(orjson.dumps(result["rates"], option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    main()
