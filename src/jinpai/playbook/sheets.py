"""Quick replies as spreadsheets: XLSX and CSV out, XLSX, XLS and CSV (UTF-8, GBK) in; formulas run in neither.

A cell that a spreadsheet would take for a formula goes out with an apostrophe before it, and comes in without it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jinpai.kit.errors import BadInput
from jinpai.kit.sheets import writing
from jinpai.kit.sheets.reading import read_rows
from jinpai.kit.sheets.writing import is_live, write_csv, write_xlsx
from jinpai.playbook.replies import QuickReply, Wording, check_wording

_SHEET = writing.Sheet("话术", (("文件夹", 20), ("编号", 10), ("标题", 24), ("内容", 100)))
MAX_ROWS = 5_000
MAX_BYTES = 10 << 20
MAX_PROBLEMS = 200

_NAMES = {
    "folder": ("文件夹", "分组", "快捷短语分组", "分类", "目录", "folder", "group"),
    "code": ("编号", "快捷编码", "快捷码", "编码", "简码", "code", "shortcut"),
    "title": ("标题", "名称", "title", "name"),
    "text": ("内容", "话术", "话术内容", "快捷短语", "短语", "回复", "text", "content"),
}
_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be taken, as the seller's program numbers it, and what to mend."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file tells: every line is either among the wordings or among the problems."""

    wordings: tuple[Wording, ...]
    problems: tuple[Problem, ...]


def read_sheet(content: bytes) -> Sheet:
    """The replies in this file, by the names in its first line; BadInput when it is no such table."""
    if not content.strip():
        raise BadInput("文件是空的，请选一个有内容的 XLSX、XLS 或 CSV 文件")
    if len(content) > MAX_BYTES:
        raise BadInput(f"文件超过 {MAX_BYTES >> 20} MB，请拆成几个文件分别导入")
    rows = [(line, cells) for line, cells in read_rows(content)[1] if any(cell.strip() for cell in cells)]
    if not rows:
        raise BadInput("文件里没有内容，第一行请写列名：文件夹、编号、标题、内容")
    if len(rows) > MAX_ROWS + 1:
        raise BadInput(f"文件超过 {MAX_ROWS} 行，请拆成几个文件分别导入")
    columns = _columns(rows[0][1])
    wordings: list[Wording] = []
    problems: list[Problem] = []
    for line, cells in rows[1:]:
        told = {field: _cell(cells[at]) if at < len(cells) else "" for field, at in columns.items()}
        try:
            wordings.append(check_wording(Wording(**{**_BLANK, **told})))
        except BadInput as error:
            problems.append(Problem(line, error.message))
    return Sheet(tuple(wordings), tuple(problems))


def write_replies(replies: Iterable[QuickReply], form: str) -> bytes:
    """The replies as a file of this form, `csv` or `xlsx`."""
    rows = ((reply.folder, reply.code, reply.title, reply.text) for reply in replies)
    return write_csv(_SHEET, rows) if form == "csv" else write_xlsx(_SHEET, rows)


_BLANK = {"folder": "", "code": "", "title": "", "text": ""}


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Field → its column, by name."""
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = re.sub(r"[\s*：:（(].*|[\s*]", "", cell.strip()).lower()
        for field, names in _NAMES.items():
            if name in names:
                found.setdefault(field, at)
    if "text" not in found:
        raise BadInput("没有找到“内容”这一列：第一行请写列名 文件夹、编号、标题、内容（可以先导出一份照着填）")
    return found


def _cell(text: str) -> str:
    wrapped = _WRAPPED.fullmatch(text.strip())
    if wrapped:
        return wrapped[1].replace('""', '"')
    return text[1:] if text.startswith("'") and is_live(text) else text
