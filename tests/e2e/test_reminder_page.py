"""Reminders by SMS in the browser: what the provider does not take waits with the reason in words people use."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.coming import come_to
from tests.e2e.conftest import Agent
from tests.faults.reminding import make_due, place_orders, states, until
from tests.faults.shop import Shop
from tests.support.prepared import Prepared
from tests.support.server import Server
from tests.support.sms_gateway import Gateway


@pytest.fixture
def reception(gateway: Gateway, prepared: Prepared, tmp_path: Path) -> Iterator[Server]:
    """A running demo shop with an SMS provider that has a fault, and one order to be reminded of."""
    gateway.status = 500
    server = prepared.copy(tmp_path / "home", f"sqlite:///{tmp_path / 'jinpai.db'}")
    shop = Shop([replace(server, extra={"JINPAI_SMS_URL": gateway.url})])
    begin = place_orders(shop, 1, phones=True)
    shop.start()
    until(lambda: states(shop.database, begin).get("planned") == 1)
    make_due(shop.database)
    until(lambda: gateway.tries)
    yield shop.server
    shop.stop()


def row(page: Page, text: str) -> Locator:
    """The reminder among those that were given or are on their way, once it tells this."""
    found = page.locator("article.reminder").filter(has_text=text)
    return come_to(page, reminded(page), found)


def reminded(page: Page) -> Locator:
    """The button of those reminded, once or before it tells how many they are."""
    return page.get_by_role("button", name=re.compile("^已提醒"))


def test_a_short_message_that_is_not_taken_waits_with_the_reason_in_words(
    agent: Agent, reception: Server, gateway: Gateway
) -> None:
    page = agent.sign_in(reception).page
    page.goto(f"{agent.url}/reminders")
    waits = row(page, "等着发出")
    expect(waits).to_contain_text("等着发出：短信服务没有接收（对方回了 500），稍后再试")
    expect(waits).to_contain_text("短信发送中")
    assert "HTTPError" not in page.content()
    gateway.status = 200
    until(lambda: gateway.effects)
    page.reload()
    reminded(page).click()
    expect(page.locator("article.reminder")).to_have_count(1)
    expect(page.get_by_text("等着发出")).to_have_count(0)
