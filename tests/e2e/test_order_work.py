"""What a talk sets in motion, in the browser: freight quoted, an order noted, a promise kept, a reminder left out."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, Route, expect
from tests.e2e.conftest import Agent, Buyer
from tests.e2e.test_haggled_order import order_at, pay
from tests.support.server import Server

from jinpai.kit.clock import SHOP_TIME

HEADER = "订单编号,买家会员名,总金额,买家应付货款,订单状态,宝贝标题,宝贝总数量,订单创建时间,收货地址,联系手机"


def bring_in(page: Page, url: str, folder: Path, *rows: str) -> None:
    """Import these orders through the page, as a supervisor does."""
    file = folder / "订单报表.csv"
    file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8-sig")
    page.goto(f"{url}/orders/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=re.compile("^开始导入")).click()
    expect(page.get_by_text("导入完成")).to_be_visible(timeout=60_000)


def order_row(number: str, state: str) -> str:
    ordered = datetime.now(SHOP_TIME) - timedelta(minutes=20)
    place = "浙江省 杭州市 西湖区 文三路 1 号"
    return f'="{number}",山里来的人,128.00,128.00,{state},保温壶,1,{ordered:%Y-%m-%d %H:%M:%S},{place},13800001111'


def planned(page: Page, url: str, number: str, view: str = "") -> Locator:
    """The row of this order's reminder, once it is in this view (the first one: what is to be done)."""
    row = page.locator("article").filter(has_text=number)
    for _ in range(30):
        page.goto(f"{url}/reminders")
        if view:
            page.get_by_role("button", name=view).click()
        expect(page.locator(".skeleton")).to_have_count(0)
        if row.count():
            break
        page.wait_for_timeout(1_000)
    return row


def test_a_promise_is_heard_and_kept(agent: Agent, buyer: Buyer, reception: Server) -> None:
    agent.sign_in(reception)
    buyer.open()
    buyer.say("仓库还有货吗，没人理我")
    agent.open_first()
    agent.say("抱歉让您久等，我去问下仓库，半小时内回复您")
    card = agent.page.locator("section").filter(has_text="答应过的")
    agent.page.get_by_role("tab", name="订单").click()
    expect(card.get_by_text("半小时内回复您")).to_be_visible(timeout=30_000)
    agent.page.goto(f"{agent.url}/promises")
    row = agent.page.get_by_role("listitem").filter(has_text="半小时内回复您")
    row.get_by_role("button", name="做到了").click()
    agent.page.get_by_role("button", name="已做到").click()
    expect(agent.page.get_by_role("listitem").filter(has_text="半小时内回复您")).to_be_visible()


def test_who_settled_a_promise_is_seen_in_the_ledger_and_in_the_audit(
    agent: Agent, buyer: Buyer, reception: Server
) -> None:
    page = agent.sign_in(reception, "luoshan").page
    buyer.open()
    buyer.say("仓库还有货吗，没人理我")
    agent.open_first()
    agent.say("抱歉让您久等，我去问下仓库，半小时内回复您")
    page.get_by_role("tab", name="订单").click()
    expect(page.locator("section").filter(has_text="答应过的").get_by_text("半小时内回复您")).to_be_visible(
        timeout=30_000
    )
    page.goto(f"{agent.url}/promises")
    row = page.get_by_role("listitem").filter(has_text="半小时内回复您")
    row.get_by_role("button", name="不算").click()
    row.get_by_placeholder(re.compile("为什么不算")).fill("买家自己查到了")
    row.get_by_role("button", name="确定").click()
    expect(row.get_by_text(re.compile("罗山记于"))).to_be_visible()
    page.goto(f"{agent.url}/admin/audit")
    fact = page.get_by_role("listitem").filter(has_text="买家自己查到了")
    expect(fact).to_contain_text("把一句“回复买家”的承诺记成“不算”")
    fact.get_by_role("link", name="看聊天").click()
    expect(agent.message("半小时内回复您").first).to_be_visible()


