"""`jinpai bargain`: how buyers talk about the price.

Imports neither the web server nor the database, so that it answers at once.
"""

import json
import sys

from pydantic import BaseModel, ConfigDict

from jinpai.bargaining.attitudes import find_attitude, titles_of
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.cli.lines import read_lines
from jinpai.flows.content.sections import BARGAINING, load_section
from jinpai.flows.learning.attitudes import attitudes_now
from jinpai.kit.settings import read_settings


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str


def run(args: list[str]) -> int:
    """Run `bargain attitude`; 0 ok, 2 bad input."""
    parser = Arguments(prog="jinpai bargain", description="议价：听出买家讲价的态度")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Arguments)
    attitude = commands.add_parser("attitude", help="从标准输入逐行读买家的话（JSON），判断态度")
    attitude.add_argument("--shop", default="", metavar="店铺", help="按哪家店铺的说法，默认只按基础包")
    attitude.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    entries = load_section(BARGAINING, options.shop)
    learned, titles = attitudes_now(entries, read_settings().home), titles_of(entries)
    for number, line in read_lines(sys.stdin, _Line.model_validate, '{"text": "能便宜点吗"}'):
        found = find_attitude(learned, line.text)
        told = json.dumps({"attitude": found}) if options.json else titles.get(found, found)
        print(told, flush=number % 100 == 1)
    return 0
