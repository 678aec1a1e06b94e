"""The chat window on a shop's page, as buyers use it."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.axe import faults
from tests.e2e.conftest import Buyer
from tests.e2e.pictures import photo
from tests.support import client
from tests.support.server import Server
from tests.support.wire import Wire

TENT = "/demo?p=tent-xiya-2p"
SHIFTS = "() => window.shifted ?? 0"
COUNT_SHIFTS = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted = (window.shifted ?? 0) + entry.value
}).observe({ type: 'layout-shift', buffered: true })"""


def newest(server: Server, headers: dict[str, str]) -> str:
    answer = server.request("GET", "/api/v1/conversations?view=all", headers=headers)
    conversation: str = answer.json()["items"][0]["id"]
    return conversation


def agent_says(server: Server, text: str, **more: Any) -> None:
    """小林 answers the buyer who wrote last."""

    async def say() -> None:
        agent = await client.agent(server)
        conversation = newest(server, await asyncio.to_thread(server.sign_in, "xiaolin"))
        await agent.follow(conversation)
        answer = await agent.say(conversation, text, **more)
        await agent.close()
        assert answer["t"] == "ack", answer

    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, say()).result()


def close_reception(server: Server) -> None:
    headers = server.sign_in("xiaolin")
    answer = server.request("POST", f"/api/v1/conversations/{newest(server, headers)}/close", {}, headers)
    assert answer.status == 200, answer.body


def choose_pictures(page: Page, *files: Any) -> None:
    page.locator("jinpai-chat input[type=file]").first.set_input_files(list(files))


@pytest.fixture
def phone(browser: Browser, reception: Server) -> Iterator[Buyer]:
    """A buyer on a phone, 390 pixels wide."""
    wire = Wire(reception.port)
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    yield Buyer(context.new_page(), wire, [])
    context.close()
    wire.close()


def test_a_photo_is_shrunk_sent_enlarged_and_moves_nothing_when_it_comes_back(buyer: Buyer) -> None:
    buyer.open()
    buyer.say("杖尖掉了一个")
    choose_pictures(buyer.page, photo())
    expect(buyer.chat.locator(".m:not(.pending) .pic img")).to_be_visible()
    width, height = buyer.chat.locator(".pic img").evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert width * height <= 3_100_000
    buyer.chat.locator(".pic").click()
    expect(buyer.page.get_by_role("dialog", name="大图").locator("img")).to_be_visible()
    buyer.page.keyboard.press("Escape")
    expect(buyer.page.get_by_role("dialog", name="大图")).to_be_hidden()
    buyer.page.add_init_script(COUNT_SHIFTS)
    buyer.page.reload()
    buyer.chat.locator(".fab").click()
    expect(buyer.chat.locator(".pic img")).to_be_visible()
    buyer.page.wait_for_timeout(300)
    assert buyer.page.evaluate(SHIFTS) <= 0.02


def test_what_is_no_picture_is_told_and_can_be_dropped(buyer: Buyer) -> None:
    buyer.open()
    choose_pictures(buyer.page, {"name": "合同.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture at all"})
    expect(buyer.chat.locator(".m.failed")).to_contain_text("打不开")
    buyer.chat.get_by_role("button", name="不发了").click()
    expect(buyer.chat.locator(".m.failed")).to_have_count(0)


def test_a_picture_chosen_without_a_line_goes_out_by_itself_later(buyer: Buyer) -> None:
    buyer.open()
    buyer.say("在吗")
    expect(buyer.message("在吗").locator(".tk")).to_contain_text("已送达")
    buyer.wire.cut()
    choose_pictures(buyer.page, photo(width=900, height=1200))
    expect(buyer.chat.locator(".m.pending")).to_contain_text("自动补发")
    buyer.wire.mend()
    expect(buyer.chat.locator(".m:not(.pending) .pic img")).to_be_visible(timeout=40_000)


def test_the_product_one_looks_at_is_told_with_one_tap_and_not_offered_again(buyer: Buyer) -> None:
    buyer.page.goto(buyer.url + TENT)
    buyer.chat.locator(".fab").click()
    expect(buyer.chat.locator(".offer")).to_contain_text("溪崖")
    buyer.chat.get_by_role("button", name="发给客服").click()
    expect(buyer.chat.locator(".m:not(.pending) .card")).to_contain_text("¥459.00")
    expect(buyer.chat.locator(".offer")).to_be_hidden()
    buyer.page.reload()
    buyer.chat.locator(".fab").click()
    expect(buyer.chat.locator(".card")).to_have_count(1)
    expect(buyer.chat.locator(".offer")).to_be_hidden()
    buyer.page.get_by_role("navigation").get_by_text("登山杖").click()
    expect(buyer.chat.locator(".offer")).to_contain_text("竹溪")


