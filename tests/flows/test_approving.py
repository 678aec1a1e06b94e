"""Three minutes for a supervisor to say yes: one answer, or the refusal made ready, exactly once, on each database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.flows.conftest import Shop
from tests.flows.haggling import LUOSHAN, ZHOULAN, Haggle

from jinpai.bargaining.model import Request
from jinpai.flows.due import work_once
from jinpai.guard.model import Cleared, NeedsApproval
from jinpai.kit.errors import BadInput, Conflict, NotAllowed, Refusal

THREE_MINUTES = 180_000
TWO_HUNDRED_OFF = "您诚心要，给您便宜200元，今天付款就行"
FORTY_OFF = "主管点头了，您这一单可以便宜40元，今天拍下就行"


@pytest.fixture
def haggle(shop: Shop) -> Haggle:
    made = Haggle(shop)
    made.buyer_says("再便宜点我就拍")
    return made


def test_what_is_approved_may_be_said_until_the_day_ends(haggle: Haggle) -> None:
    assert isinstance(haggle.judge(FORTY_OFF), NeedsApproval)
    request = haggle.asks(4_000)
    assert haggle.answers(request, "approved", words="老顾客，给吧").granted == 4_000
    assert isinstance(haggle.judge(FORTY_OFF), Cleared)
    found = haggle.stands()
    assert found is not None
    assert "40 元" in found.lines[0].text
    haggle.shop.clock.advance(14 * 3_600_000)
    assert isinstance(haggle.judge(FORTY_OFF), NeedsApproval)


def test_what_is_approved_holds_for_those_goods_and_that_buyer_alone(haggle: Haggle) -> None:
    haggle.answers(haggle.asks(4_000), "approved")
    assert isinstance(haggle.judge("林行45升背包给您便宜40元"), NeedsApproval)
    other = Haggle(haggle.shop)
    assert isinstance(other.judge(FORTY_OFF), NeedsApproval)


def test_a_counter_offer_goes_as_far_as_it_says(haggle: Haggle) -> None:
    request = haggle.asks(6_000)
    with pytest.raises(BadInput, match="还价"):
        haggle.answers(request, "countered", 6_000)
    haggle.answers(request, "countered", 4_000, "四十可以")
    assert isinstance(haggle.judge(FORTY_OFF), Cleared)
    assert isinstance(haggle.judge(FORTY_OFF.replace("40", "60")), NeedsApproval)


def test_a_refusal_says_why_and_the_agent_has_words_for_it(haggle: Haggle) -> None:
    request = haggle.asks()
    with pytest.raises(BadInput, match="理由"):
        haggle.answers(request, "refused")
    haggle.answers(request, "refused", words="换季刚降过")
    found = haggle.stands()
    assert found is not None
    assert found.lines
    assert haggle.told("approval_answered")[0].body["text"] == "换季刚降过"


def test_nobody_answers_and_the_refusal_is_made_ready_once(haggle: Haggle) -> None:
    request = haggle.asks()
    work_once(haggle.shop.house)
    assert haggle.told("approval_lapsed") == []
    haggle.shop.clock.advance(THREE_MINUTES)
    work_once(haggle.shop.house)
    work_once(haggle.shop.house)
    assert haggle.now(request).state == "expired"
    assert len(haggle.told("approval_lapsed")) == 1
    (draft,) = haggle.told("offered")
    assert draft.data["why"] == "no_approval"
    with pytest.raises(Conflict, match="三分钟"):
        haggle.answers(request, "approved")


def test_an_answer_stops_the_clock(haggle: Haggle) -> None:
    haggle.answers(haggle.asks(), "approved")
    haggle.shop.clock.advance(THREE_MINUTES)
    work_once(haggle.shop.house)
    assert haggle.told("approval_lapsed") == []
    assert haggle.told("offered") == []


def test_an_answer_when_the_clock_has_just_run_out_is_too_late_whoever_comes_first(haggle: Haggle) -> None:
    request = haggle.asks()
    haggle.shop.clock.advance(THREE_MINUTES)

    def late() -> Request | Refusal:
        try:
            return haggle.answers(request, "approved")
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(2) as pool:
        answered, _ = pool.submit(late), pool.submit(work_once, haggle.shop.house).result()
    assert isinstance(answered.result(), Conflict)
    assert haggle.now(request).state == "expired"
    assert (len(haggle.told("approval_answered")), len(haggle.told("approval_lapsed"))) == (0, 1)


def test_of_two_supervisors_at_once_one_decides_and_the_other_is_told(haggle: Haggle) -> None:
    request = haggle.asks()

    def say(by: object, verdict: str) -> Request | Refusal:
        try:
            return haggle.answers(request, verdict, words="先这样", by=by)  # type: ignore[arg-type]
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(say, (ZHOULAN, LUOSHAN), ("approved", "refused")))
    refused = [one for one in found if isinstance(one, Refusal)]
    assert len(refused) == 1
    assert isinstance(refused[0], Conflict)
    assert "已经答复" in refused[0].message
    assert len(haggle.told("approval_answered")) == 1


def test_one_request_at_a_time_and_the_same_twice_is_one(haggle: Haggle) -> None:
    first = haggle.asks(4_000)
    assert haggle.asks(4_000).id == first.id
    with pytest.raises(Conflict, match="等主管"):
        haggle.asks(5_000)
    assert len(haggle.told("approval_asked")) == 1


def test_below_the_floor_nobody_is_asked(haggle: Haggle) -> None:
    with pytest.raises(BadInput, match="底价"):
        haggle.asks(20_000)
    with pytest.raises(BadInput, match="哪件商品"):
        haggle.shop.house.writer.run(_asking_for(haggle, "no-such-product"))
    assert haggle.told("approval_asked") == []


def test_a_supervisor_approves_as_far_as_the_shop_lets_them(haggle: Haggle) -> None:
    request = haggle.asks(12_000)
    with pytest.raises(NotAllowed, match="店主"):
        haggle.answers(request, "approved")
    assert haggle.answers(request, "approved", by=LUOSHAN).granted == 12_000


def test_a_word_given_by_mistake_is_honoured_below_the_floor_with_its_trace(haggle: Haggle) -> None:
    mistake = haggle.says(TWO_HUNDRED_OFF, confirmed=True, may_approve=True)
    with pytest.raises(BadInput, match="没有答应这么多"):
        haggle.asks(25_000, told=mistake.seq)
    with pytest.raises(BadInput, match="那句话"):
        haggle.asks(20_000, told=1)
    assert isinstance(haggle.judge(TWO_HUNDRED_OFF), NeedsApproval)
    request = haggle.asks(20_000, told=mistake.seq)
    haggle.answers(request, "approved", words="说出去的话要算数")
    (asked,), (answered,) = haggle.told("approval_asked"), haggle.told("approval_answered")
    assert (asked.data["asks"], asked.data["told"], answered.data["told"]) == ("honour", mistake.seq, mistake.seq)
    assert isinstance(haggle.judge(TWO_HUNDRED_OFF), Cleared)
    assert isinstance(haggle.judge("好的，259元给您，说到做到，您今天拍下"), Cleared)
    assert isinstance(haggle.judge("好的，249元给您，说到做到，您今天拍下"), NeedsApproval)


def _asking_for(haggle: Haggle, product: str) -> object:
    from tests.flows.conftest import AGENT

    from jinpai.flows.bargaining.approving import Wish, ask

    return ask(haggle.shop.house, AGENT, haggle.state, Wish(product, 1, 1_000, "买家想要"))
