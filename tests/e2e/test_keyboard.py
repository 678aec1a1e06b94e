"""A whole reception with the hands on the keyboard: no pointer is moved, nothing is clicked."""

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

ASK = "两个人露营，会下雨，帐篷选哪款好呢"
NO_POINTER = """for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
  addEventListener(kind, (event) => { if (event.isTrusted) window.pointed = true }, true)"""


@pytest.fixture
def keys(agent: Agent, reception: Server) -> Agent:
    """小林, signed in without a pointer."""
    agent.page.add_init_script(NO_POINTER)
    agent.page.goto(agent.url)
    expect(agent.page.locator("input[name=login]")).to_be_focused()
    agent.page.keyboard.type("xiaolin")
    agent.page.keyboard.press("Tab")
    agent.page.keyboard.type(reception.accounts["xiaolin"])
    agent.page.keyboard.press("Enter")
    expect(agent.page.locator(".me .dot.online")).to_be_visible()
    return agent


def test_a_reception_from_signing_in_to_the_next_buyer(keys: Agent, buyer: Buyer) -> None:
    page = keys.page
    buyer.open()
    buyer.say(ASK)
    expect(page.locator(".conv").filter(has_text=ASK)).to_be_visible()
    page.keyboard.press("Alt+w")
    expect(page.get_by_role("log")).to_contain_text("帐篷选哪款好")
    answer_with_a_script(page)
    expect(buyer.message("默认发中通快递")).to_be_visible()
    send_a_card(page)
    expect(buyer.chat.locator(".card")).to_contain_text("溪崖")
    expect(keys.composer).to_be_focused()
    tag(page, "露营")
    expect(page.locator("header .tags")).to_contain_text("露营")
    page.keyboard.press("Alt+x")
    expect(page.get_by_role("button", name="重新打开")).to_be_visible()
    buyer.say("好的，我再看看")
    page.keyboard.press("Alt+w")
    expect(page.get_by_role("log")).to_contain_text("我再看看")
    assert page.evaluate("window.pointed") is None


def test_a_buyer_is_passed_on_and_the_keys_are_looked_up(keys: Agent, buyer: Buyer) -> None:
    page = keys.page
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_contain_text("转接")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_hidden()
    buyer.open()
    buyer.say(ASK)
    expect(page.locator(".conv").filter(has_text=ASK)).to_be_visible()
    page.keyboard.press("Alt+w")
    expect(keys.composer).to_be_focused()
    page.keyboard.press("Alt+j")
    expect(page.get_by_role("button", name="转接").first).to_be_visible()
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys.composer).to_be_focused()
    page.keyboard.press("Alt+t")
    dialog = page.get_by_role("dialog", name="转给谁接待")
    go_to(page, dialog.get_by_role("radio", name="售前"))
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("radio", name="售中")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("想问下雨天能不能用")
    go_to(page, dialog.get_by_role("button", name="转过去"))
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("log")).to_contain_text("想问下雨天能不能用")
    assert page.evaluate("window.pointed") is None


def answer_with_a_script(page: Page) -> None:
    page.keyboard.type("/mrkd")
    expect(page.get_by_role("option").first).to_contain_text("默认快递")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")


def send_a_card(page: Page) -> None:
    page.keyboard.press("Alt+g")
    expect(page.get_by_role("searchbox", name="搜索商品：")).to_be_focused()
    page.keyboard.type("溪崖")
    expect(page.get_by_role("tabpanel").get_by_role("listitem")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Enter")


def tag(page: Page, word: str) -> None:
    page.keyboard.press("Alt+l")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(word)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def go_to(page: Page, target: object) -> None:
    """Tab until this has the focus."""
    for _ in range(20):
        if target.evaluate("element => element === document.activeElement"):  # type: ignore[attr-defined]
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {target}")
