"""YAML with few types: true/false/null and plain integers; everything else stays text (`08:30`, `no`, `0123`, `1.10`).

Read from the parser's events, never by recursion, so that a hostile file cannot exhaust the stack or the memory;
repeated keys, anchors and tags are refused, and every value remembers its line, so that an error can name it.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

MAX_DEPTH = 20
"""How deep lists and fields may nest; what people write by hand stays under ten."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_OUR_WORDS = (
    ("control characters", "文件里有看不见的控制字符，请删掉后重新保存"),
    ("tab character", "缩进用了制表符（Tab），请改成空格"),
    ("another document", "一个文件里只能有一份内容，请删掉“---”或分成两个文件"),
    ("mapping values are not allowed", "这一行有两个冒号或缩进不对，含冒号的文字请用引号括起来"),
    ("end of stream", "引号或括号没有写完，请补上另一半"),
    ("flow", "方括号或花括号没有配对，请检查"),
    ("',' or '}'", "花括号没有配对，请检查；话术里的变量要整句用引号括起来"),
    ("',' or ']'", "方括号没有配对，请检查"),
    ("expected key", "缩进没有对齐，同一条里的字段要左对齐"),
    ("'-' indicator", "缩进没有对齐，同一个列表的“-”要左对齐"),
    ("could not find expected ':'", "这一行少了冒号，或文字没有缩进到字段下面"),
    ("escape", "双引号里的反斜杠无法识别，请改用单引号"),
    ("undefined alias", "不支持 YAML 锚点与引用（& 和 *），请把内容写完整"),
)


class YamlError(Exception):
    """A file that cannot be read as content; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Open:
    """A list or a mapping being filled, with the lines of what is in it; `key` waits for its value."""

    __slots__ = ("data", "key", "line", "places")

    def __init__(self, data: Any, places: Any, line: int) -> None:
        self.data = data
        self.places = places
        self.line = line
        self.key: str | None = None


class Document:
    """One parsed file: `data` as plain Python values, `line_of` for the place of any of them."""

    def __init__(self, text: str) -> None:
        self.data: Any = None
        self._top: Any = 1
        try:
            parser: Any = yaml.CLoader(text)
        except (UnicodeEncodeError, yaml.reader.ReaderError) as error:
            position = error.start if isinstance(error, UnicodeEncodeError) else error.position
            raise YamlError(text.count("\n", 0, position) + 1, _OUR_WORDS[0][1]) from None
        try:
            self._build(parser)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            raise YamlError(line, _explain(str(error.problem), text, line)) from None
        except yaml.reader.ReaderError as error:
            raise YamlError(text.count("\n", 0, error.position) + 1, _OUR_WORDS[0][1]) from None
        finally:
            parser.dispose()

    def _build(self, parser: Any) -> None:
        stack: list[_Open] = []
        get = parser.get_event
        while True:
            event = get()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(stack, event)
            elif kind is yaml.MappingStartEvent:
                stack.append(self._open(stack, event, {}, {}))
            elif kind is yaml.SequenceStartEvent:
                stack.append(self._open(stack, event, [], []))
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                stack.pop()
            elif kind is yaml.AliasEvent:
                raise YamlError(event.start_mark.line + 1, "不支持 YAML 锚点与引用（& 和 *），请把内容写完整")
            elif kind is yaml.DocumentEndEvent:
                after = get()
                if type(after) is not yaml.StreamEndEvent:
                    raise YamlError(after.start_mark.line + 1, _OUR_WORDS[2][1])
                return
            elif kind is yaml.StreamEndEvent:
                return

    def _scalar(self, stack: list[_Open], event: Any) -> None:
        _refuse_extras(event)
        line = event.start_mark.line + 1
        if stack:
            top = stack[-1]
            if top.key is None and type(top.data) is dict:
                _set_key(top, event.value, line)
                return
        self._place(stack, _value(event), line, line)

    def _open(self, stack: list[_Open], event: Any, data: Any, places: Any) -> _Open:
        _refuse_extras(event)
        line = event.start_mark.line + 1
        if len(stack) >= MAX_DEPTH:
            raise YamlError(line, f"内容套得太深（超过 {MAX_DEPTH} 层），请拆开写")
        if stack and stack[-1].key is None and type(stack[-1].data) is dict:
            raise YamlError(line, "花括号要用引号括起来，字段名只能是一个词")
        self._place(stack, data, (line, places), line)
        return _Open(data, places, line)

    def _place(self, stack: list[_Open], data: Any, place: Any, line: int) -> None:
        if not stack:
            self.data = data
            self._top = place
            return
        top = stack[-1]
        if top.key is None:
            top.data.append(data)
            top.places.append(place)
        else:
            top.data[top.key] = data
            top.places[top.key] = (top.line, place[1]) if type(place) is tuple else top.line
            top.key = None

    def line_of(self, path: Sequence[int | str]) -> int:
        """The line (from 1) of the value at this path; steps that do not exist are passed over."""
        line, places = _split(self._top)
        for step in path:
            if isinstance(places, dict) and str(step) in places:
                line, places = _split(places[str(step)])
            elif isinstance(places, list) and isinstance(step, int) and step < len(places):
                line, places = _split(places[step])
        return line


def _split(place: Any) -> tuple[int, Any]:
    return place if isinstance(place, tuple) else (place, None)


def _set_key(top: _Open, key: str, line: int) -> None:
    if not key:
        raise YamlError(line, "冒号前面缺少字段名，请补上")
    if key in top.data:
        raise YamlError(line, f"“{key}”写了两次，请只留一个")
    top.key = key
    top.line = line


def _value(event: Any) -> Any:
    text = event.value
    if event.implicit[0]:
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
    return text


def _refuse_extras(event: Any) -> None:
    if event.anchor is not None:
        raise YamlError(event.start_mark.line + 1, "不支持 YAML 锚点与引用（& 和 *），请把内容写完整")
    if event.tag is not None:
        raise YamlError(event.start_mark.line + 1, "不支持 YAML 标签（! 开头的词），以“!”开头的文字请用引号括起来")


def _explain(problem: str, text: str, line: int) -> str:
    written = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
    if "\t" in written[: len(written) - len(written.lstrip(" \t-"))]:
        return _OUR_WORDS[1][1]
    if re.search(r":\s+\{", written):
        return '以花括号开头的文字要整句用引号括起来，例如 "{店铺}欢迎您"'
    for sign, ours in _OUR_WORDS:
        if sign in problem:
            return ours
    return "不是有效的 YAML，请检查这一行的缩进、引号和冒号"
