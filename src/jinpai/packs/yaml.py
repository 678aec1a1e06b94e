"""YAML with few types: true/false/null and plain integers; everything else stays text (`08:30`, `no`, `0123`, `1.10`).

Repeated keys are refused, and every value remembers its line, so that an error can name it.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml


class YamlError(Exception):
    """A file that cannot be read as content; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Loader(yaml.CSafeLoader):
    """PyYAML's C parser with our own short list of implicit types."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
):
    _Loader.add_implicit_resolver("tag:yaml.org,2002:" + _tag, re.compile(_pattern), _first)


class Document:
    """One parsed file: `data` as plain Python values, `line_of` for the place of any of them."""

    def __init__(self, text: str) -> None:
        try:
            loader = _Loader(text)
            self._root = loader.get_single_node()
            if self._root is not None:
                _refuse_repeated_keys(self._root)
            self.data: Any = None if self._root is None else loader.construct_document(self._root)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            raise YamlError(line, f"不是有效的 YAML：{error.problem}，请检查缩进和引号") from None
        except yaml.YAMLError as error:
            raise YamlError(1, f"不是有效的 YAML：{error}") from None

    def line_of(self, path: Sequence[int | str]) -> int:
        """The line (from 1) of the value at this path, or of the nearest value above it that exists."""
        node = self._root
        line = 1
        for step in path:
            if node is None:
                break
            line = node.start_mark.line + 1
            node = _child(node, step)
        return line if node is None else node.start_mark.line + 1


def _child(node: yaml.Node, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _refuse_repeated_keys(root: yaml.Node) -> None:
    nodes = [root]
    seen_nodes: set[int] = set()
    while nodes:
        node = nodes.pop()
        if id(node) in seen_nodes:
            raise YamlError(node.start_mark.line + 1, "不支持 YAML 锚点与引用（& 和 *），请把内容写完整")
        seen_nodes.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in node.value:
                if key.value in keys:
                    raise YamlError(key.start_mark.line + 1, f"“{key.value}”写了两次，请只留一个")
                keys.add(key.value)
                nodes.append(value)