def test_another_colour_is_priced_before_it_is_changed(agent: Agent, buyer: Buyer, reception: Server) -> None:
    page = agent.sign_in(reception).page
    buyer.open()
    buyer.say("双人帐我要砂岩黄的，帮我换一下")
    agent.open_first()
    order_at(page, "459")
    page.get_by_role("button", name="换规格").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="换成").press("Enter")
    page.get_by_role("option", name=re.compile("砂岩黄")).click()
    expect(dialog.get_by_text(re.compile("换好以后还是 ¥459"))).to_be_visible()
    dialog.get_by_text("双人帐我要砂岩黄的").click()
    dialog.get_by_role("button", name="换规格").click()
    expect(page.get_by_text("规格已换好")).to_be_visible()


def test_an_order_is_noted_with_its_flag(agent: Agent, reception: Server, tmp_path: Path) -> None:
    agent.sign_in(reception, "zhoulan")
    page = agent.page
    bring_in(page, agent.url, tmp_path, order_row("2611220001000001", "买家已付款，等待卖家发货"))
    page.get_by_role("link", name="去看订单").click()
    page.get_by_role("link").filter(has_text="2611220001000001").click()
    page.get_by_role("button", name="备注").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("label").nth(1).click()
    dialog.get_by_role("textbox", name="备注").fill("送一双袜子；发顺丰")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog).to_be_hidden()
    page.reload()
    expect(page.get_by_text("送一双袜子；发顺丰").first).to_be_visible()


def test_a_reminder_is_planned_and_passed_over_with_a_reason(agent: Agent, reception: Server, tmp_path: Path) -> None:
    agent.sign_in(reception, "zhoulan")
    page = agent.page
    bring_in(page, agent.url, tmp_path, order_row("2611220001000002", "等待买家付款"))
    row = planned(page, agent.url, "2611220001000002")
    row.get_by_role("button", name="跳过").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("买家说晚上一定付")
    dialog.get_by_role("button", name="跳过").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="没有提醒").click()
    expect(row.get_by_text("买家说晚上一定付")).to_be_visible()
    expect(row.get_by_text("已跳过")).to_be_visible()


def test_a_buyer_who_pays_in_the_last_second_is_not_reminded(agent: Agent, reception: Server, tmp_path: Path) -> None:
    agent.sign_in(reception, "zhoulan")
    page = agent.page
    bring_in(page, agent.url, tmp_path, order_row("2611220001000003", "等待买家付款"))
    row = planned(page, agent.url, "2611220001000003")

    def pay_first(route: Route) -> None:
        pay(reception, "2611220001000003", "128.00", tmp_path)
        route.continue_()

    page.route("**/api/v1/reminders/*/send", pay_first)
    with page.expect_response("**/api/v1/reminders/*/send", timeout=60_000):
        row.get_by_role("button", name="现在提醒").click()
    row = planned(page, agent.url, "2611220001000003", "没有提醒")
    expect(row.get_by_text("买家已经付款")).to_be_visible()
    expect(row.get_by_text("已取消")).to_be_visible()


def test_freight_is_quoted_beside_the_talk(agent: Agent, buyer: Buyer, reception: Server) -> None:
    agent.sign_in(reception)
    buyer.open()
    buyer.say("寄到浙江杭州西湖区要多少运费")
    agent.open_first()
    agent.page.get_by_role("tab", name="订单").click()
    agent.page.get_by_role("button", name="算运费").click()
    agent.page.get_by_role("textbox", name="寄到").fill("浙江杭州西湖区")
    agent.page.get_by_role("textbox", name="总重量").fill("2.3")
    agent.page.get_by_role("button", name="报价").click()
    expect(agent.page.get_by_text("¥32.00").first).to_be_visible()
    agent.page.get_by_role("button", name=re.compile("放进输入框")).first.click()
    expect(agent.composer).to_have_value(re.compile("32"))
