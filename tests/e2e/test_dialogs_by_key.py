"""Dialogs of pages by the keyboard alone: the focus is seen, Escape closes, and the focus returns to the button."""

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Agent
from tests.support.server import Server

RING = """element => { const look = getComputedStyle(element)
  return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0 || look.boxShadow !== 'none' }"""


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/quality/points", "登记扣分"),
        ("/admin/staff", "添加员工"),
        ("/admin/channels", "添加渠道"),
        ("/scripts", "写一条"),
    ],
)
def test_dialogs_return_the_focus_to_their_button(agent: Agent, reception: Server, path: str, button: str) -> None:
    page = agent.page
    agent.sign_in(reception, "luoshan")
    page.goto(agent.url + path)
    opener = page.get_by_role("button", name=button, exact=True)
    expect(opener).to_be_enabled()
    for _ in range(60):
        page.keyboard.press("Tab")
        if opener.evaluate("element => element === document.activeElement"):
            break
    expect(opener).to_be_focused()
    assert opener.evaluate(RING), "the focus cannot be seen"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
