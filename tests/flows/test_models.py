"""A shop's own language model: what it sets, where calls may go, what a try tells, and how long words are kept."""

import json

import orjson
import pytest
from tests.flows.conftest import Shop
from tests.flows.fake_model import FakeModel
from tests.flows.modelled import AGENT, ASKED, ask, calls, database_url, house, logged, model, own

from jinpai.copilot.llm.setting import drop_model, set_model
from jinpai.copilot.llm.store import find_setting
from jinpai.customers.segments import DAY
from jinpai.desk.store import get_conversations
from jinpai.flows.advising import phrasing
from jinpai.flows.due import work_once
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.kit.reach import may_reach
from jinpai.staff.audit import Wanted as AuditWanted
from jinpai.staff.audit import read_audit

__all__ = ["database_url", "house", "model"]


def test_a_shop_s_own_setting_comes_before_the_operator_s(shop: Shop, house: House, model: FakeModel) -> None:
    house.writer.run(set_model(house.sealer, own(model, monthly_tokens=360), "agent:a_1"))
    assert ask(shop, house, ASKED)[0] is not None
    assert (model.headers[0]["Authorization"], model.asked[0]["model"]) == ("Bearer k-own", "tiny")
    assert calls(house)[0].cost == round(300 * 1.5 + 60 * 6)
    assert ask(shop, house, ASKED)[0] is None, "the month's tokens are used up"
    for switched in (own(model, is_on=False), own(model, uses=())):
        house.writer.run(set_model(house.sealer, switched, "agent:a_1"))
        assert ask(shop, house, ASKED)[0] is None
    assert len(model.asked) == 1
    house.writer.run(drop_model("demo", "agent:a_1"))
    assert ask(shop, house, ASKED)[0] is not None
    assert model.asked[1]["model"] == "small"


def test_the_key_is_sealed_and_is_never_told_another_host(shop: Shop, house: House, model: FakeModel) -> None:
    house.writer.run(set_model(house.sealer, own(model), "agent:a_1"))
    with house.database.read() as connection:
        kept = find_setting(connection, "demo")
        facts = read_audit(connection, AuditWanted(("demo",), kinds=("model_set",)), None)[0]
    assert kept is not None
    assert b"k-own" not in (kept.key or b"")
    assert "k-own" not in repr((kept, facts, own(model)))
    with pytest.raises(BadInput, match="重新填写密钥"):
        house.writer.run(set_model(house.sealer, own(model, key=None, url="https://elsewhere.example/v1"), "agent:a_1"))
    house.writer.run(set_model(house.sealer, own(model, key=None, limit_ms=900), "agent:a_1"))
    assert ask(shop, house, ASKED)[0] is not None
    assert model.headers[0]["Authorization"] == "Bearer k-own"


def test_no_call_goes_into_the_own_network_unless_the_owner_says_so(shop: Shop, house: House, model: FakeModel) -> None:
    house.writer.run(set_model(house.sealer, own(model, is_near=False), "agent:a_1"))
    assert phrasing.try_out(house, AGENT, "demo")[0].why == "forbidden"
    assert ask(shop, house, ASKED)[0] is None
    assert model.asked == []
    clouds = own(model, url="http://169.254.169.254/latest", is_near=True)
    house.writer.run(set_model(house.sealer, clouds, "agent:a_1"))
    assert phrasing.try_out(house, AGENT, "demo")[0].why == "forbidden"
    addresses = ("127.0.0.1", "10.1.2.3", "::1", "::ffff:10.0.0.1", "100.64.0.1", "fd00::1", "0.0.0.0", "169.254.1.1")
    assert not any(may_reach(address, "public") for address in addresses)
    assert may_reach("1.2.3.4", "public")
    assert not may_reach("100.100.100.200", "near")


@pytest.mark.parametrize("url", ["ftp://a.example/v1", "https://me:pw@a.example/v1", "https://a.example/v1?key=1", "a"])
def test_an_unfit_address_is_refused(house: House, model: FakeModel, url: str) -> None:
    with pytest.raises(BadInput):
        set_model(house.sealer, own(model, url=url), "agent:a_1")


def test_a_try_tells_what_is_wrong_and_sends_nobody_s_words(shop: Shop, house: House, model: FakeModel) -> None:
    shop.buyer_says(shop.chat(), "我的电话是13911112222")
    call, text = phrasing.try_out(house, AGENT, "demo")
    assert (call.outcome, call.purpose, text) == ("used", "try", f"好的呀～{phrasing.SAMPLE['answer']}")
    model.answer = lambda data: 401
    assert phrasing.try_out(house, AGENT, "demo")[0].why == "http_401"
    model.answer = lambda data: "防泼水面料，保证大雨也不湿"
    assert phrasing.try_out(house, AGENT, "demo")[0].outcome == "untrue"
    assert {json.dumps(one["messages"][1]["content"]) for one in model.asked} == {
        json.dumps(orjson.dumps(phrasing.SAMPLE).decode())
    }


def test_the_words_of_calls_are_kept_masked_and_sealed_and_go_after_their_days(shop: Shop, house: House) -> None:
    chat = shop.chat()
    shop.buyer_says(chat, "我电话13911112222")
    shop.buyer_says(chat, ASKED)
    with house.database.read() as connection:
        state = get_conversations(connection, [chat])[chat]
    assert phrasing.phrase(house, AGENT, state) is not None
    ((_, words),) = logged(house)
    assert words is not None
    assert "〔号码〕" in words.sent["talk"][0]["text"]
    assert words.answer.startswith("好的呀～")
    shop.clock.advance(15 * DAY)
    work_once(house)
    ((call, gone),) = logged(house)
    assert (call.outcome, gone) == ("used", None)
    shop.clock.advance(400 * DAY)
    work_once(house)
    assert logged(house) == []
