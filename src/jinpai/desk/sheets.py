"""A conversation as a table to take along: what was said, by whom, when; telephone numbers in it are masked."""

import re
from collections.abc import Mapping
from datetime import datetime

from jinpai.desk.attach import line_of
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, NOTE, PAST_IN, PAST_OUT, Author
from jinpai.journal.model import Row
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.sheets.writing import Sheet

SHEET = Sheet("会话", (("时间", 19), ("身份", 8), ("名字", 16), ("内容", 80), ("来源", 12)))
SPOKEN = (MESSAGE_IN, MESSAGE_OUT, PAST_IN, PAST_OUT, NOTE)
"""The kinds of rows that are lines of the table."""

_ROLES: Mapping[str, str] = {"buyer": "买家", "agent": "客服", "assistant": "自动回复", "system": "系统"}
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_ERASED = "（内容已按要求删除）"


def sheet_row(row: Row) -> tuple[str, ...]:
    """The message's or note's line of the table."""
    entry = row.entry
    said = str(entry.body.get("text", "")) or line_of(entry.body) if entry.body else _ERASED
    role = "内部备注" if entry.kind == NOTE else _ROLES[Author.read(entry.author).role]
    source = "导入" if entry.kind in (PAST_IN, PAST_OUT) else ""
    at = datetime.fromtimestamp(row.at / 1000, SHOP_TIME).strftime("%Y-%m-%d %H:%M:%S")
    return at, role, str(entry.body.get("name", "")), _MOBILE.sub(r"\1****\2", said), source
