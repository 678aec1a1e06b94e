"""An agent types a few keys after `/` and the reply meant stands on top."""

from jinpai.playbook.finding import Asking, Index, Used, find_replies
from jinpai.playbook.model import Facts
from jinpai.playbook.predicates import When
from jinpai.playbook.replies import QuickReply

HOUR, DAY = 3_600_000, 86_400_000


def reply(id: str, title: str, text: str = "好的，您稍等", code: str = "", **more: object) -> QuickReply:
    return QuickReply(id, "team", "物流/发货", code, title, text, **more)  # type: ignore[arg-type]


def found(query: str, *replies: QuickReply, asking: Asking | None = None, limit: int = 20) -> list[str]:
    return [one.id for one in find_replies([Index(replies)], query, asking or Asking(), limit)]


def test_a_code_beats_everything_that_merely_starts_so() -> None:
    others = [
        reply("title", "KD"),
        reply("start", "快递", code="kdd"),
        reply("text", "说明", "发kd"),
        reply("it", "别的", code="kd"),
    ]
    assert found("kd", *others)[:3] == ["it", "title", "start"]
    assert found("KD", *others)[0] == "it"


def test_initials_full_pinyin_characters_and_a_piece_of_them_find_a_title() -> None:
    shop = [reply("when", "发货时间"), reply("other", "尺码")]
    for query in ("fhsj", "fh", "fahuoshijian", "fahuo", "发货", "时间", "shijian", "sj"):
        assert found(query, *shop)[0] == "when", query


def test_a_character_with_two_readings_is_found_by_either() -> None:
    bank = reply("bank", "银行卡付款", "您用银行卡付")
    for query in ("yhk", "yinhangka", "yxk", "yinxingka"):
        assert found(query, bank) == ["bank"], query
    assert found("chongfa", reply("again", "说明", "没收到给您重发")) == ["again"]
    assert found("zhongfa", reply("again", "说明", "没收到给您重发")) == ["again"]


def test_u_with_dots_is_typed_as_v_or_u() -> None:
    trip = reply("trip", "旅途愉快")
    assert found("lvtu", trip) == found("lutu", trip) == ["trip"]


def test_full_pinyin_starts_at_a_syllable() -> None:
    assert found("an", reply("dan", "订单")) == []
    assert found("an", reply("an", "安全")) == ["an"]


def test_words_of_the_text_are_found_by_character_and_by_sound() -> None:
    note = reply("note", "说明", "运费险会在三天内退到您的余额")
    for query in ("运费险", "余额", "yfx", "yunfeixian", "yue"):
        assert found(query, note) == ["note"], query


def test_letters_swapped_or_left_out_still_find_the_title() -> None:
    assert found("fhjs", reply("when", "发货时间")) == ["when"]
    assert found("fsj", reply("when", "发货时间")) == ["when"]
    assert found("faho", reply("when", "发货时间")) == ["when"]


def test_several_words_must_all_fit_in_any_order() -> None:
    shop = [reply("both", "发货时间"), reply("one", "发货方式")]
    assert found("sj fh", *shop) == ["both"]
    assert found("时间 发货", *shop) == ["both"]


def test_a_whole_question_finds_what_resembles_it() -> None:
    assert found("什么时候能发货呢", reply("when", "发货", "您问什么时候发货呀"), reply("no", "尺码")) == ["when"]


def test_what_i_used_lately_comes_before_what_the_shop_uses_and_both_before_the_rest() -> None:
    shop = [reply("a", "发货一"), reply("b", "发货二"), reply("c", "发货三")]
    asking = Asking(
        mine={"c": Used(1, 100 * DAY)}, shop={"b": Used(50, 100 * DAY), "c": Used(1, 100 * DAY)}, now=100 * DAY
    )
    assert found("fh", *shop, asking=asking) == ["c", "b", "a"]
    assert found("", *shop, asking=asking) == ["c", "b", "a"]


