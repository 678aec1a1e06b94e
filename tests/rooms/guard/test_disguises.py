"""Agents who want a buyer's money or contact outside write it in a hundred ways; the guard reads them all."""

import pytest
from tests.rooms.guard.rulebook import hits, rules_hit, verdict

from jinpai.guard.folding import View

WECHAT = [
    "加我微信",
    "加我微 信",
    "加我微\u200b信",
    "加我微.信",
    "加我微❤信",
    "加我微丨信",
    "加，我，微，信",
    "加我薇信",
    "加我徽❤",
    "加我威❤",
    "加我Ｖ信",
    "加我ⓥⓧ",
    "加我🆅🆇",
    "加我𝐯𝐱",
    "➕我VX",
    "加我ｗｅｉｘｉｎ",
    "加 我 w e i x i n",
    "加我溦亻言吧加我wechat",
    "加我νх",
    "聯繫我，加我衛星",
]

MOBILE = [
    "13800138000",
    "１３８００１３８０００",
    "138-0013-8000",
    "138 0013 8000",
    "138.0013.8000",
    "(138)00138000",
    "1 3 8 0 0 1 3 8 0 0 0",
    "一三八〇〇一三八〇〇〇",
    "壹叁捌零零壹叁捌零零零",
    "壹參捌零零壹參捌零零零",
    "幺三八洞洞幺三八洞洞洞",
    "①③⑧⓪⓪①③⑧⓪⓪⓪",
    "❶❸❽00❶❸❽000",
    "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣",
    "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎",
    "¹³⁸⁰⁰¹³⁸⁰⁰⁰",
    "٠٠٨٦١٣٨٠٠١٣٨٠٠٠",
    "㈠㈢㈧00㈠㈢㈧000",
    "I38OOI38OOO",
    "+86 13800138000",
    "008613800138000",
    "138\u200d0013\u200d8000",
    "138😀0013😀8000",
    "138，0013，8000",
    "一叁8零零幺三八0零〇",
]


@pytest.mark.parametrize("text", WECHAT)
def test_an_invitation_to_wechat_in_disguise_is_blocked(text: str) -> None:
    assert verdict(text) == "block"


@pytest.mark.parametrize("number", MOBILE)
def test_a_mobile_number_in_disguise_is_blocked(number: str) -> None:
    assert "leak.mobile" in rules_hit(hits(f"您记一下这个号 {number} 就可以了"))


@pytest.mark.parametrize("number", ["13800138000", "138 0013 8000", "幺三八零零幺三八零零零"])
def test_the_span_is_exactly_the_number_as_written(number: str) -> None:
    text = f"🙂您好，打这个：{number}，随时在"
    (hit,) = [hit for hit in hits(text) if hit.rule == "leak.mobile"]
    assert hit.text == number
    assert text[hit.start : hit.end] == number


def test_the_span_counts_code_points_of_what_was_written_not_of_what_was_read() -> None:
    text = "🙂\u200b亲～ 加 我 微\u200b信 吧"
    (hit,) = hits(text)
    assert hit.text == text[hit.start : hit.end] == "加 我 微\u200b信"


def test_numbers_beside_other_number_words_are_still_found() -> None:
    for text in ("就13800138000一直有人", "第一个13800138000", "打13800138000吧", "两个号13800138000"):
        assert "leak.mobile" in rules_hit(hits(text)), text


def test_a_view_keeps_every_code_point_in_its_place() -> None:
    view = View("A＋微\u200b 信，①")
    assert view.kept == "a加微\0\0信,1"
    assert view.tight == "a加微信,1"
    assert view.span(2, 4) == (2, 6)
    assert view.place(2, 6) == (2, 4)
