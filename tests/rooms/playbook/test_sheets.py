"""Replies come from other tools as spreadsheets, and go out as such; nothing in them ever runs."""

import io

import openpyxl
import pytest

from jinpai.kit.errors import BadInput
from jinpai.playbook.replies import QuickReply, Wording
from jinpai.playbook.sheets import MAX_ROWS, read_sheet, write_replies

NASTY = ["=1+1", "+8613800138000", "-1+cmd|' /C calc'!A0", "@SUM(A1)", '=HYPERLINK("http://x","点")', "'=1", "\t=1"]
WARM = "您好😊 发货后第二天能看到物流，\n您也可以随时问"


def reply(text: str, title: str = "标题", code: str = "fh") -> QuickReply:
    return QuickReply("q_1", "mine", "物流/发货", code, title, text)


def said(content: bytes) -> list[Wording]:
    sheet = read_sheet(content)
    assert sheet.problems == ()
    return list(sheet.wordings)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_went_out_comes_back_the_same(form: str) -> None:
    replies = [reply(WARM, "发货"), reply("逗号，引号\"和'都在", "引号")]
    expected = [Wording(one.folder, one.code, one.title, one.text) for one in replies]
    assert said(write_replies(replies, form)) == expected


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_goes_out_as_a_formula_and_all_come_back_as_typed(form: str) -> None:
    content = write_replies([reply(text, f"第{at}条") for at, text in enumerate(NASTY)], form)
    if form == "csv":
        lines = content.decode("utf-8-sig").splitlines()[1:]
        assert not any(
            cell.lstrip('"\t').startswith(("=", "+", "-", "@")) for line in lines for cell in line.split(",")
        )
    else:
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]  # type: ignore[union-attr]
        assert {cell.data_type for cell in cells} == {"s"}
        assert not any(str(cell.value).lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
    assert [one.text for one in said(content)] == [text.strip() for text in NASTY]


def test_a_formula_that_comes_in_stays_text() -> None:
    assert said('标题,内容\n点,"=HYPERLINK(""http://x"")"'.encode())[0].text == '=HYPERLINK("http://x")'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_old_exports_are_read_in_their_encoding(encoding: str) -> None:
    text = "快捷编码,快捷短语,快捷短语分组\r\nkd,咱们默认发中通，您放心,物流\r\n"
    assert said(text.encode(encoding)) == [Wording("物流", "kd", "咱们默认发中通，您放心", "咱们默认发中通，您放心")]


def test_every_bad_line_is_named_with_what_to_mend() -> None:
    text = "编号,标题,内容\nok,好,您好\n有 空格,坏,您好\nno,空,\nvar,变量,您好{生日}\n"
    sheet = read_sheet(text.encode())
    assert [one.title for one in sheet.wordings] == ["好"]
    assert [problem.line for problem in sheet.problems] == [3, 4, 5]
    assert "没有变量 {生日}" in sheet.problems[2].reason


def test_a_file_that_is_no_such_table_is_told_in_words() -> None:
    for content, why in (
        (b"", "文件是空的"),
        (b"  \n", "文件是空的"),
        ("买家,金额\n小周,12".encode(), "没有找到“内容”这一列"),
        (b"PK\x03\x04rubbish", "打不开"),
        (("内容\n" + "您好\n" * (MAX_ROWS + 2)).encode(), "拆成几个文件"),
    ):
        with pytest.raises(BadInput, match=why):
            read_sheet(content)
