"""A customer is erased in the browser, a file brings their order back, and the owner is told and erases again."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.e2e.conftest import Agent
from tests.support.server import COMMAND, Server

MEMBERS = "会员名,姓名,手机\njingjing,王静静,13900139000\n"
ORDERS = (
    "订单编号,买家会员名,订单状态,总金额,收货人姓名,联系手机,收货地址,宝贝标题\n"
    "2611220001000009,jingjing,交易成功,459.00,王静静,13900139000,浙江省杭州市西湖区文一路1号,溪崖双人帐篷\n"
)


def bring(server: Server, folder: Path, kind: str, text: str) -> None:
    file = folder / f"{kind}.csv"
    file.write_text(text)
    subprocess.run([*COMMAND, "import", kind, str(file)], env=server.environment, check=True, capture_output=True)


def forget(page: Page, button: str, name: str) -> None:
    """Erase the customer whose page is open, with the name written once more."""
    page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="永久删除")).to_be_disabled()
    dialog.get_by_role("textbox").fill(name)
    dialog.get_by_role("button", name="永久删除").click()
    expect(dialog).to_be_hidden()


def open_one(page: Page, which: str, name: str) -> None:
    page.get_by_text(which, exact=True).click()
    page.locator("a.row").filter(has_text=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_what_a_file_brings_back_of_an_erased_customer_is_found_and_erased_again(
    agent: Agent, reception: Server, tmp_path: Path
) -> None:
    bring(reception, tmp_path, "customers", MEMBERS)
    bring(reception, tmp_path, "orders", ORDERS)
    page = agent.sign_in(reception, "luoshan").page
    page.goto(f"{agent.url}/customers")
    open_one(page, "全部", "王静静")
    forget(page, "按本人要求删除", "王静静")
    expect(page.get_by_text("这位客户的个人资料已经删除")).to_be_visible()
    page.get_by_text("删除后又有资料的", exact=True).click()
    expect(page.get_by_text("订单和评价里都没有再出现个人资料")).to_be_visible()
    bring(reception, tmp_path, "orders", ORDERS)
    page.reload()
    open_one(page, "删除后又有资料的", "已删除的客户")
    told = page.get_by_role("status").filter(has_text="已按本人要求删除")
    expect(told).to_contain_text(re.compile("又带回了个人资料：订单 1 笔，评价 0 条"))
    expect(page.get_by_role("button", name="和另一位合并")).to_have_count(0)
    forget(page, "再删除一次", "已删除的客户")
    expect(page.get_by_text("这位客户的个人资料已经删除")).to_be_visible()
    page.get_by_text("删除后又有资料的", exact=True).click()
    expect(page.get_by_text("订单和评价里都没有再出现个人资料")).to_be_visible()


def test_erasing_again_when_nothing_has_come_says_that_nothing_was_changed(
    agent: Agent, reception: Server, tmp_path: Path
) -> None:
    bring(reception, tmp_path, "customers", MEMBERS)
    page = agent.sign_in(reception, "luoshan").page
    page.goto(f"{agent.url}/customers")
    open_one(page, "全部", "王静静")
    here = page.url
    forget(page, "按本人要求删除", "王静静")
    page.goto(here)
    expect(page.get_by_role("status").filter(has_text="没有再出现个人资料")).to_be_visible()
    forget(page, "再删除一次", "已删除的客户")
    expect(page.get_by_text("上次删除以后没有再来的资料")).to_be_visible()
