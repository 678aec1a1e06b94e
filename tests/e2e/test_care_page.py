"""Care by SMS in the browser: read, put right, handed over, refused with the reason, and what came of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.coming import come_to
from tests.e2e.conftest import Agent
from tests.faults.caring import await_goods, open_cares
from tests.faults.shop import Shop
from tests.support.prepared import Prepared
from tests.support.server import Server
from tests.support.sms_gateway import Gateway


@pytest.fixture
def reception(gateway: Gateway, prepared: Prepared, tmp_path: Path) -> Iterator[Server]:
    """A running demo shop that has an SMS provider, and two customers to ask how the goods are."""
    server = prepared.copy(tmp_path / "home", f"sqlite:///{tmp_path / 'jinpai.db'}")
    server = replace(server, extra={"JINPAI_SMS_URL": gateway.url})
    await_goods(Shop([server]), 2)
    open_cares(Shop([server.start()]), 2)
    yield server
    server.stop()


def care(agent: Agent, server: Server, login: str = "xiaolin") -> Page:
    """The care page of this person, with both customers on it."""
    agent.sign_in(server, login)
    agent.page.goto(f"{agent.url}/customers/care")
    expect(rows(agent.page)).to_have_count(2)
    return agent.page


def rows(page: Page) -> Locator:
    return page.locator("article.care").filter(has_text="收货问候")


def of(page: Page, name: str) -> Locator:
    return rows(page).filter(has_text=name)


def begin(row: Locator) -> Locator:
    """Ask to send it by SMS; the field with its words."""
    row.get_by_role("button", name="发短信").click()
    return row.get_by_role("textbox")


def done(page: Page, text: str) -> Locator:
    """The row of what was done, once it tells this."""
    return come_to(page, page.get_by_role("button", name="做过的"), of(page, "买家0").filter(has_text=text))


def test_an_agent_reads_the_words_sends_them_and_sees_that_they_were_accepted(
    agent: Agent, reception: Server, gateway: Gateway
) -> None:
    page = care(agent, reception)
    row = of(page, "买家0")
    words = begin(row)
    expect(row.get_by_text("发到 139****0000")).to_be_visible()
    expect(words).to_have_value(re.compile("^【.+短袖.+回T退订$"))
    expect(words).to_have_attribute("aria-label", "短信发到 139****0000")
    row.get_by_role("button", name="发出短信").click()
    expect(page.get_by_text("短信交出去了，发到 139****0000")).to_be_visible()
    expect(rows(page)).to_have_count(1)
    accepted = done(page, "短信服务已接收")
    expect(accepted.get_by_text("发到 139****0000")).to_be_visible()
    expect(accepted.get_by_text("小林")).to_be_visible()
    (text,) = gateway.effects.values()
    expect(accepted).to_contain_text(text)
    assert "13900000000" not in page.content()


def test_what_the_guard_refuses_stays_with_its_reason_until_it_is_put_right(
    agent: Agent, reception: Server, gateway: Gateway
) -> None:
    page = care(agent, reception, "zhoulan")
    row = of(page, "买家0")
    words = begin(row)
    words.fill("加我微信 abc12345 返现给您")
    row.get_by_role("button", name="发出短信").click()
    expect(row.get_by_role("alert")).to_contain_text("没有发出")
    expect(row.get_by_role("alert")).to_contain_text("微信")
    expect(words).to_have_value("加我微信 abc12345 返现给您")
    assert not gateway.tries
    words.fill("您好，短袖穿着还合适吗")
    row.get_by_role("button", name="发出短信").click()
    expect(rows(page)).to_have_count(1)
    done(page, "短信服务已接收")
    (text,) = gateway.effects.values()
    assert text.endswith("您好，短袖穿着还合适吗 回T退订")


def test_what_the_provider_does_not_take_is_on_its_way_with_the_reason(
    agent: Agent, reception: Server, gateway: Gateway
) -> None:
    gateway.status = 500
    page = care(agent, reception)
    begin(of(page, "买家0"))
    of(page, "买家0").get_by_role("button", name="发出短信").click()
    expect(rows(page)).to_have_count(1)
    waiting = done(page, "稍后再试")
    expect(waiting).to_contain_text("等着发出：短信服务没有接收（对方回了 500），稍后再试")
    expect(waiting.get_by_text("短信服务已接收")).to_have_count(0)
    assert not gateway.effects
    gateway.status = 200
    expect(done(page, "短信服务已接收")).to_be_visible()
    assert len(gateway.effects) == 1
