"""The desk in Chromium with thirty long conversations, then with 500: how fast it answers the hand, whether it jumps.

Interactions are measured by the browser itself (Event Timing, from input to the next frame); what it does not report
took less than its threshold of 16 ms and counts as 16. Layout shifts are those it counts against the page.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.desk_list import let_write, spread_states
from bench.figures import Figure, at_most, percentile, plain
from bench.servers import Server, jinpai
from jinpai.entrypoints.cli.replaying.talks import read_accounts

CHATS, MESSAGES = 30, 500
LISTED, LOOKED_AT, WRITERS = 500, 40, 25
"""Conversations in the long list, those looked at, and the buyers who write while the pointer rests on it."""

CHROMIUM = os.environ.get("JINPAI_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
TYPED = "您好，这款有现货的哦，今天下午四点前拍下当天就能发出，您看要带哪个颜色呢"
LEAST_MS = 16.0
LIST = "document.querySelector('.left .rows')"

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
    """Open every conversation, scroll, type, switch tabs; then read what the browser saw."""
    if not Path(CHROMIUM).exists():
        return [Figure("desk in Chromium", "—", note="no Chromium on this machine")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        figures = [*_long_talks(_page(browser)), *_long_list(_page(browser))]
        browser.close()
    return figures


def _page(browser: Browser) -> Page:
    page = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768}).new_page()
    page.add_init_script(WATCH)
    return page


def _long_talks(page: Page) -> list[Figure]:
    with jinpai("sqlite", CHATS, history=MESSAGES) as server:
        done = _work(page, server)
        seen = page.evaluate("window.seen")
    how = f"{CHATS} conversations × {MESSAGES} messages, {done} interactions, 1366 × 768"
    return _figures("desk", done, seen, how)


def _long_list(page: Page) -> list[Figure]:
    with jinpai("sqlite", LISTED) as server:
        me = _sign_in(page, server)
        spread_states(server, me["id"], me["name"])
        page.goto(server.url)
        done = _look_through(page)
        moved, waiting = _moved_while_held(page, server)
        seen = page.evaluate("window.seen")
    how = f"{LISTED} conversations in every state, {done} interactions, {WRITERS} buyers write meanwhile"
    return [
        *_figures("desk, long list", done, seen, how),
        at_most("desk, long list: rows that moved under the pointer", moved, 0, note=f"{waiting} once it had left"),
    ]


def _figures(what: str, done: int, seen: dict[str, Any], how: str) -> list[Figure]:
    longest: dict[int, float] = {}
    for interaction, duration in seen["events"]:
        longest[interaction] = max(duration, longest.get(interaction, 0.0))
    times = [*longest.values(), *([LEAST_MS] * max(0, done - len(longest)))]
    return [
        at_most(f"{what}: interaction, p95", percentile(times, 0.95), 100, "ms", how),
        plain(f"{what}: interaction, slowest", max(times), "ms"),
        at_most(f"{what}: layout shift while working (CLS)", seen["shifts"], 0.02),
    ]


def _sign_in(page: Page, server: Server) -> dict[str, Any]:
    account = read_accounts(server.home / "accounts.txt")[0]
    page.goto(server.url)
    page.locator("input[name=login]").fill(account.login)
    page.locator("input[name=password]").fill(account.password)
    page.keyboard.press("Enter")
    page.get_by_text("全部").first.wait_for()
    session: dict[str, Any] = page.evaluate("fetch('/api/v1/session').then((answer) => answer.json())")
    me: dict[str, Any] = session["me"]
    return me


def _work(page: Page, server: Server) -> int:
    """Work through the desk; how many interactions that was."""
    _sign_in(page, server)
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


def _look_through(page: Page) -> int:
    """Bring the whole list in, look at conversations from all over it, search in it; how many interactions that was."""
    page.get_by_text("全部").first.click()
    page.locator(".conv").first.wait_for()
    done = 1 + _bring_in(page)
    for at in range(LOOKED_AT):
        page.evaluate(f"(at) => {LIST}.scrollTo(0, at * {LIST}.scrollHeight)", at / LOOKED_AT)
        page.wait_for_timeout(100)
        page.mouse.click(*_middle(page))
        page.locator("textarea").first.wait_for()
        done += 1 + _write(page, "好")
    for view in ("我的", "排队", "已结束", "全部"):
        page.get_by_role("group", name="会话列表").get_by_role("button", name=view).click()
        page.wait_for_timeout(300)
        done += 1
    search = page.get_by_role("searchbox", name="搜索买家、最近一句")
    search.click()
    for char in "帐篷":
        page.keyboard.insert_text(char)
        page.keyboard.press("Shift")
    page.keyboard.press("Escape")
    return done + 4


def _middle(page: Page) -> tuple[float, float]:
    """The middle of the list on the screen, where some row is."""
    box = page.locator(".left .rows").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _bring_in(page: Page) -> int:
    """Scroll down until the list has no more; how often more was asked for."""
    further = page.get_by_role("button", name="加载更多")
    done = still = before = 0
    while still < 3:
        high: int = page.evaluate(f"{LIST}.scrollHeight")
        still, before = (still + 1 if high == before else 0), high
        page.evaluate(f"{LIST}.scrollTo(0, {high})")
        page.wait_for_timeout(300)
        if further.count():
            further.click()
            page.wait_for_timeout(500)
            done += 1
    return done


def _moved_while_held(page: Page, server: Server) -> tuple[int, int]:
    """How many rows moved while the pointer rested on the list and buyers wrote, and how many once it had left."""
    page.mouse.move(*_middle(page))
    page.evaluate(
        "window.rows = [...document.querySelectorAll('.conv')].map((row) => [row, row.getBoundingClientRect().y])"
    )
    moved = "window.rows.filter(([row, y]) => !row.isConnected || row.getBoundingClientRect().y !== y).length"
    let_write(server, server.chats[-WRITERS:])
    page.wait_for_timeout(2_000)
    held: int = page.evaluate(moved)
    page.mouse.move(700, 300)
    page.wait_for_timeout(500)
    freed: int = page.evaluate(moved)
    return held, freed
