"""A buyer the shop's own site vouches for picks one of their orders in the chat window; a visitor has none to pick."""

import json
import subprocess
from pathlib import Path

from playwright.sync_api import Route, expect
from tests.e2e.conftest import Agent, Buyer
from tests.live.test_identity import identity, secret_of
from tests.support.server import COMMAND, Server

EXPORT = (
    "订单编号,买家会员名,宝贝标题,总金额,宝贝总数量,订单状态\n"
    "2611220001000001,u-7,溪崖双人帐篷,459.00,1,买家已付款，等待卖家发货\n"
    "2611220001000002,u-7,竹溪登山杖,128.00,2,交易成功\n"
    "2611220001000003,别人,暖杉睡袋,399.00,1,交易成功\n"
)


def order_three(server: Server, folder: Path) -> None:
    file = folder / "orders.csv"
    file.write_text(EXPORT)
    subprocess.run([*COMMAND, "import", "orders", str(file)], env=server.environment, check=True, capture_output=True)


def vouch(buyer: Buyer, server: Server) -> None:
    """The site signs its customer into the page."""
    signed = json.dumps(json.dumps(identity(secret_of(server), "u-7")))

    def answer(route: Route) -> None:
        got = route.fetch()
        route.fulfill(response=got, body=f"document.currentScript.dataset.identity = {signed};{got.text()}")

    buyer.page.route("**/widget.js", answer)


def test_a_known_buyer_tells_which_order_it_is_about(
    buyer: Buyer, agent: Agent, reception: Server, tmp_path: Path
) -> None:
    order_three(reception, tmp_path)
    vouch(buyer, reception)
    buyer.open()
    buyer.chat.get_by_role("button", name="我的订单").click()
    orders = buyer.chat.get_by_role("group", name="我的订单")
    expect(orders.get_by_role("button")).to_have_count(2)
    expect(orders).not_to_contain_text("暖杉")
    buyer.page.keyboard.press("Escape")
    expect(orders).to_be_hidden()
    buyer.chat.get_by_role("button", name="我的订单").click()
    orders.get_by_role("button").filter(has_text="溪崖").click()
    expect(orders).to_be_hidden()
    expect(buyer.chat.locator(".m:not(.pending) .card")).to_contain_text("待发货")
    agent.sign_in(reception).open_first()
    expect(agent.page.get_by_role("log")).to_contain_text("溪崖双人帐篷")


def test_a_visitor_has_no_orders_to_choose(buyer: Buyer) -> None:
    buyer.open()
    buyer.say("在吗")
    expect(buyer.message("在吗").locator(".tk")).to_contain_text("已送达")
    expect(buyer.chat.get_by_role("button", name="我的订单")).to_be_hidden()
