"""A machine whose clock is hours off: what people see goes by the server's clock, at the desk and in the widget."""

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

SKEW = """{
  const skew = %d * 3_600_000, True = Date
  globalThis.Date = class Date extends True {
    constructor(...told) { if (told.length) super(...told); else super(True.now() + skew) }
    static now() { return True.now() + skew }
  }
}"""
JUST_NOW = re.compile(r"[0-4]:\d\d$")


@pytest.mark.parametrize("hours", [-27, 5], ids=["behind", "ahead"])
def test_waiting_clocks_and_days_are_the_servers(agent: Agent, buyer: Buyer, reception: Server, hours: int) -> None:
    buyer.page.add_init_script(SKEW % -hours)
    buyer.open()
    buyer.say("两个人露营，帐篷选哪款好呢")
    agent.page.add_init_script(SKEW % hours)
    agent.sign_in(reception)
    row = agent.page.locator(".conv").filter(has_text="帐篷选哪款好")
    expect(row.locator(".clock")).to_have_text(JUST_NOW)
    row.click()
    log = agent.page.get_by_role("log")
    expect(log).to_contain_text(re.compile(r"(今天|刚刚|昨天) ?\d\d:\d\d"))
    agent.say("您好😊 两个人的话，溪崖双人帐正合适，双层防雨")
    expect(buyer.message("溪崖双人帐正合适")).to_be_visible()
    agent.page.goto(f"{agent.url}/customers")
    expect(agent.page.locator("main")).to_contain_text(re.compile(r"刚刚|[1-4] 分钟前"))
