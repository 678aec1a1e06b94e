"""A supervisor brings the back office's export in through the page, and an agent looks an order up."""

from pathlib import Path

from playwright.sync_api import expect
from tests.e2e.conftest import Agent
from tests.support.server import Server

EXPORT = (
    "山野集 11 月订单报表,,,,\n"
    ' 订单编号 ,买家会员名,"总金额 ",订单 状态,我们的单据\n'
    '="2611220001000001",山里来的人,"￥1,459.00","买家已付款，等待卖家发货",Z1\n'
    "1.23457E+15,慢慢走,128.00,交易成功,Z2\n"
    "2611220001000003,小满,一百二,交易成功,Z3\n"
    "2611220001000004,远山,99.00,飞走了,Z4\n"
    "2611220001000005,阿青,88.00,等待买家付款,Z5\n"
)
REFUSED = ("科学计数法", "“一百二”不是金额", "订单状态“飞走了”不认识")


def test_a_dirty_export_with_three_bad_rows_is_looked_at_and_taken(
    agent: Agent, reception: Server, tmp_path: Path
) -> None:
    file = tmp_path / "订单报表.csv"
    file.write_bytes(EXPORT.encode("gbk"))
    agent.sign_in(reception, "zhoulan")
    page = agent.page
    page.goto(f"{agent.url}/orders/import")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("CSV（GBK） · 5 行")).to_be_visible()
    for why in REFUSED:
        expect(page.get_by_text(why).first).to_be_visible()
    page.get_by_role("button", name="开始导入 2 行").click()
    expect(page.get_by_text("导入完成")).to_be_visible(timeout=60_000)
    for why in REFUSED:
        expect(page.get_by_text(why).first).to_be_visible()
    page.get_by_role("link", name="去看订单").click()
    page.get_by_role("searchbox").fill("山里来的人")
    page.get_by_role("link").filter(has_text="2611220001000001").click()
    expect(page.get_by_role("heading", name="2611220001000001")).to_be_visible()
    expect(page.get_by_text("¥1,459.00").first).to_be_visible()
    assert agent.problems == []
