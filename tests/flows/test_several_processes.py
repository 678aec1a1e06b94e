"""Parcels with more than one process about them: one is killed in the middle, two do the same; on each database."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
from tests.flows.conftest import MONDAY_10_O_CLOCK, Shop
from tests.flows.test_parcels import HOUR, Counter
from tests.support.server import COMMAND

from jinpai.flows.tracking.radar import raise_alert
from jinpai.orders.alerts.model import Finding
from jinpai.orders.store import read_history

DIES_WHILE_RAISING = """
import os, signal, sys
from jinpai.bootstrap import build_house, open_house
from jinpai.flows.tracking import radar
from jinpai.kit.clock import FixedClock
from jinpai.kit.settings import read_settings
from jinpai.orders.alerts.model import Finding

house = build_house(read_settings(os.environ), FixedClock(int(sys.argv[2])))
open_house(house)
radar._note = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
house.writer.run(radar.raise_alert(house, Finding(sys.argv[1], "late", "", int(sys.argv[3]))))
"""


def environment(shop: Shop) -> dict[str, str]:
    """What another process of this shop is started with."""
    settings = shop.house.settings
    return {**os.environ, "JINPAI_HOME": str(settings.home), "JINPAI_DATABASE": settings.database}


def test_a_radar_killed_in_the_middle_of_its_act_has_done_nothing_and_the_next_does_it_once(shop: Shop) -> None:
    counter = Counter(shop)
    paid_at = MONDAY_10_O_CLOCK - 50 * HOUR
    order = counter.places(paid_at=paid_at)
    told = [order.id, str(shop.clock.now()), str(paid_at)]
    died = subprocess.run([sys.executable, "-c", DIES_WHILE_RAISING, *told], env=environment(shop), check=False)
    assert died.returncode == -signal.SIGKILL
    assert (counter.tasks(order), counter.drafts(), counter.alerts(order)) == ([], [], {})
    raised = [shop.house.writer.run(raise_alert(shop.house, Finding(order.id, "late", "", paid_at))) for _ in range(2)]
    assert raised == [True, False]
    assert (counter.tasks(order), len(counter.drafts())) == (["urge-dispatch"], 1)


def test_the_same_waybill_brought_by_two_processes_at_once_leaves_once(shop: Shop, tmp_path: Path) -> None:
    counter = Counter(shop)
    order = counter.places(address="浙江省杭州市西湖区文三路1号", region="浙江")
    file = tmp_path / "运单.csv"
    file.write_text(f"订单编号,快递公司,运单号\n{order.number},中通快递,ZT10001\n")
    command = [*COMMAND, "import", "waybills", str(file), "--shop", "demo", "--json"]
    both = [subprocess.Popen(command, env=environment(shop), stdout=subprocess.PIPE) for _ in range(2)]
    tallies = [orjson.loads(one.communicate(timeout=120)[0]) for one in both]
    assert sorted((one["updated"], one["unchanged"]) for one in tallies) == [(0, 1), (1, 0)]
    left = counter.order(order.number)
    assert (left.state, [parcel.number for parcel in left.parcels]) == ("shipped", ["ZT10001"])
    with shop.house.database.read() as connection:
        kinds = [fact.kind for fact in read_history(connection, order.id)]
    assert kinds == ["order_recorded", "order_changed"]
