"""A new message is heard and told beside the page, as the agent's browser was allowed to."""

from typing import Any

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

ASK = "请问有人在吗"
RECORD = """
  window.rung = []
  window.told = []
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (at) { window.rung.push(this.frequency.value); return start.call(this, at) }
  window.Notification = class {
    static permission = ALLOWED
    static requestPermission() { return Promise.resolve(this.permission) }
    constructor(title, options) { window.told.push({ title, ...options }); window.notice = this }
    close() { window.gone = true }
  }
"""
"""The browser's own sound, listened to; its notifications, written down: nobody can look at them here."""

AWAY = "() => Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })"


@pytest.fixture
def listening(agent: Agent, reception: Server) -> Agent:
    agent.page.add_init_script(RECORD.replace("ALLOWED", "'granted'"))
    return agent.sign_in(reception)


def wish(agent: Agent, name: str, *, on: bool) -> None:
    agent.page.get_by_role("button", name="新消息提醒").click()
    box = agent.page.get_by_role("checkbox", name=name)
    box.set_checked(on)
    agent.page.keyboard.press("Escape")


def wait_until(agent: Agent, what: str) -> None:
    """The page forbids the strings that Playwright's own waiting evaluates."""
    for _ in range(100):
        if agent.page.evaluate(what):
            return
        agent.page.wait_for_timeout(100)
    raise AssertionError(f"{what} did not come true")


def rung(agent: Agent) -> list[Any]:
    return list(agent.page.evaluate("window.rung"))


def test_a_buyers_message_rings_two_tones_once(listening: Agent, buyer: Buyer) -> None:
    buyer.open()
    buyer.say(ASK)
    expect(listening.page.locator(".conv").filter(has_text=ASK)).to_be_visible()
    wait_until(listening, "window.rung.length > 0")
    buyer.say("想问下尺码")
    expect(listening.page.locator(".conv").filter(has_text="想问下尺码")).to_be_visible()
    assert [round(tone) for tone in rung(listening)] == [880, 660]
    assert listening.page.evaluate("window.told") == []


def test_who_does_not_want_the_sound_hears_nothing(listening: Agent, buyer: Buyer) -> None:
    wish(listening, "叮咚一声", on=False)
    buyer.open()
    buyer.say(ASK)
    expect(listening.page.locator(".conv").filter(has_text=ASK)).to_be_visible()
    assert rung(listening) == []


def test_while_nobody_looks_the_browser_tells_and_leads_to_the_buyer(listening: Agent, buyer: Buyer) -> None:
    wish(listening, "浏览器通知", on=True)
    listening.page.evaluate(AWAY)
    buyer.open()
    buyer.say(ASK)
    wait_until(listening, "window.told.length > 0")
    told = listening.page.evaluate("window.told")
    assert [one["body"] for one in told] == [ASK]
    listening.page.evaluate("window.notice.onclick()")
    expect(listening.page.get_by_role("log")).to_contain_text(ASK)
    assert listening.page.evaluate("window.gone") is True


def test_a_browser_that_refuses_is_told_and_stays_unticked(agent: Agent, reception: Server) -> None:
    agent.page.add_init_script(RECORD.replace("ALLOWED", "'denied'"))
    agent.sign_in(reception)
    wish_refused = agent.page.get_by_role("button", name="新消息提醒")
    wish_refused.click()
    agent.page.get_by_role("checkbox", name="浏览器通知").click()
    expect(agent.page.get_by_text("浏览器没有允许通知")).to_be_visible()
    agent.page.reload()
    wish_refused.click()
    expect(agent.page.get_by_role("checkbox", name="浏览器通知")).not_to_be_checked()
