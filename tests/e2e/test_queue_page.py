"""A buyer comes to one agent, who passes them on to another with a note."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.conftest import Agent, Buyer, _window
from tests.support.server import Server

ASK = "两个人带孩子露营，下雨天能住的帐篷有吗"


@pytest.fixture
def colleague(browser: Browser, reception: Server) -> Iterator[Agent]:
    window = Agent(*_window(browser, reception))
    yield window
    window.page.context.close()
    window.wire.close()
    assert window.problems == []


def test_a_buyer_is_passed_on_with_a_note(buyer: Buyer, agent: Agent, colleague: Agent, reception: Server) -> None:
    agent.sign_in(reception)
    expect(agent.page.locator(".me .dot.online")).to_be_visible()
    buyer.open()
    buyer.say(ASK)
    mine = agent.page.locator(".conv").filter(has_text=ASK)
    expect(mine).to_be_visible()
    mine.click()
    colleague.sign_in(reception, "azhao")
    agent.page.get_by_role("button", name="转接").first.click()
    dialog = agent.page.get_by_role("dialog")
    dialog.get_by_role("radio").filter(has_text="阿昭").click()
    dialog.locator("textarea").fill("一家三口，要防雨的，已经看过双人帐")
    dialog.get_by_role("button", name="转过去").click()
    theirs = colleague.page.locator(".conv").filter(has_text=ASK)
    expect(theirs).to_be_visible()
    theirs.click()
    expect(colleague.page.get_by_text("已经看过双人帐").last).to_be_visible()
    colleague.say("您好，山野集阿昭接着为您服务😊 一家三口建议看看鹿原，您一般去哪儿露营呢？")
    expect(buyer.message("阿昭接着为您服务")).to_be_visible()
    colleague.page.get_by_role("button", name="结束", exact=True).click()
    expect(colleague.page.get_by_role("button", name="重新打开")).to_be_visible()
    expect(colleague.page.locator(".conv.on .tag").first).to_have_text("已结束")


def test_a_draft_of_a_buyer_who_was_taken_over_waits_for_a_second_enter(
    buyer: Buyer, agent: Agent, colleague: Agent, reception: Server
) -> None:
    agent.sign_in(reception)
    expect(agent.page.locator(".me .dot.online")).to_be_visible()
    buyer.open()
    buyer.say(ASK)
    mine = agent.page.locator(".conv").filter(has_text=ASK)
    mine.click()
    draft = "一家三口建议看看鹿原，您一般去哪儿露营呢😊"
    agent.composer.fill(draft)
    colleague.sign_in(reception, "zhoulan")
    colleague.page.get_by_text("全部").first.click()
    colleague.page.locator(".conv").filter(has_text=ASK).click()
    colleague.page.get_by_role("button", name="接手", exact=True).click()
    expect(agent.page.get_by_text("周岚正在接待这位买家")).to_be_visible()
    agent.composer.press("Enter")
    expect(agent.page.get_by_role("alert").filter(has_text="没有发出：周岚")).to_be_visible()
    expect(agent.composer).to_have_value(draft)
    expect(buyer.message("看看鹿原")).to_have_count(0)
    agent.composer.press("Enter")
    expect(buyer.message("看看鹿原")).to_be_visible()


def test_ones_own_status_is_set_in_the_rail(agent: Agent, reception: Server) -> None:
    agent.sign_in(reception)
    expect(agent.page.locator(".me .dot.online")).to_be_visible()
    agent.page.locator(".me").first.click()
    agent.page.get_by_role("radio", name="忙碌").click()
    expect(agent.page.locator(".me .dot.busy")).to_be_visible()
    agent.page.reload()
    expect(agent.page.locator(".me .dot.busy")).to_be_visible()
