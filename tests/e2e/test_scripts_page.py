"""An agent answers with quick replies: a slash, the initials, Enter; what is still open is not sent."""

from playwright.sync_api import expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server


def test_a_slash_and_initials_put_a_filled_reply_into_the_composer(
    buyer: Buyer, agent: Agent, reception: Server
) -> None:
    buyer.open()
    buyer.say("你们发什么快递呀")
    agent.sign_in(reception).open_first()
    agent.composer.press_sequentially("/mrkd")
    menu = agent.page.get_by_role("listbox", name="挑一条话术")
    expect(menu.get_by_role("option").first).to_contain_text("默认快递")
    agent.composer.press("Enter")
    expect(agent.composer).to_have_value(
        "咱们店默认发中通快递，您那边哪家收着更方便，也可以跟小林说一声，能安排的给您备注上。"
    )
    expect(menu).to_have_count(0)
    agent.composer.press("Enter")
    expect(buyer.message("咱们店默认发中通快递")).to_be_visible()
    agent.composer.press_sequentially("/mrkd")
    agent.page.get_by_role("tab", name="话术").click()
    agent.page.get_by_role("button", name="常用").click()
    expect(agent.page.get_by_text("我用过 1 次")).to_be_visible()


def test_an_open_variable_is_named_selected_and_not_sent(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("几天能到呀")
    agent.sign_in(reception).open_first()
    agent.composer.press_sequentially("/yjdd")
    agent.composer.press("Enter")
    expect(agent.composer).to_have_value(
        "发到您那边，正常情况下是{预计送达}。路上要是有变化，这边看到会提前跟您说。您是有哪天急着要用吗？"
    )
    agent.composer.press("Enter")
    expect(agent.page.locator("#guard-hint")).to_contain_text("「预计送达」还没有填")
    assert "正常情况下" not in buyer.chat.inner_text()
    agent.composer.press_sequentially("发出后 2–4 天")
    agent.composer.press("Enter")
    expect(buyer.message("正常情况下是发出后 2–4 天")).to_be_visible()


def test_a_number_picks_the_reply_that_bears_it(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("发什么快递")
    agent.sign_in(reception).open_first()
    agent.composer.press_sequentially("/kd")
    menu = agent.page.get_by_role("region", name="挑一条话术")
    expect(menu.get_by_role("option")).not_to_have_count(0)
    agent.composer.press("ArrowDown")
    agent.composer.press("ArrowDown")
    third = menu.get_by_role("option").nth(2)
    expect(third).to_have_attribute("aria-selected", "true")
    expect(third.locator(".number")).to_have_text("3")
    words = menu.locator(".words").inner_text()
    agent.composer.press("3")
    expect(menu).to_have_count(0)
    expect(agent.composer).to_have_value(words)


def test_escape_leaves_the_slash_as_it_was_typed(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("在吗")
    agent.sign_in(reception).open_first()
    agent.composer.press_sequentially("/kd")
    menu = agent.page.get_by_role("listbox", name="挑一条话术")
    expect(menu).to_be_visible()
    agent.composer.press("ArrowDown")
    expect(menu.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    agent.composer.press("Escape")
    expect(menu).to_have_count(0)
    expect(agent.composer).to_have_value("/kd")


def test_a_reply_of_ones_own_is_written_on_its_page_and_found_at_the_desk(
    buyer: Buyer, agent: Agent, reception: Server
) -> None:
    buyer.open()
    buyer.say("可以自提吗")
    agent.sign_in(reception)
    agent.page.get_by_role("link", name="话术").click()
    agent.page.get_by_role("button", name="写一条").first.click()
    form = agent.page.get_by_role("dialog")
    form.get_by_label("编号").fill("zt")
    form.get_by_label("内容").fill("可以到店自提的，您几点方便过来呢？")
    form.get_by_role("button", name="保存").click()
    expect(agent.page.get_by_text("可以到店自提的").first).to_be_visible()
    agent.page.get_by_role("link", name="接待").click()
    agent.open_first()
    agent.composer.press_sequentially("/zt")
    expect(agent.page.get_by_role("option").first).to_contain_text("我的")
    agent.composer.press("Enter")
    expect(agent.composer).to_have_value("可以到店自提的，您几点方便过来呢？")
