"""Waiting for what a worker of the shop does a moment later, where the page shows it only when it is loaded anew."""

from playwright.sync_api import Locator, Page, expect

TRIES, PAUSE_MS = 30, 1_000


def come_to(page: Page, view: Locator, found: Locator) -> Locator:
    """What is to come into a list of the page, looked for anew behind its button `view` until it is there."""
    for _ in range(TRIES):
        page.reload()
        view.click()
        expect(page.locator(".skeleton")).to_have_count(0)
        if found.count():
            break
        page.wait_for_timeout(PAUSE_MS)
    return found
