"""Where a page of a list by time ended, as clients carry it to the next one."""

from jinpai.kit.errors import BadInput


def write_cursor(at: int, id_: str) -> str:
    """The place behind this row."""
    return f"{at}-{id_}"


def read_cursor(text: str | None) -> tuple[int, str] | None:
    """The time and id of the last row seen, None at the beginning; BadInput when it is no cursor."""
    if text is None:
        return None
    at, _, id_ = text.partition("-")
    if not at.isdecimal() or not at.isascii() or len(at) > 15 or not id_:
        raise BadInput("翻页参数 cursor 不对，请使用上一页给出的 next")
    return int(at), id_