def test_a_newcomer_gets_the_steps_in_large_type(buyer: Buyer, reception: Server) -> None:
    buyer.open()
    buyer.say("我不会付款")
    expect(buyer.message("我不会付款").locator(".tk")).to_contain_text("已送达")
    agent_says(reception, "您照着这几步来就好😊", attach={"kind": "step", "step": "pay", "large": True})
    expect(buyer.chat.locator(".steps.large li").nth(2)).to_be_visible()
    expect(buyer.chat.locator("h2")).to_contain_text("人工客服")


def test_after_the_farewell_the_buyer_rates_with_the_keyboard(buyer: Buyer, reception: Server) -> None:
    buyer.open()
    buyer.say("好的谢谢")
    expect(buyer.message("好的谢谢").locator(".tk")).to_contain_text("已送达")
    agent_says(reception, "不客气，祝您玩得开心😊")
    close_reception(reception)
    stars = buyer.chat.get_by_role("radio")
    expect(stars).to_have_count(5)
    buyer.chat.get_by_role("button", name="提交评价").click()
    expect(buyer.chat.locator(".rate [role=alert]")).to_be_visible()
    stars.first.focus()
    buyer.page.keyboard.press("ArrowLeft")
    expect(stars.last).to_have_attribute("aria-checked", "true")
    buyer.chat.get_by_label("想说的话").fill("讲得很耐心")
    buyer.chat.get_by_role("button", name="提交评价").click()
    expect(buyer.chat.locator(".msgs")).to_contain_text("谢谢您的评价：很满意（5 星）")
    buyer.page.reload()
    buyer.chat.locator(".fab").click()
    expect(buyer.chat.locator(".msgs")).to_contain_text("很满意（5 星）")
    expect(buyer.chat.get_by_role("radio")).to_have_count(0)


def test_larger_type_is_remembered(buyer: Buyer) -> None:
    buyer.open()
    buyer.say("字太小了")
    size = "line => parseFloat(getComputedStyle(line).fontSize)"
    expect(buyer.message("欢迎光临")).to_be_visible()
    before = buyer.message("字太小了").locator(".b").evaluate(size)
    for _ in range(2):
        buyer.chat.get_by_role("button", name="字大一点").click()
    buyer.page.reload()
    buyer.chat.locator(".fab").click()
    assert buyer.message("字太小了").locator(".b").evaluate(size) > before + 5
    buyer.chat.get_by_role("button", name="字小一点").click()
    expect(buyer.chat.locator(".w.big")).to_be_visible()


def test_on_a_phone_the_button_leaves_the_buy_button_free(phone: Buyer) -> None:
    phone.page.goto(f"{phone.url}/demo")
    button = phone.chat.locator(".fab").bounding_box()
    buy = phone.page.locator("#buy").bounding_box()
    assert button is not None
    assert buy is not None
    assert button["y"] + button["height"] <= buy["y"]


def test_on_a_phone_the_window_covers_the_page_and_gives_it_back(phone: Buyer) -> None:
    phone.open()
    dialog = phone.chat.locator(".w")
    expect(dialog).to_have_attribute("aria-modal", "true")
    dialog.evaluate("window => Promise.all(window.getAnimations().map((one) => one.finished))")
    box = dialog.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    for button in phone.chat.locator(".w button:visible").all():
        target = button.bounding_box()
        assert target is not None
        assert min(target["width"], target["height"]) >= 44, button.inner_text() or button.get_attribute("aria-label")
    inside = "() => { const at = document.querySelector('jinpai-chat'); return document.activeElement === at }"
    for _ in range(12):
        phone.page.keyboard.press("Tab")
        assert phone.page.evaluate(inside)
    phone.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert phone.page.evaluate("document.querySelector('jinpai-chat').shadowRoot.activeElement.className") == "fab"
    assert phone.page.evaluate("document.documentElement.style.overflow") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(buyer: Buyer, scheme: Any) -> None:
    buyer.page.emulate_media(color_scheme=scheme)
    buyer.page.goto(buyer.url + TENT)
    expect(buyer.chat.locator(".fab")).to_be_visible()
    assert faults(buyer.page) == []
    buyer.chat.locator(".fab").click()
    buyer.say("下大雨漏不漏")
    choose_pictures(buyer.page, photo(width=800, height=600))
    expect(buyer.chat.locator(".m:not(.pending) .pic img")).to_be_visible()
    buyer.chat.get_by_role("button", name="表情").click()
    buyer.page.wait_for_timeout(300)
    assert faults(buyer.page) == []
