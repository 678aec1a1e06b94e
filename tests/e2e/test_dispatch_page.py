"""Before the parcels leave, in the browser: a gift promised in the chat and forgotten in the remark is caught."""

import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect
from tests.e2e.conftest import Agent, Buyer
from tests.e2e.test_own_orders import vouch
from tests.support.server import COMMAND, Server

from jinpai.kit.clock import SHOP_TIME

NUMBER = "2611220001000001"


def pay_for_a_tent(server: Server, folder: Path) -> None:
    """An order paid weeks ago: it is late at any hour of the day."""
    paid = f"{datetime.now(SHOP_TIME) - timedelta(days=20):%Y-%m-%d %H:%M:%S}"
    file = folder / "orders.csv"
    file.write_text(
        "订单编号,买家会员名,宝贝标题,总金额,买家实际支付金额,宝贝总数量,订单状态,订单创建时间,订单付款时间\n"
        f"{NUMBER},u-7,溪崖双人帐篷,459.00,459.00,1,买家已付款，等待卖家发货,{paid},{paid}\n"
    )
    subprocess.run([*COMMAND, "import", "orders", str(file)], env=server.environment, check=True, capture_output=True)


def test_a_forgotten_gift_is_caught_noted_and_sent(
    agent: Agent, buyer: Buyer, reception: Server, tmp_path: Path
) -> None:
    pay_for_a_tent(reception, tmp_path)
    vouch(buyer, reception)
    buyer.open()
    buyer.say("送个小礼物吧")
    agent.sign_in(reception, "zhoulan").open_first()
    agent.say("好的亲，给您放一双袜子")
    page = agent.page
    promised = page.locator("section").filter(has_text="答应过的")
    page.get_by_role("tab", name="订单").click()
    expect(promised.get_by_text("给您放一双袜子")).to_be_visible(timeout=30_000)
    page.goto(f"{agent.url}/dispatch")
    page.get_by_role("button", name=re.compile("^出门前要补")).click()
    parcel = page.locator("article").filter(has_text=NUMBER)
    expect(parcel.get_by_text("溪崖双人帐篷 ×1")).to_be_visible()
    expect(parcel.get_by_text("订单备注里还没写")).to_be_visible()
    parcel.get_by_role("button", name="写进备注").click()
    expect(page.get_by_text("答应过的都写进备注了")).to_be_visible()
    page.get_by_role("button", name=re.compile("^今天要走")).click()
    expect(parcel.get_by_text(re.compile("^赠品：.*一双袜子"))).to_be_visible()
    page.get_by_role("button", name="填运单号").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(f"{NUMBER} 中通 ZT10001\n2611239999 中通 ZT10002")
    dialog.get_by_role("button", name="先核对").click()
    expect(dialog.get_by_text("店里没有这个订单编号")).to_be_visible()
    dialog.get_by_role("button", name="标记发货 1 单").click()
    expect(dialog.get_by_text(re.compile("^已标记发货 1 单"))).to_be_visible(timeout=60_000)
    dialog.get_by_role("button", name="完成").click()
    expect(parcel).to_have_count(0)
