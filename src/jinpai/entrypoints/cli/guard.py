"""`jinpai guard`: check conversations or a sentence, list the rules, print the shape of the context.

Imports neither the web server nor the database, so that it answers at once.
"""

import json
import sys
from dataclasses import asdict
from typing import Any, TextIO

from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.cli.hits import print_hits
from jinpai.entrypoints.cli.lines import read_lines
from jinpai.flows.guarding.alone import load_guard
from jinpai.guard.context import Context
from jinpai.guard.conversation import TalkHit, check_talk, read_talk
from jinpai.guard.engine import Guard
from jinpai.guard.families import FAMILIES
from jinpai.guard.model import Verdict, verdict_of

EXAMPLE = '{"messages": [{"from": "buyer", "text": "…"}], "context": {}}（见 docs/guard.md）'


def run(args: list[str]) -> int:
    """Run `guard check`, `guard rules` or `guard schema`; 0 ok, 1 something above a hint, 2 bad input."""
    parser = Arguments(prog="jinpai guard", description="检查会话或一句话，列出规则")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Arguments)
    check = commands.add_parser("check", help="检查一句话；不写则从标准输入逐行读会话（JSON）")
    check.add_argument("text", nargs="?", metavar="话", help="要检查的一句话")
    rules = commands.add_parser("rules", help="列出规则和它们的类别")
    for command in (check, rules):
        command.add_argument("--shop", default="", metavar="店铺", help="按哪家店铺的规则，默认只按基础包")
        command.add_argument("--json", action="store_true", help="以 JSON 输出")
    commands.add_parser("schema", help="输出 context 的 JSON Schema")
    options = parser.parse_args(args)
    if options.command == "schema":
        print(json.dumps(Context.model_json_schema(), ensure_ascii=False, indent=1))
        return 0
    guard = load_guard(options.shop)
    if options.command == "rules":
        return _rules(guard, as_json=options.json)
    if options.text is None:
        return _check_lines(guard, sys.stdin)
    return _check_text(guard, options.text, as_json=options.json)


def _check_lines(guard: Guard, lines: TextIO) -> int:
    """One conversation a line in, one verdict a line out; a line that is none stops with its number."""
    worst = False
    for number, talk in read_lines(lines, read_talk, EXAMPLE):
        hits = check_talk(guard, talk)
        verdict = _verdict(hits)
        worst = worst or verdict in ("block", "confirm", "warn")
        told = {"verdict": verdict, "hits": [_told(hit) for hit in hits]}
        print(json.dumps(told, ensure_ascii=False), flush=number % 100 == 1)
    return 1 if worst else 0


def _verdict(hits: tuple[TalkHit, ...]) -> Verdict:
    """The highest severity of what agents said; bait in a buyer's message does not count."""
    return verdict_of(tuple(found.hit for found in hits if not found.trap))


def _told(found: TalkHit) -> dict[str, Any]:
    told = {"message": found.message, **asdict(found.hit)}
    return {**told, "trap": found.trap} if found.trap else told


def _check_text(guard: Guard, text: str, *, as_json: bool) -> int:
    hits = guard.check(text)
    verdict = verdict_of(hits)
    if as_json:
        told = {"verdict": verdict, "hits": [{"message": 0, **asdict(hit)} for hit in hits]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print_hits(hits)
    return 1 if verdict in ("block", "confirm", "warn") else 0


def _rules(guard: Guard, *, as_json: bool) -> int:
    rules = [
        {"id": rule.id, "family": rule.family, "kind": rule.kind, "severity": rule.severity, "why": rule.why}
        | {"rewrite": rule.rewrite, "points": rule.points, "source": rule.source, "owner": rule.owner}
        for rule in guard.rules
    ]
    if as_json:
        print(json.dumps({"families": FAMILIES, "rules": rules}, ensure_ascii=False))
        return 0
    for family, name in FAMILIES.items():
        for rule in rules:
            if rule["family"] == family:
                print(f"{name}\t{rule['id']}\t{rule['severity']}\t{rule['why']}")
    return 0
