"""Pictures and cards between two browser windows: pasted, cropped, blurred, sent, seen; nothing of it lost."""

import base64
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

PASTE = """([content, name]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
  const clipboardData = new DataTransfer()
  clipboardData.items.add(new File([bytes], name, { type: 'image/png' }))
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
  document.querySelector('.composer textarea').dispatchEvent(paste)
}"""


def stripes() -> bytes:
    """A white sheet of 400 × 300 whose middle holds what nobody else should read: fine black lines."""
    sheet = Image.new("RGB", (400, 300), "white")
    for x in range(150, 250, 2):
        sheet.paste("black", (x, 100, x + 1, 200))
    out = BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def paste(agent: Agent, name: str = "截图.png") -> Locator:
    """Paste the sheet and return the editor's canvas."""
    agent.page.evaluate(PASTE, [base64.b64encode(stripes()).decode(), name])
    canvas = agent.page.locator("dialog.editor canvas")
    expect(canvas).to_be_visible()
    return canvas


def drag(agent: Agent, canvas: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw from one place of the sheet to another, in its own pixels."""
    box = canvas.bounding_box()
    assert box is not None
    mouse = agent.page.mouse

    def at(place: tuple[float, float]) -> tuple[float, float]:
        return box["x"] + place[0] / 400 * box["width"], box["y"] + place[1] / 300 * box["height"]

    mouse.move(*at(start))
    mouse.down()
    mouse.move(*at(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)))
    mouse.move(*at(end))
    mouse.up()


def sent_picture(agent: Agent) -> Image.Image:
    """The newest picture of the thread, as the server gives it out."""
    source = agent.page.locator(".msgs .picture img").last.get_attribute("src")
    assert source is not None
    answer = agent.page.request.get(agent.url + source.split("?")[0])
    assert answer.ok
    return Image.open(BytesIO(answer.body())).convert("RGB")


@pytest.fixture
def asked(buyer: Buyer, agent: Agent, reception: Server) -> tuple[Buyer, Agent]:
    """A buyer has asked, the agent has the conversation open."""
    buyer.open()
    buyer.say("这个帐篷的收纳袋多大，有图吗")
    agent.sign_in(reception).open_first()
    expect(agent.page.get_by_text("收纳袋多大").last).to_be_visible()
    return buyer, agent


def test_a_screenshot_is_pasted_cropped_blurred_sent_and_seen(asked: tuple[Buyer, Agent]) -> None:
    buyer, agent = asked
    canvas = paste(agent)
    agent.page.get_by_role("button", name="打码").click()
    drag(agent, canvas, (140, 90), (260, 210))
    agent.page.get_by_role("button", name="裁剪").click()
    drag(agent, canvas, (100, 50), (300, 250))
    agent.page.get_by_role("button", name="用这张").click()
    expect(agent.page.locator(".pins li.ready")).to_be_visible()
    agent.composer.press("Enter")
    expect(agent.page.locator(".msgs .picture img")).to_be_visible()
    expect(agent.page.locator(".pins")).to_have_count(0)
    expect(buyer.chat.locator(".m img").last).to_be_visible()
    kept = sent_picture(agent)
    assert kept.width == pytest.approx(200, abs=3)
    assert kept.height == pytest.approx(200, abs=3)
    darkest, _ = kept.crop((60, 60, 140, 140)).convert("L").getextrema()
    assert darkest > 60, "the lines can still be read"


def test_a_product_and_a_step_card_reach_the_buyer(asked: tuple[Buyer, Agent]) -> None:
    buyer, agent = asked
    agent.composer.press("Alt+g")
    agent.page.get_by_placeholder("搜索商品").fill("双人帐")
    agent.page.get_by_role("button", name="的商品卡").first.click()
    expect(agent.page.locator(".pins li")).to_have_count(1)
    agent.page.get_by_role("button", name="步骤", exact=True).click()
    agent.page.get_by_role("button", name="付款").click()
    expect(agent.page.locator(".pins li")).to_have_count(2)
    agent.say("您好，您看这款，拍的时候照着下面几步就好😊")
    expect(agent.page.locator(".msgs .card")).to_have_count(2)
    title = agent.page.locator(".msgs .card b").first.inner_text()
    expect(buyer.chat.get_by_text(title).last).to_be_visible()
    expect(buyer.chat.get_by_text("选一种您常用的付款方式")).to_be_visible()


def test_a_picture_waits_for_the_line_and_outlives_a_reload(asked: tuple[Buyer, Agent]) -> None:
    buyer, agent = asked
    agent.page.route("**/conversations/*/files", lambda route: route.abort())
    paste(agent)
    agent.page.get_by_role("button", name="用这张").click()
    expect(agent.page.locator(".pins li")).to_contain_text("重试")
    agent.page.reload()
    expect(agent.page.locator(".pins li img")).to_be_visible()
    agent.page.unroute("**/conversations/*/files")
    expect(agent.page.locator(".pins li.ready")).to_be_visible(timeout=40_000)
    agent.composer.press("Enter")
    expect(buyer.chat.locator(".m img").last).to_be_visible()
    assert sent_picture(agent).size == (400, 300)


def test_what_is_no_picture_after_all_is_explained_and_can_be_taken_off(asked: tuple[Buyer, Agent]) -> None:
    _, agent = asked
    agent.page.evaluate(PASTE, [base64.b64encode(b"<svg onload=alert(1)>").decode(), "x.png"])
    expect(agent.page.get_by_text("这张图片打不开")).to_be_visible()
    expect(agent.page.locator("dialog.editor")).to_have_count(0)
    assert agent.page.locator(".pins li").count() == 0


def test_ten_thousand_characters_are_told_before_they_are_sent_and_stay(asked: tuple[Buyer, Agent]) -> None:
    _, agent = asked
    agent.composer.fill("长" * 10_000)
    told = agent.page.get_by_text("一条最多 5000 个字，请分成 2 条发")
    expect(told).to_be_visible()
    expect(agent.page.get_by_role("button", name="发送", exact=True).last).to_be_disabled()
    agent.page.wait_for_timeout(300)
    agent.page.reload()
    expect(agent.composer).to_have_value("长" * 10_000)


def test_the_first_line_and_the_farewell_are_reminded_of_a_smile(asked: tuple[Buyer, Agent]) -> None:
    _, agent = asked
    agent.composer.fill("您好，我是山野集小林，马上给您量一下")
    expect(agent.page.locator("#guard-hint")).to_contain_text("笑脸")
    agent.composer.press("Alt+Enter")
    expect(agent.composer).to_have_value("您好，我是山野集小林，马上给您量一下😊")
    agent.composer.press("Enter")
    expect(agent.composer).to_have_value("")
    agent.composer.fill("收纳袋是四十二厘米长，放得进登山包的")
    agent.page.wait_for_timeout(400)
    assert "笑脸" not in agent.page.locator(".composer").inner_text()
    agent.composer.fill("感谢您的光临，祝您玩得开心")
    expect(agent.page.locator("#guard-hint")).to_contain_text("笑脸")


def test_every_tool_has_a_key_and_the_keys_are_listed(asked: tuple[Buyer, Agent]) -> None:
    _, agent = asked
    page = agent.page
    # Who begins to listen with the key press may be too late: the browser learns of the two on different ways.
    page.on("filechooser", lambda _: None)
    agent.composer.press("Alt+m")
    expect(agent.composer).to_have_value("@主管 ")
    agent.composer.press("Alt+n")
    agent.composer.press("Alt+c")
    expect(page.get_by_role("tab", name="客户")).to_have_attribute("aria-selected", "true")
    with page.expect_file_chooser():
        page.keyboard.press("Alt+p")
    page.locator(".msgs").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    for words in ("发图片", "找商品", "请示主管", "结束这个会话", "下一位等得最久的买家"):
        expect(dialog.get_by_text(words).first).to_be_visible()
