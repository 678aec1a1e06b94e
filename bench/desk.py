"""The desk in Chromium with thirty long conversations: how fast it answers the hand, how much it jumps.

Interactions are measured by the browser itself (Event Timing, from input to the next frame); what it does not report
took less than its threshold of 16 ms and counts as 16. Layout shifts are those it counts against the page.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure, at_most, percentile, plain
from bench.servers import Server, jinpai
from jinpai.entrypoints.cli.replaying.talks import read_accounts

CHATS, MESSAGES = 30, 500
CHROMIUM = os.environ.get("JINPAI_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
TYPED = "您好，这款有现货的哦，今天下午四点前拍下当天就能发出，您看要带哪个颜色呢"
LEAST_MS = 16.0

WATCH = """
window.seen = { events: [], shifts: 0 };
new PerformanceObserver((list) => {
  for (const e of list.getEntries()) if (e.interactionId) window.seen.events.push([e.interactionId, e.duration]);
}).observe({ type: 'event', durationThreshold: 16, buffered: true });
new PerformanceObserver((list) => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) window.seen.shifts += e.value;
}).observe({ type: 'layout-shift', buffered: true });
"""


def measure() -> list[Figure]:
    """Open every conversation, scroll, type, switch tabs, twice; then read what the browser saw."""
    if not Path(CHROMIUM).exists():
        return [Figure("desk in Chromium", "—", note="no Chromium on this machine")]
    with jinpai("sqlite", CHATS, history=MESSAGES) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768}).new_page()
        page.add_init_script(WATCH)
        done = _work(page, server)
        seen = page.evaluate("window.seen")
        browser.close()
    return _figures(done, seen)


def _figures(done: int, seen: dict[str, Any]) -> list[Figure]:
    longest: dict[int, float] = {}
    for interaction, duration in seen["events"]:
        longest[interaction] = max(duration, longest.get(interaction, 0.0))
    times = [*longest.values(), *([LEAST_MS] * max(0, done - len(longest)))]
    how = f"{CHATS} conversations × {MESSAGES} messages, {done} interactions, 1366 × 768"
    return [
        at_most("desk: interaction, p95", percentile(times, 0.95), 100, "ms", how),
        plain("desk: interaction, slowest", max(times), "ms"),
        at_most("desk: layout shift while working (CLS)", seen["shifts"], 0.02),
    ]


def _work(page: Page, server: Server) -> int:
    """Work through the desk; how many interactions that was."""
    account = read_accounts(server.home / "accounts.txt")[0]
    page.goto(server.url)
    page.locator("input[name=login]").fill(account.login)
    page.locator("input[name=password]").fill(account.password)
    page.keyboard.press("Enter")
    page.get_by_text("全部").first.click()
    page.locator(".conv").first.wait_for()
    page.wait_for_timeout(1_000)
    done = 3
    for _ in range(2):
        for at in range(CHATS):
            done += _read_one(page, at)
    done += _write(page, TYPED)
    return done


def _read_one(page: Page, at: int) -> int:
    rows = page.locator(".conv")
    rows.nth(at % max(1, rows.count())).click()
    page.locator("textarea").first.wait_for()
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -4_000)
    page.wait_for_timeout(120)
    return 1 + _write(page, "您好呀")


def _write(page: Page, text: Sequence[str]) -> int:
    composer = page.locator("textarea").first
    composer.click()
    for char in text:
        page.keyboard.insert_text(char)
        page.keyboard.press("Shift")
    for _ in text:
        page.keyboard.press("Backspace")
    return 1 + 2 * len(text)
