"""The main job, seen through two browser windows."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

ANSWER = "您好，欢迎光临山野集，我是小林😊 这款带减震，下坡更省膝盖，您平时走多久的路呢？"
LEAK = "您加我微信 lin88661234 私下聊，给您便宜"
TRICKS = [
    "<img src=x onerror=\"document.title='hacked'\">",
    "<script>document.title='hacked'</script>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
]


def test_the_first_page_is_the_sign_in(agent: Agent) -> None:
    agent.page.goto(agent.url)
    expect(agent.page.locator("input[name=login]")).to_be_visible()
    assert "金牌客服" in agent.page.inner_text("body")


def test_a_wrong_password_is_told_in_words(agent: Agent) -> None:
    agent.page.goto(agent.url)
    agent.page.locator("input[name=login]").fill("xiaolin")
    agent.page.locator("input[name=password]").fill("完全不对的密码")
    agent.page.keyboard.press("Enter")
    expect(agent.page.get_by_text("不对")).to_be_visible()


def test_greeting_answer_and_read_ticks(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("你好，这副登山杖膝盖不好的人用合适吗")
    expect(buyer.message("欢迎光临山野集")).to_be_visible()
    agent.sign_in(reception).open_first()
    expect(agent.page.get_by_text("膝盖不好的人用合适吗").last).to_be_visible()
    agent.say(ANSWER)
    expect(buyer.message("下坡更省膝盖")).to_be_visible()
    expect(agent.page.get_by_text("已读").last).to_be_visible()
    expect(agent.composer).to_have_value("")


def test_a_leak_stays_in_the_composer_with_its_reason_and_a_better_wording(
    buyer: Buyer, agent: Agent, reception: Server
) -> None:
    buyer.open()
    buyer.say("能便宜点吗")
    agent.sign_in(reception).open_first()
    agent.say(LEAK)
    hint = agent.page.locator("#guard-hint")
    expect(hint).to_contain_text("没有发出")
    expect(hint).to_contain_text("微信")
    expect(agent.composer).to_have_value(LEAK)
    agent.composer.press("Alt+Enter")
    expect(agent.composer).not_to_have_value(LEAK)
    agent.composer.press("Enter")
    expect(agent.composer).to_have_value("")
    buyer.page.wait_for_timeout(300)
    assert "lin8866" not in buyer.chat.inner_text()


def test_a_warning_can_be_sent_with_a_second_keystroke(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("这个帐篷两个人住会不会挤")
    agent.sign_in(reception).open_first()
    agent.say("哦")
    expect(agent.page.locator("#guard-hint[role=alert]")).to_be_visible()
    expect(agent.composer).to_have_value("哦")
    agent.composer.press("Enter")
    expect(agent.composer).to_have_value("")
    expect(buyer.chat.locator(".m").filter(has_text="哦").last).to_be_visible()


def test_the_wire_is_cut_and_both_sides_go_on_writing(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("在吗")
    agent.sign_in(reception).open_first()
    agent.say("在的呢，您请讲，我帮您看看😊")
    expect(buyer.message("您请讲")).to_be_visible()
    buyer.wire.cut()
    buyer.say("断线的时候我写了第一句")
    buyer.say("断线的时候我写了第二句")
    agent.say("您看的这款有现货，喜欢哪个颜色都可以挑哦😊")
    expect(agent.page.get_by_text("都可以挑").last).to_be_visible()
    buyer.wire.mend()
    expect(buyer.message("都可以挑")).to_be_visible(timeout=40_000)
    expect(agent.page.get_by_text("断线的时候我写了第二句").last).to_be_visible(timeout=40_000)
    agent.wire.cut()
    agent.say("刚才我这边断了一下，让您久等了，接着帮您看😊")
    buyer.say("没事的")
    agent.wire.mend()
    expect(agent.page.get_by_text("没事的").last).to_be_visible(timeout=40_000)
    expect(buyer.message("让您久等了，接着帮您看")).to_be_visible(timeout=40_000)
    for text in ("断线的时候我写了第一句", "断线的时候我写了第二句", "都可以挑", "没事的"):
        assert buyer.message(text).count() == 1, text


def test_drafts_and_history_survive_a_reload(buyer: Buyer, agent: Agent, reception: Server) -> None:
    buyer.open()
    buyer.say("你们几点下班")
    agent.sign_in(reception).open_first()
    agent.composer.fill("我们到晚上十点半，您慢慢看，有问题")
    agent.page.wait_for_timeout(600)
    agent.page.reload()
    expect(agent.composer).to_have_value("我们到晚上十点半，您慢慢看，有问题")
    expect(agent.page.get_by_role("log")).to_contain_text("你们几点下班")
    buyer.page.reload()
    if not buyer.chat.locator("textarea").is_visible():
        buyer.chat.locator(".fab").click()
    expect(buyer.message("你们几点下班")).to_be_visible()


@pytest.mark.parametrize("trick", TRICKS)
def test_scripts_in_messages_are_only_text(buyer: Buyer, agent: Agent, reception: Server, trick: str) -> None:
    buyer.open()
    buyer.say(trick)
    agent.sign_in(reception).open_first()
    expect(agent.page.get_by_text(trick).last).to_be_visible()
    agent.say(f"您发的是 {trick} 吗，我这边看一下哦😊")
    expect(buyer.message(f"您发的是 {trick} 吗")).to_be_visible()
    for page in (buyer.page, agent.page):
        assert "hacked" not in page.title()
        assert page.locator("img[src='x']").count() == 0


def test_a_product_page_without_the_server_still_works(buyer: Buyer, tmp_path: Path) -> None:
    buyer.page.goto(f"{buyer.url}/demo")
    buyer.wire.cut()
    buyer.chat.locator(".fab").click()
    expect(buyer.chat).to_contain_text("连")
