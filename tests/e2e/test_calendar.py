"""Days picked from a calendar whose weeks begin on Monday, as the shop's do, in both languages."""

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Agent
from tests.support.server import Server


@pytest.mark.parametrize(("language", "field", "monday"), [("zh", "开始日期", "一"), ("en", "From", "Mon")])
def test_weeks_begin_on_monday(agent: Agent, reception: Server, language: str, field: str, monday: str) -> None:
    agent.sign_in(reception, "zhoulan")
    page = agent.page
    page.evaluate("language => localStorage.setItem('jinpai.language', JSON.stringify(language))", language)
    page.goto(f"{agent.url}/quality")
    page.get_by_role("combobox", name=field).first.click()
    expect(page.locator(".el-date-table th").first).to_have_text(monday)
