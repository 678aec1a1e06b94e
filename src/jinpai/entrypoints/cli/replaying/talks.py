"""Conversations to replay, and who answers in them: the two files the operator gives, read strictly."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import orjson

from jinpai.kit.errors import BadInput

Side = Literal["buyer", "agent"]
_SIDES: Mapping[str, Side] = {"buyer": "buyer", "agent": "agent"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHAPE = '每行应为 {"id":"…","messages":[{"from":"buyer 或 agent","text":"…"}]}'


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a conversation."""

    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation to be played, in order."""

    id: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Who answers."""

    login: str
    password: str


def read_talks(path: Path) -> list[Talk]:
    """The conversations of a JSON Lines file; BadInput names the line that is wrong."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"读不到 {path}：{error.strerror}") from None
    rows = [(number, row) for number, row in enumerate(content.split(b"\n"), 1) if row.strip()]
    if not rows:
        raise BadInput(f"{path} 里没有会话。{_SHAPE}")
    return [_talk(f"{path} 第 {number} 行", row) for number, row in rows]


def read_accounts(path: Path) -> Sequence[Account]:
    """The accounts of agents in a file of `login<tab>password<tab>name<tab>role`, as `jinpai init` writes it."""
    try:
        rows = [line.split("\t") for line in path.read_text().splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"读不到账号文件 {path}：{error}") from None
    if not rows or any(len(row) < 2 for row in rows):
        raise BadInput(f"{path} 每行应为“登录名、密码、姓名、角色”，用制表符隔开")
    agents = [row for row in rows if len(row) < 4 or row[3] == "agent"]
    return [Account(row[0], row[1]) for row in agents or rows]


def _talk(place: str, row: bytes) -> Talk:
    try:
        found = orjson.loads(row)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{place}不是有效的 JSON：{error}") from None
    if not isinstance(found, dict) or set(found) != {"id", "messages"} or not isinstance(found["messages"], list):
        raise BadInput(f"{place}格式不对。{_SHAPE}")
    lines = tuple(_line(f"{place}第 {at} 条", message) for at, message in enumerate(found["messages"], 1))
    return Talk(str(found["id"]), lines)


def _line(place: str, message: Any) -> Line:
    if not isinstance(message, dict) or set(message) != {"from", "text"} or not isinstance(message["text"], str):
        raise BadInput(f"{place}格式不对。{_SHAPE}")
    side = _SIDES.get(message["from"])
    if side is None:
        raise BadInput(f"{place}的 from 应为 buyer 或 agent")
    if _CONTROL.search(message["text"]):
        raise BadInput(f"{place}含有控制字符，系统保存时会去掉，对账会不一致，请先清理")
    return Line(side, message["text"])
