"""`jinpai remind`: when to remind of an unpaid order, and why a buyer has not paid.

Imports neither the web server nor the database, so that it answers at once.
"""

import json
import sys
from datetime import datetime
from typing import Any, TextIO

from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.cli.lines import MessageLine, TalkLine, read_lines
from jinpai.flows.reminding.content import Reminding, load_reminding
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.errors import BadInput
from jinpai.reminders.model import Planned, plan_first
from jinpai.reminders.reasons import Utterance, find_reason

EXAMPLE = '{"messages": [{"from": "buyer", "text": "…"}]}'


def run(args: list[str]) -> int:
    """Run `remind plan` or `remind reason`; 0 ok, 2 bad input."""
    parser = Arguments(prog="jinpai remind", description="未付款订单什么时候提醒、买家为什么没付款")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Arguments)
    plan = commands.add_parser("plan", help="算出一笔未付款订单的提醒时间")
    plan.add_argument("--ordered", required=True, metavar="时间", help="下单时间，如 2026-03-01T10:30，默认北京时间")
    plan.add_argument("--purchases", type=int, default=1, metavar="次数", help="买家第几次购买，算上这一次；默认 1")
    reason = commands.add_parser("reason", help="从标准输入逐行读会话（JSON），判断没付款的原因")
    for command in (plan, reason):
        command.add_argument("--shop", default="", metavar="店铺", help="按哪家店铺的设置，默认只按基础包")
        command.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    known = load_reminding(options.shop)
    if options.command == "reason":
        return _reasons(known, sys.stdin, as_json=options.json)
    return _plan(known, options.ordered, options.purchases, as_json=options.json)


def _plan(known: Reminding, ordered: str, purchases: int, *, as_json: bool) -> int:
    if not 1 <= purchases <= 1_000_000:
        raise BadInput("参数 --purchases 要写第几次购买，从 1 开始，算上这一次")
    if known.plan is None:
        raise BadInput("内容里没有催付时间表，请恢复 reminders 文件夹里 kind: plan 的那一条")
    planned = plan_first(known.plan, _moment(ordered), purchases)
    if as_json:
        print(json.dumps(_told(planned), ensure_ascii=False))
        return 0
    titles = {row.id: row.title for row in known.plan.rows}
    print(f"规则：{titles.get(planned.rule, '老顾客，下单 48 小时后再提醒')}")
    print(f"提醒：{'不提醒' if planned.due is None else _iso(planned.due)}    关闭：{_iso(planned.closes_at)}")
    notes = [planned.moved, *(row.note for row in known.plan.rows if row.id == planned.rule and row.note)]
    print("\n".join(f"说明：{note}" for note in notes if note) or "说明：按表上的时间，没有移动")
    return 0


def _told(planned: Planned) -> dict[str, Any]:
    window = None if planned.window is None else dict(zip(("from", "until"), map(_iso, planned.window), strict=True))
    due = None if planned.due is None else _iso(planned.due)
    told = {"due": due, "window": window, "rule": planned.rule, "moved": planned.moved or None}
    return told | {"closes_at": _iso(planned.closes_at)}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.replace(tzinfo=SHOP_TIME) if moment.tzinfo is None else moment.astimezone(SHOP_TIME)
    except (ValueError, OverflowError):
        raise BadInput(f"看不懂时间“{text[:40]}”，请写成 2026-03-01T10:30 这样，可以带时区 +08:00") from None
    if not 2000 <= moment.year <= 2200:
        raise BadInput(f"时间“{text[:40]}”不在 2000–2200 年之间，请检查年份")
    return moment


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _reasons(known: Reminding, lines: TextIO, *, as_json: bool) -> int:
    """One conversation a line in, one reason a line out; a line that is none stops with its number."""
    for number, talk in read_lines(lines, TalkLine.model_validate, EXAMPLE):
        reason = find_reason(known.words, [_utterance(one) for one in talk.messages])
        text = json.dumps({"reason": reason}, ensure_ascii=False) if as_json else known.titles[reason]
        print(text, flush=number % 100 == 1)
    return 0


def _utterance(one: MessageLine) -> Utterance:
    return Utterance(one.role if one.role in ("buyer", "agent") else "other", one.text)