def test_a_reply_used_much_but_long_ago_gives_way() -> None:
    asking = Asking(mine={"old": Used(40, 0), "new": Used(3, 119 * DAY)}, now=120 * DAY)
    assert found("fh", reply("old", "发货一"), reply("new", "发货二"), asking=asking) == ["new", "old"]


def test_a_better_match_beats_a_reply_used_more() -> None:
    asking = Asking(mine={"text": Used(99, HOUR)}, now=HOUR)
    assert found("fh", reply("text", "说明", "今天发货"), reply("code", "别的", code="fh"), asking=asking)[0] == "code"


def test_a_claim_nobody_knows_to_be_true_is_not_offered_and_a_true_one_comes_first() -> None:
    today = reply("today", "发货快一步", when=When(before_cutoff=True))
    plain = reply("plain", "发货")
    assert found("fahuo", today, plain, asking=Asking(Facts())) == ["plain"]
    assert found("", today, plain, asking=Asking(Facts())) == ["plain"]
    shorter = reply("a", "发货晚")
    assert found("fahuo", shorter, today, asking=Asking(Facts(before_cutoff=True))) == ["today", "a"]


def test_of_what_fits_the_scene_of_the_buyers_words_comes_first_but_not_before_a_code() -> None:
    wash = reply("wash", "冲锋衣怎么洗", scene="dialogue.quality")
    other = reply("other", "洗护说明", scene="farewell.no_purchase")
    coded = reply("coded", "别的", code="x", scene="farewell.no_purchase")
    deaf = reply("deaf", "色差", scene="dialogue.quality")
    asking = Asking(meant=("dialogue.quality",))
    assert found("x", wash, other, coded, deaf, asking=asking) == ["coded", "wash", "other"]
    assert found("x", wash, other, coded, deaf) == ["coded", "other", "wash"]


def test_five_hundred_replies_with_the_same_code_answer_with_those_used_most() -> None:
    crowd = [reply(f"s{n}", f"第{n}条", code="fh") for n in range(500)]
    asking = Asking(mine={"s321": Used(2, DAY)}, shop={"s77": Used(9, DAY), "s321": Used(2, DAY)}, now=DAY)
    best = found("fh", *crowd, asking=asking)
    assert best[:2] == ["s321", "s77"]
    assert len(best) == len(set(best)) == 20


def test_ones_own_replies_and_the_shops_are_asked_together() -> None:
    shop, own = Index([reply("shop", "发货时间")]), Index([reply("own", "发货", code="fhsj")])
    assert [one.id for one in find_replies([own, shop], "fhsj", Asking(), 5)] == ["own", "shop"]


def test_strange_queries_find_nothing_and_break_nothing() -> None:
    for query in ("\n", "///", "😊", "x" * 5_000, "a b c d e f g h i j", "\\", "(", "%"):
        assert found(query, reply("when", "发货时间")) in ([], ["when"])


def test_what_is_nearest_to_the_buyers_words_comes_first_but_for_a_code_typed_in_full() -> None:
    rain = reply("rain", title="帐篷防雨", text="外帐压过胶，平常的大雨不会漏。")
    post = reply("post", title="发邮政", text="邮政也能发，慢一两天。")
    coded = reply("coded", title="别的", text="与雨无关", code="fy")
    asking = Asking(said="下大雨帐篷会不会漏")
    assert found("fy", post, rain)[0] == "post"
    assert found("fy", post, rain, asking=asking)[0] == "rain"
    assert found("fy", post, rain, coded, asking=asking)[:2] == ["coded", "rain"]
    assert found("fy", post, rain, asking=Asking(said="，。！")) == found("fy", post, rain)


def test_among_equally_near_replies_what_was_used_more_comes_first() -> None:
    first, second = (reply(name, title="帐篷防雨", text="大雨不会漏") for name in ("a", "b"))
    asking = Asking(said="下大雨会不会漏", mine={"b": Used(3, 0)})
    assert found("zpfy", first, second, asking=asking) == ["b", "a"]
