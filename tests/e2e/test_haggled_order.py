"""From haggling to paying, in the browser: a supervisor agrees, the order is written at that price, the buyer pays."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import Agent, Buyer, _window
from tests.support.server import COMMAND, Server


def pay(server: Server, number: str, amount: str, folder: Path) -> None:
    """The shop's site tells that it was paid."""
    file = folder / "paid.csv"
    file.write_text(f"订单编号,买家实际支付金额,订单状态\n{number},{amount},买家已付款，等待卖家发货\n")
    subprocess.run([*COMMAND, "import", "orders", str(file)], env=server.environment, check=True, capture_output=True)


def haggle(agent: Agent, buyer: Buyer) -> None:
    buyer.say("溪崖双人帐多少钱")
    agent.open_first()
    agent.say("您好😊 溪崖双人帐459元，双层防雨，铝杆自立式")
    expect(buyer.message("459元")).to_be_visible()
    buyer.say("太贵了，419行不行，行我马上付")
    expect(agent.message("419行不行").first).to_be_visible()


def ask_for_40_off(page: Page) -> None:
    page.get_by_role("button", name="向主管申请").click(timeout=60_000)
    page.get_by_label("便宜多少元").fill("40")
    page.get_by_label("买家怎么说、为什么值得让").fill("诚心要，今天付")
    page.get_by_role("button", name="提交申请").click()


def order_at(page: Page, price: str) -> None:
    page.get_by_role("tab", name="订单").click()
    page.get_by_role("button", name="替买家下单").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="商品").fill("tent-xiya-2p-green")
    page.get_by_role("option", name=re.compile("tent-xiya-2p-green")).click()
    dialog.get_by_placeholder(re.compile("整段贴进来")).fill("张三 13800138000 浙江省杭州市西湖区文三路1号")
    dialog.get_by_label("货款（谈好的价才填）").fill(price)
    expect(dialog.get_by_text(f"¥{price}.00").first).to_be_visible()
    dialog.get_by_role("button", name="下单", exact=True).click()


def test_a_price_is_haggled_approved_ordered_and_paid(
    browser: Browser, agent: Agent, buyer: Buyer, reception: Server, tmp_path: Path
) -> None:
    buyer.open()
    agent.sign_in(reception)
    haggle(agent, buyer)
    ask_for_40_off(agent.page)
    lead = Agent(*_window(browser, reception))
    lead.sign_in(reception, "zhoulan")
    lead.page.get_by_role("button", name="同意", exact=True).click()
    expect(agent.page.get_by_text(re.compile("主管同意便宜"))).to_be_visible()
    lead.page.context.close()
    lead.wire.close()
    order_at(agent.page, "419")
    expect(agent.composer).to_have_value(re.compile(r"shanyeji\.example/pay/JP\d{14}"))
    number = re.search(r"JP\d{14}", agent.composer.input_value())
    assert number is not None
    agent.composer.press("Enter")
    expect(buyer.message(number[0])).to_be_visible()
    pay(reception, number[0], "419.00", tmp_path)
    agent.page.goto(f"{agent.url}/orders")
    row = agent.page.get_by_role("link").filter(has_text=number[0])
    expect(row.get_by_text("待发货")).to_be_visible()
    expect(row.get_by_text("¥419.00")).to_be_visible()


def test_while_the_price_is_talked_about_the_running_promotion_stays_in_view(
    agent: Agent, buyer: Buyer, reception: Server
) -> None:
    buyer.open()
    agent.sign_in(reception)
    buyer.say("云栖折叠椅还有货吗")
    agent.open_first()
    agent.say("您好😊 折叠椅现货有的，您要几把呢？")
    expect(buyer.message("您要几把呢")).to_be_visible()
    buyer.say("有点贵，三把能优惠吗")
    expect(agent.page.get_by_role("region", name="议价")).to_be_visible(timeout=60_000)
    replies = agent.page.get_by_role("region", name="建议回复").get_by_role("listitem")
    expect(replies).to_have_count(1)
    expect(replies.first).to_contain_text("满 399")
    agent.page.get_by_role("button", name="展开建议").click()
    expect(replies).not_to_have_count(1)
    agent.page.keyboard.press("Alt+1")
    expect(agent.composer).to_have_value(re.compile("满 399"))
