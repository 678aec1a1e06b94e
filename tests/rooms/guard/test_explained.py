"""A refusal with regret and a reason or a way out is innocent; warm words around a bare one are not."""

import pytest
from tests.rooms.guard.rulebook import base_guard, entry, guard_of

from jinpai.guard.model import RANK, verdict_of

RULE = entry(
    find=["不能退"],
    unless={"explained": {"at_least": 5, "idle": ["亲", "谢谢", "喜欢", "哦"], "kindly": ["抱歉"]}},
    must_block=["不能退", "不能退哦"],
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("不能退的", True),
        ("抱歉亲，不能退哦", True),
        ("抱歉亲，谢谢喜欢，不能退哦", True),
        ("拆封后影响卫生，不能退哦", True),
        ("抱歉亲，拆封后影响卫生，不能退哦", False),
    ],
)
def test_other_clauses_must_say_something_beside_courtesy(text: str, found: bool) -> None:
    assert bool(guard_of(RULE).check(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "亲爱的，谢谢您喜欢咱家宝贝，可是真的不能再便宜了呢，么么哒",
        "非常理解您的心情，不过这个真的退不了哦",
        "宝贝，实在不好意思，包不了邮的呢",
    ],
)
def test_warm_words_do_not_hide_a_bare_refusal(text: str) -> None:
    assert RANK[verdict_of(base_guard().check(text))] >= RANK["warn"]


@pytest.mark.parametrize(
    "text",
    [
        "抱歉亲，贴身衣物拆封后影响二次销售，不能退换的哦",
        "不好意思亲，这款已经是活动价了，没办法再少啦",
        "亲，正常洗涤不会掉色的，您放心哦",
        "真抱歉，定制的商品没法改尺寸了，我帮您看看能不能换个款式",
    ],
)
def test_a_refusal_with_a_reason_or_a_way_out_passes(text: str) -> None:
    assert RANK[verdict_of(base_guard().check(text))] < RANK["warn"]
