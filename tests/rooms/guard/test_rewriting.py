"""Better words take the place of what they are about, and nothing else an agent wrote."""

from jinpai.guard.model import Hit
from jinpai.guard.rewriting import rewrite_all, rewrite_one


def hit(text: str, words: str, rewrite: str, severity: str = "warn", rule: str = "r") -> Hit:
    start = text.index(words)
    return Hit(rule, "negative", severity, start, start + len(words), words, "why", rewrite)  # type: ignore[arg-type]


def nothing(text: str) -> tuple[Hit, ...]:
    return ()


def test_only_the_clause_at_fault_gives_way() -> None:
    text = "这款尺码偏大一码，不能退，您放心选"
    found = hit(text, "不能退", "亲，支持七天内退换哦")
    assert rewrite_one(text, found) == "这款尺码偏大一码，支持七天内退换哦，您放心选"


def test_a_message_of_one_clause_becomes_the_better_one() -> None:
    assert rewrite_one("不知道", hit("不知道", "不知道", "亲，我帮您核实一下哦~")) == "亲，我帮您核实一下哦~"


def test_several_faults_are_put_right_at_once() -> None:
    text = "不知道，你自己看，明天发货"
    hits = [hit(text, "不知道", "亲，我帮您核实一下"), hit(text, "自己看", "我把详情发给您", rule="s")]
    assert rewrite_all(text, hits, nothing) == "亲，我帮您核实一下，我把详情发给您，明天发货"


def test_the_same_wording_is_said_once() -> None:
    text = "不行，真的不行，晚点说"
    hits = [hit(text, "不行", "亲，我帮您问问"), Hit("r", "negative", "warn", 5, 7, "不行", "why", "亲，我帮您问问")]
    assert rewrite_all(text, hits, nothing) == "亲，我帮您问问，晚点说"


def test_a_clause_two_rules_of_a_family_remark_on_is_said_better_once() -> None:
    text = "穿过的退不了的"
    hits = [
        hit(text, text, "亲，实在不好意思，我帮您看看别的办法"),
        hit(text, "退不了", "亲，实在抱歉，暂时办不下来", rule="s"),
    ]
    assert rewrite_all(text, hits, nothing) == "亲，实在不好意思，我帮您看看别的办法"


def test_what_would_be_stopped_again_is_not_offered() -> None:
    text = "好的，加我微信，不知道"
    gravest = hit(text, "加我微信", "亲，咱们在这里聊哦~", "block")
    mild = hit(text, "不知道", "亲，我帮您核实", rule="s")

    def check(words: str) -> tuple[Hit, ...]:
        return () if words == "亲，咱们在这里聊哦~" else (gravest,)

    assert rewrite_all(text, [mild, gravest], check) == "亲，咱们在这里聊哦~"
    assert rewrite_all(text, [mild, gravest], lambda words: (gravest,)) == ""


def test_a_remark_without_wording_offers_nothing() -> None:
    assert rewrite_one("不知道", hit("不知道", "不知道", "")) == ""
    assert rewrite_all("不知道", [hit("不知道", "不知道", "")], nothing) == ""


def test_signs_outside_the_basic_plane_do_not_move_the_place() -> None:
    text = "😊😊您好，不知道，谢谢"
    assert rewrite_one(text, hit(text, "不知道", "我帮您核实")) == "😊😊您好，我帮您核实，谢谢"


def test_a_greeting_with_a_smile_stays() -> None:
    text = "您好😊 砂岩黄只剩最后2件了，尺寸是210×130"
    assert rewrite_one(text, hit(text, "只剩", "亲，这款有库存的")) == "您好😊 这款有库存的，尺寸是210×130"
