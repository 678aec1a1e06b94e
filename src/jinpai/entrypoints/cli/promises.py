"""`jinpai promises`: what agents promised in conversations.

Imports neither the web server nor the database, so that it answers at once.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.cli.lines import TalkLine, read_lines
from jinpai.flows.content.sections import PROMISES, load_section
from jinpai.flows.reminding.content import load_reminding
from jinpai.kit.clock import SHOP_TIME
from jinpai.promises.content import unwrap
from jinpai.promises.finding import find_promises
from jinpai.promises.model import Promise, Spoken
from jinpai.promises.words import Words, compile_words, title_of

EXAMPLE = '{"messages": [{"from": "agent", "text": "…", "at": "2026-03-01T10:30:00+08:00"}]}'
_SENT = ("shipped", "dispatched", "delivered", "completed")


class _Order(BaseModel):
    model_config = ConfigDict(extra="ignore")

    state: str = ""
    shipped: bool = False


class _Talk(TalkLine):
    order: _Order | None = None


def run(args: list[str]) -> int:
    """Run `promises extract`; 0 ok, 2 bad input."""
    parser = Arguments(prog="jinpai promises", description="从会话里找出客服答应买家的事")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Arguments)
    extract = commands.add_parser("extract", help="从标准输入逐行读会话（JSON），列出承诺和期限")
    extract.add_argument("--shop", default="", metavar="店铺", help="按哪家店铺的说法，默认只按基础包")
    extract.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    words = compile_words(
        tuple(map(unwrap, load_section(PROMISES, options.shop))), load_reminding(options.shop).days_off
    )
    for number, talk in read_lines(sys.stdin, _Talk.model_validate, EXAMPLE):
        found = find_promises(words, _spoken(talk), is_sent=_is_sent(talk.order))
        if options.json:
            told = {"promises": [_told(promise) for promise in found]}
            print(json.dumps(told, ensure_ascii=False), flush=number % 100 == 1)
        else:
            print("\n".join(_line(words, promise) for promise in found) or "没有承诺")
    return 0


def _spoken(talk: _Talk) -> list[Spoken]:
    """The messages with a time each: one without is as late as the one before it."""
    at, spoken = datetime.now(UTC).astimezone(SHOP_TIME), []
    for message in talk.messages:
        if message.at is not None:
            zoned = message.at if message.at.tzinfo else message.at.replace(tzinfo=SHOP_TIME)
            at = zoned.astimezone(SHOP_TIME)
        role: Literal["buyer", "agent", "other"] = message.role if message.role in ("buyer", "agent") else "other"
        spoken.append(Spoken(role, message.text, at))
    return spoken


def _is_sent(order: _Order | None) -> bool:
    return order is not None and (order.shipped or order.state in _SENT)


def _told(promise: Promise) -> dict[str, object]:
    due = promise.due.isoformat() if promise.due else None
    return {"kind": promise.kind, "text": promise.text, "due": due, "message": promise.message}


def _line(words: Words, promise: Promise) -> str:
    due = f"，{promise.due:%m-%d %H:%M} 前" if promise.due else ""
    return f"第 {promise.message + 1} 句 {title_of(words, promise.kind)}{due}：{promise.text}"
