"""The command line: each command is a module, imported only when it is called.

Exit codes: 0 ok, 1 found problems, 2 bad input.
"""

import sys
from collections.abc import Callable
from importlib import import_module

COMMANDS = {
    "init": ("init", "准备数据文件夹、密钥和数据库（--demo：附带示例店铺）"),
    "serve": ("serve", "启动服务（默认命令）"),
    "channel": ("channel", "查看聊天渠道：网页代码和签名密钥"),
    "content": ("content", "检查、试用内容包，导出编辑器用的结构说明"),
    "guard": ("guard", "检查会话或一句话，列出规则"),
    "freight": ("freight", "按店铺的运费表给一个地址报运费"),
    "replay": ("replay", "用真实的前门回放一批会话，并对账"),
    "import": ("imports", "导入卖家后台导出的文件：订单、商品、客户、聊天记录、评价等"),
    "promises": ("promises", "从会话里找出客服答应买家的事"),
    "customers": ("customers", "从聊天里看买家是哪一类，怎么招呼合适"),
    "bargain": ("bargain", "议价：听出买家讲价的态度"),
    "remind": ("remind", "催付：算提醒时间、判断没付款的原因"),
    "suggest": ("suggest", "读会话，给出意图、回复建议和下一步"),
    "eval": ("eval", "在标注好的数据上测量识别的好坏"),
    "mcp": ("mcp", "让外面的助手通过 MCP 查资料、提建议，不能发消息"),
    "backup": ("backup", "备份全部数据到一个文件，服务不用停"),
    "restore": ("restore", "把备份恢复到空的数据文件夹和数据库"),
    "openapi": ("openapi", "输出 REST 接口说明（OpenAPI 3.1）"),
}


def run(args: list[str]) -> int:
    """Run the command these arguments name; without any, serve."""
    name, rest = (args[0], args[1:]) if args else ("serve", [])
    if name in ("-h", "--help", "help"):
        print(_help())
        return 0
    if name not in COMMANDS:
        print(f"没有命令“{name}”。\n\n{_help()}", file=sys.stderr)
        return 2
    from jinpai.kit.errors import Refusal

    command: Callable[[list[str]], int] = import_module(f"jinpai.entrypoints.cli.{COMMANDS[name][0]}").run
    try:
        return command(rest)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130


def _help() -> str:
    lines = "\n".join(f"  {name:<11}{words}" for name, (_, words) in COMMANDS.items())
    return f"金牌客服 Jinpai\n\n用法：jinpai 命令 [参数]\n\n{lines}\n\n每个命令都有 --help。"
