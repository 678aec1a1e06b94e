"""A spreadsheet file as rows of text: what it is is told by its content, never by its name."""

from jinpai.kit.sheets.model import Rows


def read_rows(content: bytes) -> Rows:
    """The rows of an XLSX, XLS or text file; BadInput, saying what to do, when it is spoilt, locked or dangerous."""
    if content.startswith(b"PK\x03\x04"):
        from jinpai.kit.sheets.workbooks import read_xlsx

        return read_xlsx(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        from jinpai.kit.sheets.old_workbooks import read_xls

        return read_xls(content)
    from jinpai.kit.sheets.texts import read_text

    return read_text(content)
