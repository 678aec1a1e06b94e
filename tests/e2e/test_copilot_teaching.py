"""The copilot in the browser: what is mixed up, what is asked again and again, what a mode would say and then says."""

from datetime import datetime

from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

from jinpai.kit.clock import SHOP_TIME

ASKED = "林行45升背包柿子橙还有货吗"
PLANE = "林行45升背包能带上飞机当登机行李吗"
ANSWER = "背包空着压扁可以当登机行李，装满要托运，以航空公司的规定为准哦"


def open_tab(agent: Agent, server: Server, login: str, tab: str) -> Page:
    """The copilot's page with this tab, for this person."""
    page = agent.sign_in(server, login).page
    page.get_by_role("link", name="辅助").click()
    page.get_by_role("button", name=tab).click()
    return page


def test_an_example_in_the_wrong_place_is_moved_with_one_click_and_taken_back(agent: Agent, reception: Server) -> None:
    page = open_tab(agent, reception, "chenmo", "容易听混")
    first = page.locator(".sheet > li").first
    first.get_by_role("button").first.click()
    line = first.locator(".inside li").first
    said = line.locator(".said").inner_text()
    line.get_by_role("button", name="移到").click()
    expect(line).to_contain_text("已归到")
    page.get_by_role("button", name="听错更正").click()
    moved = page.locator(".sheet li").filter(has_text=said)
    expect(moved).to_contain_text("例句")
    moved.get_by_role("button", name="撤销").click()
    expect(moved).to_contain_text("撤销于")


def test_a_mode_is_tried_on_a_day_then_switched_on_and_answers_with_its_reasons(
    buyer: Buyer, agent: Agent, reception: Server
) -> None:
    buyer.open()
    buyer.say(ASKED)
    expect(buyer.message(ASKED)).to_be_visible()
    page = open_tab(agent, reception, "shenyi", "自动接待")
    expect(page.get_by_role("heading", name="只给客服建议")).to_be_visible()
    page.get_by_role("button", name="能答的都答").click()
    page.get_by_label("哪一天").fill(datetime.now(SHOP_TIME).date().isoformat())
    turn = page.locator("ol.sheet li").filter(has_text=ASKED)
    expect(turn).to_contain_text("自己回答")
    expect(turn).to_contain_text("没有人回答")
    expect(buyer.message("智能客服")).to_have_count(0)
    page.get_by_role("link", name="修改设置").click()
    section = page.locator("section").filter(has=page.get_by_role("heading", name="智能客服", exact=True)).last
    section.get_by_role("button", name="修改").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("模式", exact=True).first.press("Enter")
    page.get_by_role("option", name="能答的都答").click()
    page.get_by_role("button", name="放进草稿").click()
    page.get_by_role("button", name="查看并发布").click()
    page.get_by_label("这次改了什么").fill("夜里也有人答")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("版已发布")).to_be_visible()
    buyer.say("林行45升背包柿子橙有现货吗")
    expect(buyer.message("智能客服").first).to_be_visible()
    page.goto(agent.url)
    agent.open_first()
    expect(page.locator(".because").first).to_contain_text("自己答的")
    expect(page.locator(".because").first).to_contain_text("听出")


def test_what_two_buyers_ask_becomes_an_answer_of_the_goods_and_is_suggested(
    buyer: Buyer, agent: Agent, reception: Server, browser: Browser
) -> None:
    other = Buyer(browser.new_context(locale="zh-CN").new_page(), buyer.wire, [])
    for one in (buyer, other):
        one.open()
        one.say(PLANE)
        expect(one.message(PLANE)).to_be_visible()
    page = open_tab(agent, reception, "shenyi", "常问没答好")
    page.get_by_role("button", name="重新整理").click()
    topic = page.locator(".sheet > li").filter(has_text=PLANE)
    topic.get_by_role("button", name="做成答案").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="商品问答").click()
    expect(form.get_by_text("写进哪个商品")).to_be_visible()
    form.get_by_label("回答").fill(ANSWER)
    form.get_by_role("button", name="提议").click()
    expect(page.get_by_text("已提议，等运营或店主发布")).to_be_visible()
    page.get_by_role("button", name="已提议").click()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator(".sheet > li").filter(has_text=PLANE)).to_contain_text("已发布")
    page.goto(agent.url)
    agent.open_first()
    expect(page.get_by_label("建议回复")).to_contain_text("背包空着压扁可以当登机行李")
    other.page.context.close()


def test_goods_are_recommended_with_a_reason_and_sent_as_a_card(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("我看中了林行45升背包，还要配点什么吗")
    agent.sign_in(reception).open_first()
    agent.page.get_by_role("tab", name="商品").click()
    shown = agent.page.get_by_label("推荐给TA")
    first = shown.get_by_role("listitem").first
    expect(first.locator(".tag").first).to_be_visible()
    first.get_by_role("button", name="放进输入框").click()
    words = agent.composer.input_value()
    assert len(words) > 8
    agent.composer.press("Enter")
    expect(buyer.message(words[:12])).to_be_visible()
    expect(buyer.chat.locator(".card").last).to_be_visible()
