"""Command-line arguments that explain themselves in Chinese; wrong ones are bad input."""

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from jinpai.kit.errors import BadInput

_SENTENCES: Sequence[tuple[str, str]] = (
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"argument (.+): expected one argument", r"参数 \1 后面要写一个值"),
    (r"argument (.+): invalid int value: (.+)", r"参数 \1 要写整数，收到的是 \2"),
    (r"argument (.+): invalid float value: (.+)", r"参数 \1 要写数字，收到的是 \2"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"参数 \1 不能是 \2，可以选：\3"),
    (r"argument (.+): not allowed with argument (.+)", r"参数 \1 不能和 \2 一起用"),
    (r"argument (.+): ignored explicit argument (.+)", r"参数 \1 后面不用写值"),
    (r"argument (.+?): (.+)", r"参数 \1：\2"),
    (r"ambiguous option: (.+) could match (.+)", r"参数 \1 不明确，可能是：\2"),
)


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Arguments(argparse.ArgumentParser):
    """An argument parser for people who read Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, add_help=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """BadInput that says what is wrong and where help is."""
        matches = (re.sub(f"^{said}$", ours, message) for said, ours in _SENTENCES if re.match(said, message))
        raise BadInput(f"{next(matches, message)}。运行 {self.prog} --help 查看用法")
