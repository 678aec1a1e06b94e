"""Five buyers write at once and one agent answers each by keyboard alone; everybody reads the answer meant for them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import Agent, Buyer, _window
from tests.e2e.test_keyboard import NO_POINTER
from tests.support.server import Server

ASKS = (
    "你们默认发什么快递",
    "两个人露营，会下雨，帐篷选哪款好呢",
    "登山杖膝盖不好的人能用吗",
    "睡袋零下五度够不够暖和",
    "营地灯充一次电能亮多久",
)
ANSWERS = {
    2: "您好，山野集小林😊 膝盖不好可以用带减震的那副，下坡更省劲，您平时走多久的路呢？",
    3: "您好，山野集小林😊 零下五度要看舒适温度那一栏，您一般在哪里露营呢？",
    4: "您好，山野集小林😊 亮多久跟开几档有关，您一般晚上用几个小时呢？",
}


@pytest.fixture
def buyers(browser: Browser, reception: Server) -> Iterator[list[Buyer]]:
    windows = [Buyer(*_window(browser, reception)) for _ in ASKS]
    yield windows
    for window in windows:
        window.page.context.close()
        window.wire.close()
    assert [problem for window in windows for problem in window.problems] == []


def test_five_buyers_are_received_by_keyboard_alone(agent: Agent, buyers: list[Buyer], reception: Server) -> None:
    page = agent.page
    sign_in_by_key(agent, reception)
    for buyer, ask in zip(buyers, ASKS, strict=True):
        buyer.open()
        buyer.say(ask)
        expect(page.locator(".conv").filter(has_text=ask)).to_be_visible()
    answers: dict[int, str] = {}
    for _ in ASKS:
        at = next_waiting(page, answers)
        answers[at] = answer(agent, at)
        expect(buyers[at].message(answers[at])).to_be_visible()
    page.keyboard.press("Alt+x")
    expect(page.get_by_role("button", name="重新打开")).to_be_visible()
    assert sorted(answers) == list(range(len(ASKS)))
    for at, text in answers.items():
        assert [buyer.message(text).count() for buyer in buyers] == [int(other == at) for other in range(len(buyers))]
    assert page.evaluate("window.pointed") is None


def sign_in_by_key(agent: Agent, server: Server) -> None:
    """小林 at the desk, without a pointer."""
    page = agent.page
    page.add_init_script(NO_POINTER)
    page.goto(agent.url)
    expect(page.locator("input[name=login]")).to_be_focused()
    page.keyboard.type("xiaolin")
    page.keyboard.press("Tab")
    page.keyboard.type(server.accounts["xiaolin"])
    page.keyboard.press("Enter")
    expect(page.locator(".me .dot.online")).to_be_visible()


def next_waiting(page: Page, answered: dict[int, str]) -> int:
    """Switch on with the keys until one of the five is open who has no answer yet; which."""
    for _ in range(20):
        page.keyboard.press("Alt+w")
        page.wait_for_timeout(500)
        said = page.get_by_role("log").inner_text()
        found = [at for at, ask in enumerate(ASKS) if ask in said and at not in answered]
        if found:
            return found[0]
    raise AssertionError(f"Alt+W leads to nobody else; answered: {sorted(answered)}")


def answer(agent: Agent, at: int) -> str:
    """Answer by a quick reply, by a suggestion, or in one's own words; the words that went out."""
    page = agent.page
    expect(agent.composer).to_be_focused()
    if at == 0:
        page.keyboard.type("/mrkd")
        expect(page.get_by_role("option").first).to_contain_text("默认快递")
        page.keyboard.press("Enter")
    elif at == 1:
        expect(page.locator(".advice .reply").first).to_be_visible()
        page.keyboard.press("Alt+1")
    else:
        page.keyboard.insert_text(ANSWERS[at])
    expect(agent.composer).not_to_have_value(re.compile(r"^(?:/\w*)?$"))  # the words chosen by `/` come a moment later
    said = agent.composer.input_value()
    page.keyboard.press("Enter")
    expect(agent.composer).to_have_value("")
    return said
