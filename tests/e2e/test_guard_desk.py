"""Traps, better words, a reason for sending all the same, and the list of remarks, in the browser."""

from playwright.sync_api import expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

BAIT = "发票能不能开成办公用品"


def test_a_trap_is_told_with_the_safe_answer_also_after_a_reload(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say(BAIT)
    agent.sign_in(reception).open_first()
    agent.page.reload()
    note = agent.page.locator("section.bait")
    expect(note).to_contain_text("违规开发票")
    expect(agent.page.locator("[role=log]").get_by_text("违规开发票")).to_be_visible()
    agent.composer.click()
    agent.page.keyboard.press("Alt+a")
    answer = note.locator("em").inner_text()
    expect(agent.composer).to_have_value(answer)
    agent.page.keyboard.press("Control+z")
    expect(agent.composer).to_have_value("")
    agent.say(f"{answer}😊")
    expect(buyer.message(answer[:8])).to_be_visible()
    expect(note).to_have_count(0)
    assert "陷阱" not in buyer.chat.inner_text()


def test_only_the_clause_at_fault_gives_way_and_comes_back(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("溪崖双人帐砂岩黄还有吗")
    agent.sign_in(reception).open_first()
    text = "您好😊 砂岩黄只剩最后2件了，尺寸是210×130"
    agent.composer.fill(text)
    expect(agent.page.locator("#guard-hint em")).to_contain_text("尺寸是210×130")
    agent.composer.press("Alt+Enter")
    expect(agent.composer).not_to_have_value(text)
    assert "最后2件" not in agent.composer.input_value()
    assert agent.composer.input_value().startswith("您好😊")
    agent.composer.press("Control+z")
    expect(agent.composer).to_have_value(text)


def test_what_is_sent_all_the_same_says_why_and_may_be_appealed(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("这个帐篷两个人住会不会挤")
    agent.sign_in(reception).open_first()
    agent.say("哦")
    reason = agent.page.locator("#guard-hint input")
    reason.fill("老客户，平时就这样聊")
    reason.press("Enter")
    expect(agent.composer).to_have_value("")
    expect(agent.page.locator("[role=log]").get_by_text("老客户，平时就这样聊")).to_be_visible()
    agent.page.goto(f"{agent.url}/quality")
    hit = agent.page.locator(".hit").first
    expect(hit).to_contain_text("老客户，平时就这样聊")
    hit.get_by_role("button", name="申诉").click()
    hit.locator("input").fill("和老客户开玩笑")
    hit.get_by_role("button", name="提交申诉").click()
    expect(hit).to_contain_text("和老客户开玩笑")
    expect(agent.page.get_by_role("button", name="申诉中 1")).to_be_visible()
