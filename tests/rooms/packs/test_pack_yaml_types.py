"""What a lead writes stays what they wrote, and a hostile file is refused before it can do harm."""

import time

import pytest

from jinpai.packs.yaml import MAX_DEPTH, Document, YamlError


def refusal(text: str) -> YamlError:
    with pytest.raises(YamlError) as caught:
        Document(text)
    return caught.value


def test_only_true_false_null_and_plain_integers_are_typed() -> None:
    text = """
a: true
b: 12
c: -3
d: ~
e:
f: null
"""
    assert Document(text).data == {"a": True, "b": 12, "c": -3, "d": None, "e": None, "f": None}


@pytest.mark.parametrize(
    "written",
    ["08:30", "no", "yes", "0123", "1.10", "2026-03-01", "on", "1e3", "0x1f", "1_000", "True", "NULL", ".5", "+5"],
)
def test_times_prices_dates_and_small_words_stay_text(written: str) -> None:
    assert Document(f"a: {written}").data == {"a": written}


def test_quoted_numbers_and_words_are_text() -> None:
    assert Document("a: '12'\nb: \"true\"\nc: |\n  12\n").data == {"a": "12", "b": "true", "c": "12\n"}


def test_an_order_number_too_long_to_be_a_quantity_stays_text() -> None:
    assert Document("a: " + "9" * 5_000).data == {"a": "9" * 5_000}


def test_a_field_written_twice_is_named_with_its_line() -> None:
    error = refusal("- id: a\n  text: 您好\n  text: 再见\n")
    assert (error.line, error.message) == (3, "“text”写了两次，请只留一个")


@pytest.mark.parametrize("text", ["- &a 您好\n- *a", "- *a", "- &a {x: 1}\n- <<: *a", "- &a 您好"])
def test_anchors_and_references_are_refused(text: str) -> None:
    assert "锚点" in refusal(text).message


@pytest.mark.parametrize(
    "text", ["- !!int abc", "- !!timestamp x", "- !!python/object/apply:os.system [ls]", "- !!binary aGk=", "- !x y"]
)
def test_tags_are_refused_before_anything_is_built(text: str) -> None:
    assert "标签" in refusal(text).message


def test_a_billion_laughs_are_refused_at_the_first_anchor() -> None:
    text = "a: &a [哈,哈]\n" + "".join(f"{c}: &{c} [*{p},*{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    started = time.perf_counter()
    assert refusal(text).line == 1
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000, "{a: " * 200_000, "? " * 200_000])
def test_bottomless_nesting_is_refused_and_the_process_lives(text: str) -> None:
    assert refusal(text).line == 1


def test_nesting_is_allowed_exactly_to_the_limit() -> None:
    assert Document("[" * MAX_DEPTH + "]" * MAX_DEPTH).data
    assert "太深" in refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- id: a\n\ttext: 您好", 2, "Tab"),
        ("- \tid: a\n  text: b", 1, "Tab"),
        ("- id: a\n  text: {店铺}欢迎您", 2, "引号括起来"),
        ("- id: a\n  text: 价格: 好: 说", 2, "两个冒号"),
        ("- id: a\n  text: '没写完", 2, "没有写完"),
        ("- id: a\n text: b", 2, "左对齐"),
        ("- a\n---\n- b", 2, "一份内容"),
        ("- a\x00b", 1, "控制字符"),
        ("- a\n- \x07b", 2, "控制字符"),
        ("- a\n- b\ud800", 2, "控制字符"),
        ("{[a]: 1}", 1, "引号"),
        ("- '': b", 1, "字段名"),
        ("- `a`", 1, "请检查"),
        ('- "\\店"', 1, "单引号"),
    ],
)
def test_a_slip_of_the_pen_is_told_in_chinese_with_its_line(text: str, line: int, words: str) -> None:
    error = refusal(text)
    assert error.line == line
    assert words in error.message
    assert not any(char.isascii() and char.isalpha() for char in error.message.replace("YAML", "").replace("Tab", ""))


def test_every_value_knows_its_line_even_behind_steps_that_do_not_exist() -> None:
    document = Document("- id: a\n  skus:\n    - id: x\n      price: 1\n    - id: y\n- id: b\n")
    assert document.line_of(()) == 1
    assert document.line_of((0, "skus")) == 2
    assert document.line_of((0, "skus", 0, "price")) == 4
    assert document.line_of((0, "skus", "a-branch", 1, "absent")) == 5
    assert document.line_of((1,)) == 6
