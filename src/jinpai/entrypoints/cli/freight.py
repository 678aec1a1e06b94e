"""`jinpai freight quote`: what a parcel costs to an address in free text, by a shop's couriers.

Reads only what freight goes by, so that it answers at once.
"""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from jinpai.catalog.freight_quotes import Offer, Parcel, days_text, money_text
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.flows.ordering.freight import load_freight, read_address, read_amount, read_size, read_weight

DEMO_SHOP = "demo"


def run(args: list[str]) -> int:
    """Run `freight quote`; 0 whether the place is reached or not, 2 bad input."""
    parser = Arguments(prog="jinpai freight", description="按店铺的快递和运费表报价")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Arguments)
    quote = commands.add_parser("quote", help="一个包裹寄到一个地址的运费")
    quote.add_argument(
        "--to", required=True, metavar="地址", help="随便怎么写，例如 新疆乌鲁木齐、寄到浙江杭州西湖区文三路"
    )
    quote.add_argument("--weight", required=True, metavar="公斤", help="几样东西一起寄，写总重量")
    quote.add_argument("--shop", default=DEMO_SHOP, metavar="店铺", help="按哪家店铺的运费表，默认示例店铺")
    quote.add_argument("--size", metavar="长x宽x高", help="包裹的厘米数，按体积重算的快递会用到")
    quote.add_argument("--amount", metavar="元", help="货款，用来看是不是包邮")
    quote.add_argument("--courier", default="", metavar="快递", help="指定一家快递")
    quote.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    address = read_address(options.to)
    parcel = Parcel(
        read_weight(options.weight),
        Decimal(0) if options.size is None else read_size(options.size),
        None if options.amount is None else read_amount(options.amount),
    )
    told = load_freight(options.shop, date.today()).ask(address, parcel, options.courier)
    best = told.best
    if options.json:
        answer = {
            "courier": best.courier if best else options.courier or None,
            "price": None if best is None else str(best.price),
            "reachable": best is not None,
            "eta_days": None if best is None else list(best.days),
            "alternatives": [_told(offer) for offer in told.alternatives],
        }
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print(_line(best) if best else f"{options.courier or '店里的快递'}到不了{told.region}这个地址。")
    for offer in told.alternatives:
        print(f"也可以：{_line(offer)}")
    return 0


def _told(offer: Offer) -> dict[str, Any]:
    return {"courier": offer.courier, "price": str(offer.price), "eta_days": list(offer.days)}


def _line(offer: Offer) -> str:
    bulk = f"（按体积 {money_text(offer.bulk / 1000)} 公斤算）" if offer.bulk else ""
    return f"{offer.courier}，{money_text(offer.price)} 元{bulk}，发出后一般 {days_text(offer.days)}"
