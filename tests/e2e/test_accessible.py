"""Every page of the signed-in, light and dark, wide and on a phone: nothing that keeps people out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.axe import faults
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

PAGES = (
    "/", "/search?q=帐篷", "/orders", "/imports", "/dispatch", "/radar", "/claims", "/stock", "/purchases", "/returns",
    "/tasks", "/promises", "/customers", "/customers/care", "/reminders", "/reminders/summary", "/quality",
    "/quality/points", "/copilot", "/scripts", "/companion", "/wall", "/admin/staff",
    "/admin/shops", "/admin/service", "/admin/rules", "/admin/channels", "/admin/content", "/admin/audit",
)  # fmt: skip
PHONE, NOTEBOOK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


@pytest.fixture
def page(browser: Browser, reception: Server, buyer: Buyer) -> Iterator[Page]:
    """The owner's window, with one buyer waiting."""
    buyer.open()
    buyer.say("两个人露营，帐篷选哪款好呢")
    expect(buyer.message("帐篷选哪款").locator(".tk")).to_contain_text("已送达")
    made = browser.new_context(locale="zh-CN", viewport=NOTEBOOK).new_page()
    made.goto(reception.url)
    made.locator("input[name=login]").fill("luoshan")
    made.locator("input[name=password]").fill(reception.accounts["luoshan"])
    made.keyboard.press("Enter")
    made.wait_for_url(lambda url: "login" not in url)
    yield made
    made.context.close()


def settled(page: Page, url: str) -> Page:
    """The page once it has shown what it has to show."""
    page.goto(url)
    expect(page.locator("h1, [role=group], nav").first).to_be_visible()
    expect(page.locator(".skeleton")).to_have_count(0)
    page.wait_for_timeout(300)
    return page


@pytest.mark.parametrize("size", [NOTEBOOK, PHONE], ids=["notebook", "phone"])
def test_no_page_keeps_people_out(page: Page, reception: Server, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    found: dict[str, list[str]] = {}
    for path in PAGES:
        look(settled(page, reception.url + path), path, found)
        if not page.title().endswith(" · 金牌客服"):
            found[path] = [f"the window is called {page.title()}, not by its page"]
    look(open_conversation(page, reception.url), "a conversation", found)
    for tab in ("scripts", "orders", "products", "customer"):
        if not page.locator(f"#tab-{tab}").is_visible():
            page.get_by_role("button", name="话术与客户").first.click()
        page.locator(f"#tab-{tab}").click()
        page.wait_for_timeout(300)
        look(page, tab, found)
    assert told(found) == ""


def look(page: Page, where: str, found: dict[str, list[str]]) -> None:
    """Ask in the light and in the dark: the page follows the system while it is open, so it is loaded once for both."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        page.wait_for_timeout(300)
        found[f"{where}, {theme}"] = faults(page)


def test_neither_do_signing_in_and_the_dialogs(agent: Agent, page: Page, reception: Server) -> None:
    agent.page.goto(reception.url)
    expect(agent.page.locator("input[name=login]")).to_be_visible()
    found = {"sign in": faults(agent.page)}
    agent.page.evaluate("localStorage.setItem('jinpai.theme', JSON.stringify('dark'))")
    agent.page.reload()
    expect(agent.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(agent.page.locator("input[name=login]")).to_be_visible()
    found["sign in, dark by choice"] = faults(agent.page)
    open_conversation(page, reception.url)
    page.keyboard.press("Alt+j")
    expect(page.get_by_role("button", name="转接").first).to_be_visible()
    for name, key in (("transfer", "Alt+t"), ("tags", "Alt+l"), ("keys", "F1")):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        page.wait_for_timeout(400)
        found[name] = faults(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    assert told(found) == ""


def told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{where} — {fault}" for where, faults in found.items() for fault in faults)


def open_conversation(page: Page, url: str) -> Page:
    settled(page, url)
    page.get_by_text("全部").first.click()
    page.locator(".conv").first.click()
    expect(page.locator("textarea").first).to_be_visible()
    page.wait_for_timeout(300)
    return page
