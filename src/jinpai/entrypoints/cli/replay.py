"""`jinpai replay`: plays recorded conversations through the real front doors, and proves that nothing was lost."""

import argparse
import asyncio
import json
import math
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.cli.replaying.doors import Doors
from jinpai.entrypoints.cli.replaying.play import Plan, Stage, play
from jinpai.entrypoints.cli.replaying.proof import prove
from jinpai.entrypoints.cli.replaying.talks import Account, Talk, read_accounts, read_talks
from jinpai.entrypoints.cli.replaying.tally import Tally
from jinpai.kit.errors import BadInput

FOLLOWS = 400
"""How many conversations one agent's socket follows at most; the protocol allows 500."""

SHOWN = 20
"""How many problems are shown to people."""


def run(args: list[str]) -> int:
    """Replay a file; 0 when everything adds up, 1 when not."""
    options = _parser().parse_args(args)
    talks = read_talks(options.file)
    accounts = read_accounts(options.agents_file)
    plan = Plan(
        channel=options.channel,
        speed=options.speed,
        concurrency=options.concurrency,
        confirms=options.confirm,
        retry_rate=options.retry_rate,
        cut_rate=options.cut_rate,
        timeout=options.timeout,
        seed=options.seed,
    )
    report = replay(options.url, talks, accounts, options.agents or len(accounts), plan)
    print(json.dumps(report, ensure_ascii=False, indent=1) if options.json else describe(report))
    return 0 if report["ok"] else 1


def replay(url: str, talks: Sequence[Talk], accounts: Sequence[Account], sockets: int, plan: Plan) -> Mapping[str, Any]:
    """Play the conversations against the server at `url` with so many agents' sockets; returns the report."""
    if plan.concurrency > sockets * FOLLOWS:
        raise BadInput(f"每个客服连接最多同时接待 {FOLLOWS} 个会话，请减小 --concurrency 或增大 --agents")
    doors, tally = Doors(url), Tally()
    badges = [doors.sign_in(account) for account in accounts[:sockets]]
    stage = Stage(doors, plan, tally)
    started = time.perf_counter()
    played = asyncio.run(play(stage, talks, badges, sockets))
    seconds = time.perf_counter() - started
    prove(Doors(url), badges[0], played, tally)
    tally.close()
    lines = sum(len(talk.lines) for talk in talks)
    return {"conversations": len(talks), "lines": lines, "seed": plan.seed, **tally.report(seconds)}


def describe(report: Mapping[str, Any]) -> str:
    """The report for people."""
    guard = report["guard"]
    lines = [
        f"会话 {report['conversations']} 个，消息 {report['lines']} 条，用时 {report['seconds']} 秒"
        f"（每秒保存 {report['messages_per_second']} 条）",
        f"发送 {report['sent']} ＝ 保存 {report['stored']} ＋ 拒绝 {report['refused']} ＋ 重复 {report['repeated']}",
        f"送达对方 {report['delivered']}，丢失 {report['lost']}，重复送达 {report['duplicated']}，"
        f"乱序 {report['out_of_order']}；从历史记录读回 {report['read_back']}",
        f"拒绝原因：{_counts(report['refused_by'])}",
        f"话术检查：{_counts(guard['verdicts'])}",
        *(f"  {family}：{_counts(verdicts)}" for family, verdicts in sorted(guard["families"].items())),
        f"断线 {report['network']['cuts']} 次，断线后重发 {report['network']['resent']} 条",
        *(f"{name}（毫秒）：{_counts(report[key])}" for name, key in (("确认", "ack_ms"), ("送达", "delivery_ms"))),
    ]
    problems = [f"✗ {problem}" for problem in report["problems"]]
    if len(problems) > SHOWN:
        problems = [*problems[:SHOWN], f"✗ 还有 {len(problems) - SHOWN} 个问题，见 --json 的 problems"]
    return "\n".join([*lines, *(problems or ["✓ 全部对上"])])


def _counts(values: Mapping[str, float]) -> str:
    return "，".join(f"{name} {value}" for name, value in values.items()) or "无"


def _speed(text: str) -> float:
    return 0.0 if text == "max" else _number(text, 0.001, 1e6)


def _rate(text: str) -> float:
    return _number(text, 0, 1)


def _seconds(text: str) -> float:
    return _number(text, 1, 3600)


def _count(text: str) -> int:
    return int(_number(text, 1, 10_000))


def _number(text: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"应为 {least:g} 到 {most:g} 之间的数，不能是“{text}”")
    return number


def _parser() -> Arguments:
    parser = Arguments(prog="jinpai replay", description=__doc__)
    add = parser.add_argument
    add("file", type=Path, help='JSON Lines，每行 {"id":"…","messages":[{"from":"buyer|agent","text":"…"}]}')
    add("--url", default="http://127.0.0.1:8000", help="服务地址")
    add("--channel", default="demo-web", help="买家从哪个聊天渠道进来")
    add("--agents-file", type=Path, required=True, help="客服账号文件（init 写的 accounts.txt）")
    add("--agents", type=_count, help="客服连接数，默认每个账号一个")
    add("--speed", type=_speed, default=0.0, metavar="N|max", help="每秒消息数，默认 max")
    add("--concurrency", type=_count, default=50, help="同时进行的会话数")
    add("--no-confirm", dest="confirm", action="store_false", help="被提醒（warn）的话不再确认发送")
    add("--retry-rate", type=_rate, default=0.0, metavar="P", help="已确认的消息中有多少再发一次（应被认出）")
    add("--cut-rate", type=_rate, default=0.0, metavar="P", help="多少次发送后突然断网再重连")
    add("--timeout", type=_seconds, default=30.0, help="等一个回应最多多少秒")
    add("--seed", type=int, default=1, help="重发与断网用的随机种子")
    add("--json", action="store_true", help="以 JSON 输出")
    return parser
