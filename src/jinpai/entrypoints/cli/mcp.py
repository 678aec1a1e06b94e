"""`jinpai mcp`: the Model Context Protocol on standard input and output, for an assistant outside."""

import os
import sys
from importlib.metadata import version

from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.mcp.door import Door
from jinpai.entrypoints.mcp.house_tools import INSTRUCTIONS, house_tools
from jinpai.entrypoints.mcp.protocol import Session
from jinpai.kit.errors import BadInput


def run(args: list[str]) -> int:
    """Answer one request a line until the input ends; 0 ok, BadInput without a name and a password."""
    parser = Arguments(
        prog="jinpai mcp",
        description="让外面的助手（MCP 客户端）以一位同事的身份查资料、提建议；"
        "账号放在环境变量 JINPAI_MCP_LOGIN 和 JINPAI_MCP_PASSWORD 里",
    )
    parser.add_argument("--server", default="http://localhost:8000", metavar="地址", help="正在运行的服务")
    options = parser.parse_args(args)
    login, password = (os.environ.get(f"JINPAI_MCP_{name}", "") for name in ("LOGIN", "PASSWORD"))
    if not login or not password:
        raise BadInput("请设 JINPAI_MCP_LOGIN 和 JINPAI_MCP_PASSWORD，助手用这位同事的权限")
    session = Session(house_tools(Door(options.server, login, password)), INSTRUCTIONS, version("jinpai"))
    for line in sys.stdin:
        if line.strip() and (answer := session.answer(line)) is not None:
            print(answer, flush=True)
    return 0
