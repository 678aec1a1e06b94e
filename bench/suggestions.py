"""The suggestions for messages written by somebody who had not seen any, printed for judging by eye.

`python -m bench suggestions [FILE]` serves the demo shop to each message of a file of `tests/content/suggestions` and
prints what a strict agent would accept, then the replies, best first. `--verdicts` counts what was judged.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from jinpai.kit.clock import SHOP_TIME

MESSAGES = Path(__file__).parents[1] / "tests" / "content" / "suggestions"
VERDICTS = ("sendable", "edit", "nothing", "wrong")
"""What a first suggestion may be: sent as it is, useful after an edit, absent, or no answer at all."""


def read_messages(path: Path) -> list[Mapping[str, Any]]:
    """The messages of such a file."""
    return list(yaml.safe_load(path.read_text()))


def suggested(messages: Sequence[Mapping[str, Any]], at: datetime) -> list[Mapping[str, Any]]:
    """What `jinpai suggest --json` answers to each in a demo shop that was just opened, all said at this moment."""
    with TemporaryDirectory() as home:
        around = {**os.environ, "JINPAI_HOME": home}
        jinpai = [sys.executable, "-m", "jinpai"]
        subprocess.run([*jinpai, "init", "--demo"], env=around, check=True, capture_output=True)
        lines = "\n".join(json.dumps(_talk(one, at), ensure_ascii=False) for one in messages)
        told = subprocess.run(
            [*jinpai, "suggest", "--json"], env=around, check=True, capture_output=True, text=True, input=lines
        )
    return [json.loads(line) for line in told.stdout.splitlines()]


def _talk(one: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    said = [*one.get("before", ()), {"from": "buyer", "text": one["text"]}]
    about = {name: one[name] for name in ("product", "order") if name in one}
    return {"shop": "demo", "messages": [{**line, "at": at.isoformat()} for line in said], **about}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is suggested, or what was judged."""
    parser = argparse.ArgumentParser(prog="python -m bench suggestions", description=__doc__)
    parser.add_argument("file", nargs="?", default="first.yaml", help="of tests/content/suggestions")
    parser.add_argument("--verdicts", action="store_true", help="only count what was judged")
    options = parser.parse_args(arguments)
    messages = read_messages(MESSAGES / options.file)
    for when in ("before", "after") if options.verdicts else ():
        counted = Counter(one["judged"][when] for one in messages if when in one.get("judged", {}))
        print(when, *(f"{name} {counted[name]}" for name in VERDICTS), sep=" · ")
    if options.verdicts:
        return 0
    moment = datetime.now(SHOP_TIME).replace(hour=11, minute=30)
    for one, told in zip(messages, suggested(messages, moment), strict=True):
        print(
            f"\n{one['id']} {one.get('product') or one.get('order') or ''}\n买家：{one['text']}\n认可：{one['accept']}"
        )
        print(*(f"建议：{reply['text']}（{reply['source']}）" for reply in told["suggestions"]), sep="\n")
    return 0
