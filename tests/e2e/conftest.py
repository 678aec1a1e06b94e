"""Two people in two Chromium windows, before a real server."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from tests.support.prepared import Prepared
from tests.support.server import Server
from tests.support.wire import Wire

CHROMIUM = os.environ.get("JINPAI_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
BUILT = Path(__file__).parents[2] / "web" / "dist" / "index.html"

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = None
    if not Path(CHROMIUM).exists():
        missing = "没有 Chromium，浏览器测试没有运行：apt-get install chromium fonts-noto-cjk"
    elif not BUILT.exists():
        missing = "网页还没有构建，浏览器测试没有运行：make install"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if missing is not None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; closed with the module, because Playwright keeps an event loop running that others cannot share."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@dataclass
class Window:
    """One person's browser window; `wire` is their own line to the server."""

    page: Page
    wire: Wire
    problems: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.wire.port}"


@dataclass
class Buyer(Window):
    """A buyer on the shop's page."""

    @property
    def chat(self) -> Locator:
        return self.page.locator("jinpai-chat")

    def open(self) -> "Buyer":
        self.page.goto(f"{self.url}/demo")
        self.chat.locator(".fab").click()
        return self

    def say(self, text: str) -> None:
        field = self.chat.get_by_role("textbox", name="输入消息")
        field.fill(text)
        field.press("Enter")

    def message(self, text: str) -> Locator:
        return self.chat.locator(".m").filter(has_text=text)


@dataclass
class Agent(Window):
    """An agent at the desk."""

    def sign_in(self, server: Server, login: str = "xiaolin") -> "Agent":
        self.page.goto(self.url)
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(server.accounts[login])
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("tab", name="全部").or_(self.page.get_by_text("全部")).first).to_be_visible()
        return self

    def open_first(self) -> None:
        self.page.get_by_text("全部").first.click()
        self.page.locator(".conv").first.click()
        expect(self.composer).to_be_visible()

    @property
    def composer(self) -> Locator:
        return self.page.locator("textarea").first

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def message(self, text: str) -> Locator:
        return self.page.locator("[role=log], .msgs, .thread").get_by_text(text)


@pytest.fixture
def reception(prepared: Prepared, tmp_path: Path) -> Iterator[Server]:
    """A running demo shop on SQLite."""
    made = prepared.copy(tmp_path / "home", f"sqlite:///{tmp_path / 'jinpai.db'}").start()
    yield made
    made.stop()


def _window(browser: Browser, server: Server) -> tuple[Page, Wire, list[str]]:
    page = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768}).new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)
    return page, Wire(server.port), problems


@pytest.fixture
def buyer(browser: Browser, reception: Server) -> Iterator[Buyer]:
    window = Buyer(*_window(browser, reception))
    yield window
    window.page.context.close()
    window.wire.close()
    assert window.problems == []


@pytest.fixture
def agent(browser: Browser, reception: Server) -> Iterator[Agent]:
    window = Agent(*_window(browser, reception))
    yield window
    window.page.context.close()
    window.wire.close()
    assert window.problems == []
