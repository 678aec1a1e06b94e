"""CSV and its kin: the encoding and the separator are found out, quotes are minded."""

import csv
import io
import re
from collections.abc import Iterator

from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.model import Row, Rows

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ("\t", ",", ";", "|")
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
_END = "\x03"
"""Stands behind the last line, where a quote that never ends would swallow it."""

_RESAVE = "请用 Excel 打开后另存为“CSV UTF-8”或 XLSX，再导入"


def read_text(content: bytes) -> Rows:
    """The kind (with its encoding), the rows, and notes; BadInput when it is no text or its quotes do not match."""
    text, encoding = decode(content)
    if re.match(r"\s*<(!doctype|html|table|\?xml)", text[:200], re.IGNORECASE):
        raise BadInput(f"这是网页格式的表格，只是换了文件名。{_RESAVE}")
    separator = _separator(text)
    kind = f"{'TSV' if separator == chr(9) else 'CSV'}（{encoding}）"
    return kind, _rows(text, separator), ()


def decode(content: bytes) -> tuple[str, str]:
    """The text and the encoding it was in; BadInput when it is none."""
    encodings = [encoding for mark, encoding in _MARKS if content.startswith(mark)] or _unmarked(content)
    readable = 0
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            readable = max(readable, error.start)
            continue
        if len(_CONTROLS.findall(text, 0, 100_000)) > 2:
            raise BadInput(f"这不是文字表格，里面是程序才看得懂的内容。{_RESAVE}")
        return text, {"utf-8-sig": "UTF-8", "gb18030": "GBK"}.get(encoding, encoding.upper())
    line = content.count(b"\n", 0, readable) + 1
    raise BadInput(f"第 {line} 行有读不出来的字符，文件可能传坏了。{_RESAVE}")


def _unmarked(content: bytes) -> list[str]:
    head = content[:4_000]
    if head[1::2].count(0) > len(head) // 8:
        return ["utf-16-le"]
    if head[::2].count(0) > len(head) // 8:
        return ["utf-16-be"]
    return ["utf-8", "gb18030"]


def _separator(text: str) -> str:
    """The mark that stands most often in one of the first lines; a Chinese comma only where there is no other."""
    lines = text[:20_000].splitlines()[:10] or [""]
    counts = {mark: max(line.count(mark) for line in lines) for mark in _SEPARATORS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else "，"


def _rows(text: str, separator: str) -> Iterator[Row]:
    """Strictly first, so that a quote that never ends is noticed; loosely where only a quote stands in a word."""
    try:
        return iter(list(_parse(text, separator, strict=True)))
    except csv.Error as error:
        if "expected after" not in str(error):
            raise BadInput(f"{error.args[1]}。{_RESAVE}") from None
    try:
        rows = list(_parse(f"{text}\n{_END}\n", separator, strict=False))
    except csv.Error as error:
        raise BadInput(f"{error.args[1]}。{_RESAVE}") from None
    if rows[-1][1] != [_END]:
        raise BadInput(f"第 {rows[-1][0]} 行的引号没有配对，后面的内容都读不出来。{_RESAVE}")
    return iter(rows[:-1])


def _parse(text: str, separator: str, *, strict: bool) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "limit" in str(error):
                raise csv.Error(str(error), f"第 {line} 行有一个超过 13 万字的单元格，也可能是引号没有配对") from None
            raise csv.Error(str(error), f"第 {line} 行的引号没有配对，后面的内容都读不出来") from None
        if cells is None:
            return
        yield line, cells
        line = reader.line_num + 1
