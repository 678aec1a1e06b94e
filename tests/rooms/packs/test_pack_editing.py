"""A form saves one entry: the shop's files change there and nowhere else."""

import pytest

from jinpai.kit.errors import BadInput
from jinpai.packs.editing import set_entry
from jinpai.packs.yaml import Document

WORDS = """# 店长写的欢迎语
- id: welcome
  text: 您好😊
  delay_seconds: 0

# 忙的时候
- id: busy
  text: 稍等
"""


def test_an_entry_of_its_own_is_changed_where_it_stands_and_the_lead_keeps_her_comments() -> None:
    files = set_entry({"auto_replies/words.yaml": WORDS}, "auto_replies", "welcome", {"text": "欢迎光临😊"})
    text = files["auto_replies/words.yaml"]
    assert Document(text).data == [{"id": "welcome", "text": "欢迎光临😊"}, {"id": "busy", "text": "稍等"}]
    assert text.startswith("# 店长写的欢迎语\n")
    assert "稍等" in text


def test_a_new_entry_goes_to_the_shops_own_file() -> None:
    files = set_entry({}, "auto_replies", "late", {"trigger": "waiting", "delay_seconds": 60, "enabled": True})
    assert files == {"auto_replies/own.yaml": "- id: late\n  trigger: waiting\n  delay_seconds: 60\n  enabled: true\n"}
    more = set_entry(files, "auto_replies", "later", {"text": "x"})
    assert [entry["id"] for entry in Document(more["auto_replies/own.yaml"]).data] == ["late", "later"]


LOOKALIKES = (
    *("08:30", "no", "0123", "1.10", "true", "2026-03-01", "null", "~", "12"),
    *("- x", "a: b", "#1", "{买家}您好", "两\n行", " x"),
)


@pytest.mark.parametrize("value", LOOKALIKES)
def test_what_looks_like_something_else_stays_text(value: str) -> None:
    files = set_entry({}, "shop", "demo", {"text": value, "list": [value], "inner": {"name": value}})
    entry = Document(files["shop/own.yaml"]).data[0]
    assert entry == {"id": "demo", "text": value, "list": [value], "inner": {"name": value}}


def test_taking_out_the_last_entry_removes_the_file() -> None:
    files = {"auto_replies/words.yaml": WORDS}
    for id in ("welcome", "busy"):
        files = set_entry(files, "auto_replies", id, None)
    assert files == {}
    assert set_entry(files, "auto_replies", "never-there", None) == {}


def test_a_file_in_another_style_is_written_anew_rather_than_broken() -> None:
    files = {"auto_replies/words.yaml": "[{id: a, text: x}, {id: b, text: y}]"}
    after = set_entry(files, "auto_replies", "a", {"text": "z"})
    assert Document(after["auto_replies/words.yaml"]).data == [{"id": "a", "text": "z"}, {"id": "b", "text": "y"}]


def test_a_file_that_cannot_be_read_is_left_alone_and_named() -> None:
    with pytest.raises(BadInput, match=r"auto_replies/words\.yaml 第 \d 行"):
        set_entry({"auto_replies/words.yaml": "- id: a\n  x: [\n"}, "auto_replies", "b", {"text": "x"})
