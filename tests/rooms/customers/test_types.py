"""What a talk tells of its buyer, in the base pack's words."""

import pytest

from jinpai.bargaining.attitudes import Attitudes, learn_attitudes
from jinpai.customers.content import unwrap
from jinpai.customers.model import AXES, TYPES, Axis, Purchases
from jinpai.customers.types import compile_words, find_types
from jinpai.flows.content.sections import BARGAINING, CUSTOMERS, load_section
from jinpai.flows.profiling.hearing import Voice, hear

WORDS = compile_words(tuple(unwrap(entry) for entry in load_section(CUSTOMERS)))

Talk = tuple[tuple[Voice, str], ...]

PAID_AT_ONCE: Talk = (("buyer", "黑色有货吗"), ("agent", "有的"), ("buyer", "拍了，尽快发"))
NEVER_ENOUGH: Talk = (
    ("buyer", "能便宜点吗"),
    ("agent", "可以给您包邮"),
    ("buyer", "再少10块我就拍"),
    ("agent", "这个价已经很实在了"),
    ("buyer", "那再送双袜子吧"),
    ("buyer", "不便宜我就去别家买了"),
)
ONE_QUESTION: Talk = (("buyer", "这款能便宜点吗"), ("agent", "都是实价哦"), ("buyer", "好吧，没关系"))
NEWCOMER: Talk = (("buyer", "我不太懂帐篷，您帮我推荐一款吧"), ("buyer", "防水系数是什么意思呀"))


@pytest.fixture(scope="module")
def haggling() -> Attitudes:
    """Learned when a test asks for it: every worker reads this file, one runs it."""
    return learn_attitudes(load_section(BARGAINING))


@pytest.mark.parametrize(
    ("talk", "axis", "type_"),
    [
        (PAID_AT_ONCE, "behaviour", "purchaser"),
        (NEVER_ENOUGH, "behaviour", "bargainer"),
        (NEVER_ENOUGH, "price", "must_haggle"),
        (ONE_QUESTION, "price", "testing"),
        ((("buyer", "先拍下占着，过几天再付"),), "behaviour", "orders_without_paying"),
        ((("buyer", "不讲价，质量好就行"),), "price", "generous"),
        (NEWCOMER, "knowledge", "dependent"),
        ((("buyer", "不是说羽绒都会跑毛吗"), ("buyer", "我看网上说这种都不好")), "knowledge", "half_informed"),
        ((("buyer", "静水压多少mm"), ("buyer", "压胶条多宽，帐杆是7075吗")), "knowledge", "expert"),
        ((("buyer", "图片和实物一样吗"), ("buyer", "会不会掉色")), "demand", "half_doubting"),
        ((("buyer", "麻烦仔细检查，不要有一点划痕"),), "demand", "perfectionist"),
        ((("buyer", "没事的"), ("buyer", "不着急，你们慢慢来")), "character", "easy_going"),
        ((("buyer", "马上给我处理"), ("buyer", "叫你们主管来")), "character", "domineering"),
    ],
)
def test_a_talk_that_tells_is_read(haggling: Attitudes, talk: Talk, axis: Axis, type_: str) -> None:
    guess = find_types(WORDS, hear(haggling, talk))[axis]
    assert guess.type == type_
    assert 0.5 <= guess.confidence < 1
    assert guess.reasons


@pytest.mark.parametrize("text", ["", "在吗", "发什么快递", "😊", "？？？", "9" * 5_000, "\0", "没" * 50_000])
def test_a_talk_that_does_not_tell_leaves_every_question_open(haggling: Attitudes, text: str) -> None:
    assert find_types(WORDS, hear(haggling, [("buyer", text)])) == {}


def test_an_agent_s_own_words_tell_nothing_of_the_buyer(haggling: Attitudes) -> None:
    assert find_types(WORDS, hear(haggling, [("agent", "没事的，不着急，您慢慢选，我帮您推荐")])) == {}


def test_words_that_count_are_told_with_their_place(haggling: Attitudes) -> None:
    reasons = find_types(WORDS, hear(haggling, NEWCOMER))["knowledge"].reasons
    assert [(one.message, one.text) for one in reasons] == [(0, NEWCOMER[0][1]), (1, NEWCOMER[1][1])]


def test_earlier_orders_say_what_words_do_not(haggling: Attitudes) -> None:
    talk = hear(haggling, [("buyer", "在吗")])
    assert find_types(WORDS, talk, Purchases(paid=2))["demand"].type == "bought_before"
    assert find_types(WORDS, talk, Purchases(unpaid=2))["behaviour"].type == "orders_without_paying"


def test_every_type_is_in_the_base_pack_with_its_advice() -> None:
    known = {(one.entry.axis, one.entry.type) for one in WORDS.types}
    assert known == {(axis, type_) for axis in AXES for type_ in TYPES[axis]}


def test_a_number_that_is_no_price_is_no_haggling(haggling: Attitudes) -> None:
    talk: Talk = (("buyer", "我穿42的"), ("buyer", "要39-42那个吧"), ("buyer", "168 55公斤"))
    assert "price" not in find_types(WORDS, hear(haggling, talk))
