"""Reads a folder of tasks: `tasks*.json`, `tools.json`, and the database as JSON files under `database`."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinpai.copilot.tasks.model import Call, Folder, Task
from jinpai.kit.errors import BadInput

_SUFFIX = "_tool"
"""What the names of tools may end with where tasks name them."""


def read_folder(path: Path) -> Folder:
    """Everything a folder of tasks holds; BadInput naming the file or the task that is none."""
    if not path.is_dir():
        raise BadInput(f"没有文件夹 {path}，请检查路径")
    files = sorted(path.glob("tasks*.json"))
    if not files:
        raise BadInput(f"{path} 里没有 tasks*.json")
    tasks = [task for file in files for task in _tasks(file)]
    database = {file.stem: _json(file) for file in sorted((path / "database").glob("*.json"))}
    if not database:
        raise BadInput(f"{path} 里没有 database/*.json")
    tools = _json(path / "tools.json")
    if not isinstance(tools, list) or not all(isinstance(one, dict) and "name" in one for one in tools):
        raise BadInput(f"{path / 'tools.json'} 要是工具的列表，每个有 name")
    return Folder(tasks, database, tools)


def _tasks(file: Path) -> Sequence[Task]:
    rows = _json(file)
    if not isinstance(rows, list):
        raise BadInput(f"{file} 要是任务的列表")
    return [_task(row, f"{file} 第 {number} 个任务") for number, row in enumerate(rows, 1)]


def _task(row: Any, place: str) -> Task:
    try:
        told: Mapping[str, Any] = row.get("metadata") or {}
        return Task(
            id=str(row["id"]),
            platform=str(row["platform"]),
            shop=str(row["shop_id"]),
            buyer=str(row["user_id"]),
            intents=[str(one) for one in row["intents"]],
            actions=_calls(told.get("actions") or ()),
            searches=_calls(told.get("searches") or ()),
            outputs=[str(one) for one in told.get("outputs") or ()],
        )
    except (KeyError, TypeError, AttributeError):
        raise BadInput(f"{place}不对，要有 id、platform、shop_id、user_id、intents 和 metadata") from None


def _calls(rows: Sequence[Mapping[str, Any]]) -> Sequence[Call]:
    return [Call(str(row["name"]).removesuffix(_SUFFIX), dict(row["arguments"])) for row in rows]


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise BadInput(f"读不了 {file}（{error.strerror}），请检查路径") from None
    except (ValueError, RecursionError):
        raise BadInput(f"{file} 不是有效的 JSON（UTF-8）") from None
