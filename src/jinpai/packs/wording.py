"""What a schema error means to the person who writes content: a Chinese sentence with the fix."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

Steps = tuple[int | str, ...]

_SENTENCES: Mapping[str, str] = {
    "missing": "缺少这个字段，请补上",
    "string_type": "应是文字；纯数字、true、false 请加引号",
    "string_too_short": "不能为空，请写上内容",
    "string_too_long": "太长了，最多 {max_length} 个字",
    "int_type": "应是整数，不要加引号和小数点",
    "int_parsing": "应是整数",
    "float_type": "应是数字",
    "bool_type": "只能写 true 或 false",
    "tuple_type": "应是列表，每项一行，以“- ”开头",
    "list_type": "应是列表，每项一行，以“- ”开头",
    "set_type": "应是列表，每项一行，以“- ”开头",
    "frozen_set_type": "应是列表，每项一行，以“- ”开头",
    "dict_type": "应是“名称: 内容”的形式，每项一行",
    "mapping_type": "应是“名称: 内容”的形式，每项一行",
    "model_type": "应是“字段: 内容”的形式，每个字段一行",
    "too_short": "至少要有 {min_length} 项，现在是 {actual_length} 项",
    "too_long": "最多 {max_length} 项，现在是 {actual_length} 项",
    "greater_than": "要大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "要小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "只能是这些之一：{expected}",
    "enum": "只能是这些之一：{expected}",
    "union_tag_not_found": "缺少 {discriminator}，请写明种类",
    "union_tag_invalid": "{discriminator} 只能是这些之一：{expected_tags}",
    "date_type": "应是日期，例如 2026-03-01",
    "date_parsing": "应是日期，例如 2026-03-01",
    "date_from_datetime_parsing": "应是日期，例如 2026-03-01",
}

_PATTERNS = (
    ("a-z0-9]+(?:[._-]", "只能用小写字母、数字和中间的 . _ -，例如 welcome.first"),
    (r"(?:\.\d{1,2})?$", "应是金额，例如 129.00，不带货币符号，最多两位小数"),
    ("[0-5]\\d", "应是 24 小时制的时间，例如 08:30"),
)


_WRONG_KIND = frozenset({"string_type", "model_type", "tuple_type", "dict_type", "int_type", "bool_type"})


def explain(errors: Sequence[Mapping[str, Any]], data: Any, shape: type[BaseModel]) -> list[tuple[Steps, str]]:
    """Pydantic's errors about `data` as (path, sentence for the author of the file).

    Where a value may have one of several shapes, only the errors of the shape it was meant to have are told.
    """
    found: list[tuple[Steps, str]] = []
    branches: dict[Steps, list[tuple[bool, Steps, str]]] = {}
    for error in errors:
        kind = str(error["type"])
        path, branch = _real_path(tuple(error["loc"]), data, keep_last=kind == "missing")
        sentence = f"{_place_words(path)}{_sentence(error, kind, shape)}"
        if branch is None:
            found.append((path, sentence))
        else:
            branches.setdefault(branch, []).append((kind in _WRONG_KIND and path == branch, path, sentence))
    for alternatives in branches.values():
        meant = [(path, sentence) for wrong_kind, path, sentence in alternatives if not wrong_kind]
        found += meant or [alternatives[0][1:]]
    return found


def _sentence(error: Mapping[str, Any], kind: str, shape: type[BaseModel]) -> str:
    context: Mapping[str, Any] = error.get("ctx") or {}
    if kind == "extra_forbidden":
        return _unknown_key(str(error["loc"][-1]), shape)
    if kind == "value_error":
        return str(context.get("error", ""))
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        return next((words for sign, words in _PATTERNS if sign in pattern), f"写法不对，应符合 {pattern}")
    sentence = _SENTENCES.get(kind)
    if sentence is None:
        return f"内容不符合要求（{error['msg']}）"
    return sentence.format_map({key: _listed(value) for key, value in context.items()})


def _listed(value: Any) -> str:
    return str(value).replace(" or ", "、").replace(", ", "、").replace("'", "")


def _unknown_key(key: str, shape: type[BaseModel]) -> str:
    near = get_close_matches(key, sorted(_keys(shape.model_json_schema())), n=1, cutoff=0.6)
    if near and near[0] != key:
        return f"没有这个字段，是不是想写“{near[0]}”？"
    return "这里没有这个字段，请删掉或检查缩进"


def _keys(schema: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            found.update(properties)
        for value in schema.values():
            found |= _keys(value)
    elif isinstance(schema, list):
        for value in schema:
            found |= _keys(value)
    return found


def _real_path(loc: Steps, data: Any, *, keep_last: bool) -> tuple[Steps, Steps | None]:
    """The steps that exist in the data, and the value that has several shapes, where Pydantic names one of them."""
    real: list[int | str] = []
    branch: Steps | None = None
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        if _has(data, step):
            data = data[step]
        elif not (keep_last and last):
            branch = tuple(real)
            continue
        real.append(step)
    return tuple(real), branch


def _has(data: Any, step: int | str) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _place_words(path: Steps) -> str:
    """The path as people say it, e.g. `skus 第 2 项 price：`; empty for the entry itself."""
    words = [f"第 {step + 1} 项" if isinstance(step, int) else str(step) for step in path]
    return f"{' '.join(words)}：" if words else ""
