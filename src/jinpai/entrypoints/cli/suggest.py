"""`jinpai suggest`: what the copilot would say in conversations given as lines of JSON."""

import json
import sys
import time
from collections.abc import Mapping
from typing import Any

from jinpai.adapters.embedding import meanings_of
from jinpai.catalog.content import Product
from jinpai.catalog.promotions import is_running
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.cli.lines import TalkLine, read_lines
from jinpai.flows.advising.last_words import Spoken
from jinpai.flows.advising.suggesting import Advice, advise, situation_of
from jinpai.flows.content.shop import ShopContent, load_shop_content
from jinpai.flows.filling import Scene
from jinpai.flows.learning.understanding import understand_now
from jinpai.kit.clock import SHOP_TIME, local_date
from jinpai.kit.errors import BadInput
from jinpai.kit.settings import Settings, read_settings
from jinpai.orders.model import Order

EXAMPLE = '{"shop": "demo", "messages": [{"from": "buyer", "text": "…", "at": "2026-03-01T10:30:00+08:00"}]}'
AGENT = "客服"
"""What the agent is called where no one in particular answers."""


class _Talk(TalkLine):
    shop: str = ""
    product: str | None = None
    order: str | None = None


def run(args: list[str]) -> int:
    """Read one conversation a line, write one answer a line; 0 ok, BadInput names the line that is none."""
    parser = Arguments(prog="jinpai suggest", description="从标准输入逐行读会话（JSON），给出意图、回复建议和下一步")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    settings, contents, understandings = read_settings(), dict[str, ShopContent](), dict[str, Any]()
    meanings = meanings_of(settings.embed)
    for number, talk in read_lines(sys.stdin, _Talk.model_validate, EXAMPLE):
        if talk.shop not in contents:
            contents[talk.shop] = _content(talk.shop, number)
            understandings[talk.shop] = understand_now(contents[talk.shop].lessons, settings.home, meanings)
        advice = _advise(understandings[talk.shop], contents[talk.shop], talk, settings)
        print(json.dumps(_told(advice), ensure_ascii=False) if options.json else _words(advice), flush=True)
    return 0


def _content(shop: str, number: int) -> ShopContent:
    content = load_shop_content(shop)
    if shop and content.shop is None:
        raise BadInput(f"第 {number} 行：没有店铺“{shop}”的内容包，请检查 shop")
    return content


def _advise(understanding: Any, content: ShopContent, talk: _Talk, settings: Settings) -> Advice:
    now = _moment(talk)
    product = _product(content, talk.product or "")
    order = _order(settings, talk.shop, talk.order) if talk.order else None
    today = local_date(now)
    running = tuple((one, one.period.on(today)[1]) for one in content.promotions if is_running(one, today, today))
    sku = product.skus[0] if product is not None and len(product.skus) == 1 else None
    scene = Scene("", AGENT, 0, product, sku, (order,) if order is not None else (), running)
    spoken = [Spoken(one.role == "buyer", one.text) for one in talk.messages if one.role != "system"]
    return advise(understanding, content, scene, spoken, now, situation_of(content, spoken, now))


def _moment(talk: _Talk) -> int:
    """The time of the last message (ms); now where none has one."""
    last = next((one.at for one in reversed(talk.messages) if one.at is not None), None)
    if last is None:
        return int(time.time() * 1000)
    return int((last if last.tzinfo else last.replace(tzinfo=SHOP_TIME)).timestamp() * 1000)


def _product(content: ShopContent, named: str) -> Product | None:
    """The product with this id, title or short name."""
    exact = (one for one in content.products if named in (one.id, one.title, one.short))
    return next(exact, None) or (content.names.find(named) if named else None)


def _order(settings: Settings, shop: str, number: str) -> Order | None:
    """The order with this number in the shop's database; None where there is no such order, or no database yet."""
    from jinpai.kit.database import open_database
    from jinpai.kit.migrate import is_current
    from jinpai.kit.sealing import load_master_key, make_sealer
    from jinpai.orders.store import find_order

    if not (settings.home / "jinpai.db").exists() and settings.is_sqlite:
        return None
    database = open_database(settings.database)
    try:
        with database.read() as connection:
            sealer = make_sealer(load_master_key(settings.home, settings.secret))
            return find_order(connection, sealer, shop, number) if is_current(connection) else None
    finally:
        database.close()


def _told(advice: Advice) -> Mapping[str, Any]:
    understood = advice.understood
    meanings = understood.meanings if understood is not None else ()
    return {
        "intents": [{"id": one.intent.id, "confidence": round(one.confidence, 3)} for one in meanings],
        "slots": advice.slots,
        "stage": advice.stage,
        "mood": understood.mood.feeling if understood is not None else "calm",
        "urgent": understood is not None and understood.urgent,
        "suggestions": [
            {"text": one.text, "source": one.source, "kind": one.kind, "confidence": round(one.confidence, 3)}
            for one in advice.suggestions
        ],
        "actions": [{"id": one.id, "reason": one.reason} for one in advice.actions],
    }


def _words(advice: Advice) -> str:
    if advice.understood is None:
        return "没有要回答的话"
    intents = "、".join(f"{one.intent.title} {one.confidence:.0%}" for one in advice.understood.meanings) or "没有把握"
    lines = [f"意图：{intents}", *(f"建议：{one.text}（{one.source}）" for one in advice.suggestions)]
    return "\n".join([*lines, *(f"下一步：{one.reason}" for one in advice.actions)])
