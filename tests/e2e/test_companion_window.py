"""The companion window, for buyers who write in another client."""

import re

from playwright.sync_api import Page, expect
from tests.e2e.axe import faults
from tests.e2e.conftest import Agent
from tests.support.server import Server

CLIPBOARD = "navigator.clipboard.readText()"
ANSWER = "您好，欢迎光临山野集，我是小林😊 两位睡刚刚好，喜欢哪个颜色都可以挑哦"
LEAK = "您加我微信 lin88661234 私下聊，给您便宜"


def at_the_companion(agent: Agent, server: Server) -> Page:
    page = agent.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=agent.url)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{agent.url}/companion")
    page.locator("input[name=login]").fill("xiaolin")
    page.locator("input[name=password]").fill(server.accounts["xiaolin"])
    page.keyboard.press("Enter")
    expect(page.get_by_label("哪位买家")).to_be_focused()
    return page


def open_buyer(page: Page, name: str) -> None:
    page.get_by_label("哪位买家").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_label("买家说的话")).to_be_focused()


def test_from_the_buyers_words_to_the_reply_on_the_clipboard(agent: Agent, reception: Server) -> None:
    page = at_the_companion(agent, reception)
    open_buyer(page, "清风徐来2008")
    page.evaluate("navigator.clipboard.writeText('这个帐篷两个人睡挤不挤')")
    page.get_by_role("button", name="粘贴").click()
    expect(page.locator(".companion [role=log]")).to_contain_text("这个帐篷两个人睡挤不挤")
    expect(page.get_by_role("region", name="可用的话术").get_by_role("listitem").first).to_be_visible()
    reply = page.get_by_label("回复", exact=True)
    expect(reply).to_be_focused()
    reply.fill(LEAK)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#guard-hint")).to_contain_text("没有复制")
    expect(reply).to_have_value(LEAK)
    assert "lin8866" not in page.evaluate(CLIPBOARD)
    reply.fill(ANSWER)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate(CLIPBOARD) == ANSWER
    expect(page.get_by_label("买家说的话")).to_be_focused()
    expect(page.locator(".companion [role=log]")).to_contain_text("喜欢哪个颜色都可以挑")
    page.reload()
    page.get_by_role("button", name="清风徐来2008").click()
    expect(page.locator(".companion [role=log]")).to_contain_text("喜欢哪个颜色都可以挑")


def test_a_script_stands_in_the_reply_with_two_keystrokes(agent: Agent, reception: Server) -> None:
    page = at_the_companion(agent, reception)
    open_buyer(page, "山里的风")
    page.get_by_label("找话术").fill("hb")
    expect(page.get_by_role("region", name="可用的话术").get_by_role("listitem").first).to_contain_text("花呗")
    page.keyboard.press("Enter")
    expect(page.get_by_label("回复", exact=True)).to_have_value(re.compile("花呗"))


def test_it_floats_above_other_windows_where_the_browser_can(agent: Agent, reception: Server) -> None:
    page = at_the_companion(agent, reception)
    open_buyer(page, "云上")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="置顶小窗").click()
    small = opened.value
    expect(small.get_by_label("买家说的话")).to_be_visible()
    expect(page.get_by_text("正在置顶的小窗里")).to_be_visible()
    page.get_by_role("button", name="收回这里").click()
    expect(page.get_by_label("买家说的话")).to_be_visible()


def test_it_can_be_installed_and_keeps_nobody_out(agent: Agent, reception: Server) -> None:
    page = at_the_companion(agent, reception)
    manifest = page.evaluate("async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()")
    assert manifest["start_url"] == "/companion"
    for icon in manifest["icons"]:
        assert page.evaluate("async (src) => (await fetch(src)).status", icon["src"]) == 200
    assert faults(page) == []
    open_buyer(page, "晚风")
    page.get_by_label("买家说的话").fill("在吗")
    page.keyboard.press("Enter")
    expect(page.locator(".companion [role=log]")).to_contain_text("在吗")
    assert faults(page) == []
