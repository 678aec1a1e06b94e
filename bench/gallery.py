"""Every page at every size, light and dark, as pictures to look at: `python -m bench.gallery FOLDER [--english]`.

Not a measurement: somebody has to look. `--only desk,orders` takes some pages.
"""

import argparse
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.servers import Server, jinpai

CHROMIUM = os.environ.get("JINPAI_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
SIZES = {"1366": (1366, 768), "1920": (1920, 1080), "phone": (390, 844)}
THEMES = ("light", "dark")
SETTLE_MS = 1_500
ADMIN = ("staff", "shops", "service", "rules", "channels", "model", "content", "audit")
PAGES = {
    "desk": "/",
    "search": "/search?q=帐篷",
    "orders": "/orders",
    "imports": "/imports",
    "dispatch": "/dispatch",
    "radar": "/radar",
    "claims": "/claims",
    "stock": "/stock",
    "returns": "/returns",
    "purchases": "/purchases",
    "suppliers": "/purchases/suppliers",
    "promises": "/promises",
    "tasks": "/tasks",
    "reminders": "/reminders",
    "reminders-summary": "/reminders/summary",
    "quality": "/quality",
    "points": "/quality/points",
    "copilot": "/copilot",
    "customers": "/customers",
    "care": "/customers/care",
    "scripts": "/scripts",
    "companion": "/companion",
    "wall": "/wall",
    **{f"admin-{name}": f"/admin/{name}" for name in ADMIN},
}
"""Name and path of every page of the signed-in."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    size: str
    theme: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.size}-{self.theme}-{self.language}"


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m bench.gallery", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names of pages, comma separated")
    parser.add_argument("--login", default="luoshan")
    parser.add_argument("--english", action="store_true", help="in English, too")
    options = parser.parse_args()
    wanted = {name: path for name, path in PAGES.items() if not options.only or name in options.only.split(",")}
    options.folder.mkdir(parents=True, exist_ok=True)
    languages = ("zh", "en") if options.english else ("zh",)
    with jinpai("sqlite", past=True) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for look in looks(languages):
            with_page(browser, server, options.login, look, wanted, options.folder)
        browser.close()


def looks(languages: Sequence[str]) -> Iterator[Look]:
    """Every combination."""
    for language in languages:
        for theme in THEMES:
            for size in SIZES:
                yield Look(size, theme, language)


def with_page(browser: Browser, server: Server, login: str, look: Look, wanted: dict[str, str], folder: Path) -> None:
    """Sign in once at this size and theme, then take a picture of every page."""
    width, height = SIZES[look.size]
    page = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": height}
    ).new_page()
    for key, value in (("jinpai.theme", look.theme), ("jinpai.language", look.language)):
        page.add_init_script(f"localStorage.setItem('{key}', JSON.stringify('{value}'))")
    sign_in(page, server, login)
    for name, path in wanted.items():
        page.goto(f"{server.url}{path}")
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=folder / f"{name}-{look.name}.png")
        if name in OPENED:
            OPENED[name](page)
            page.wait_for_timeout(SETTLE_MS)
            page.screenshot(path=folder / f"{name}-open-{look.name}.png")
    page.context.close()


def sign_in(page: Page, server: Server, login: str) -> None:
    """Through the front door."""
    accounts = dict(row.split("\t")[:2] for row in (server.home / "accounts.txt").read_text().splitlines())
    page.goto(server.url)
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(accounts[login])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)


def open_conversation(page: Page) -> None:
    """The first conversation of all, if there is one."""
    page.get_by_role("button", name=re.compile("^(全部|All) ")).click()
    page.wait_for_timeout(300)
    rows = page.locator(".conv")
    if rows.count():
        rows.first.click()


def open_order(page: Page) -> None:
    """The first order of the list."""
    page.locator("a[href^='/orders/']:visible").first.click()


OPENED = {"desk": open_conversation, "orders": open_order}
"""Pages of which something is opened for a second picture."""


if __name__ == "__main__":
    main()
