"""`jinpai customers`: what kind of buyer a talk speaks for.

Imports neither the web server nor the database, so that it answers at once.
"""

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from jinpai.customers.content import unwrap
from jinpai.customers.model import AXES, Axis, Guess, Purchases, Reason
from jinpai.customers.types import Words, compile_words, find_types, title_of
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.cli.lines import TalkLine, read_lines
from jinpai.flows.content.sections import BARGAINING, CUSTOMERS, load_section
from jinpai.flows.learning.attitudes import attitudes_now
from jinpai.flows.profiling.hearing import hear
from jinpai.kit.settings import read_settings

EXAMPLE = '{"messages": [{"from": "buyer", "text": "…"}], "orders": 1}'
_PAID = frozenset(("paid", "shipped", "dispatched", "delivered", "completed"))


class _Order(BaseModel):
    model_config = ConfigDict(extra="ignore")

    state: str = ""


class _Talk(TalkLine):
    orders: Annotated[int, Field(ge=0)] | tuple[_Order, ...] | None = None


def run(args: list[str]) -> int:
    """Run `customers classify`; 0 ok, 2 bad input."""
    parser = Arguments(prog="jinpai customers", description="从聊天里看买家是哪一类，怎么招呼合适")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Arguments)
    classify = commands.add_parser("classify", help="从标准输入逐行读会话（JSON），判断买家类型")
    classify.add_argument("--shop", default="", metavar="店铺", help="按哪家店铺的说法，默认只按基础包")
    classify.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    words = compile_words(tuple(unwrap(entry) for entry in load_section(CUSTOMERS, options.shop)))
    haggling = attitudes_now(load_section(BARGAINING, options.shop), read_settings().home)
    for number, talk in read_lines(sys.stdin, _Talk.model_validate, EXAMPLE):
        said = [(one.role if one.role in ("buyer", "agent") else "other", one.text) for one in talk.messages]
        found = find_types(words, hear(haggling, said), _purchases(talk))
        told = json.dumps(_told(found), ensure_ascii=False) if options.json else _line(words, found)
        print(told, flush=number % 100 == 1)
    return 0


def _purchases(talk: _Talk) -> Purchases:
    """Orders as a number are paid ones; as a list each has its state."""
    if not isinstance(talk.orders, tuple):
        return Purchases(talk.orders or 0)
    states = [one.state for one in talk.orders]
    return Purchases(sum(state in _PAID for state in states), sum(state == "unpaid" for state in states))


def _told(found: Mapping[Axis, Guess]) -> dict[str, Any]:
    types: dict[str, Any] = {axis: found[axis].type if axis in found else None for axis in AXES}
    return {**types, "evidence": {axis: [_reason(one) for one in guess.reasons] for axis, guess in found.items()}}


def _reason(reason: Reason) -> dict[str, Any]:
    return {"text": reason.text} if reason.message is None else {"message": reason.message, "text": reason.text}


def _line(words: Words, found: Mapping[Axis, Guess]) -> str:
    told = [f"{title_of(words, guess)}（{guess.reasons[0].text}）" for guess in found.values() if guess.reasons]
    return "；".join(told) or "还看不出来"
