"""`jinpai import orders` as a seller runs it."""

import json
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.support import nursery
from tests.support.server import Server

EXPORT = (
    "订单编号,买家会员名,总金额,订单状态,联系手机 \n"
    '="2611220001000001",山里人,459.00,等待买家付款,13800138000\n'
    "1.23457E+15,慢慢走,128.00,交易成功,\n"
    ",合计,587.00,,\n"
)


@pytest.fixture
def shop(prepared: object, database_url: str, tmp_path: Path) -> Server:
    """A prepared home with the demo shop, on each kind of database."""
    made: Server = prepared.copy(tmp_path / "home", database_url)  # type: ignore[attr-defined]
    return made


def run(shop: Server, *args: str) -> "subprocess.CompletedProcess[str]":
    return nursery.run(["import", "orders", *args], shop.environment)


def count(shop: Server) -> int:
    engine = sa.create_engine(str(shop.database), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM orders").scalar_one())


def test_an_export_is_taken_in_once_and_every_other_line_named(shop: Server, tmp_path: Path) -> None:
    file = tmp_path / "订单报表.csv"
    file.write_bytes(EXPORT.encode("gbk"))
    before = count(shop)
    trial = run(shop, str(file), "--shop", "demo", "--json", "--dry-run")
    assert count(shop) == before
    first = run(shop, str(file), "--json")
    assert (trial.returncode, first.returncode) == (1, 1)
    told = json.loads(first.stdout)
    assert json.loads(trial.stdout) == told
    assert set(told) == {"rows", "created", "updated", "unchanged", "rejected"}
    assert (told["rows"], told["created"]) == (3, 1)
    assert [one["line"] for one in told["rejected"]] == [3, 4]
    assert "科学计数法" in told["rejected"][0]["reason"]
    assert "联系手机 → 联系手机" in first.stderr
    assert "已处理 3 / 3 行" in first.stderr
    again = json.loads(run(shop, str(file), "--json").stdout)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 1)
    assert count(shop) == before + 1


def test_a_column_nobody_knows_is_named_once_and_remembered(shop: Server, tmp_path: Path) -> None:
    file = tmp_path / "export.tsv"
    file.write_text("流水\t总金额\nX-1\t5\n", "utf-16")
    unknown = run(shop, str(file), "--json")
    assert unknown.returncode == 2
    assert "流水" in unknown.stderr
    assert run(shop, str(file), "--mapping", "流水=订单编号").returncode == 0
    assert json.loads(run(shop, str(file), "--json").stdout)["unchanged"] == 1


@pytest.mark.parametrize("args", [[], ["no-such-file.csv"], ["."], ["/dev/null"]])
def test_what_is_no_file_is_told_in_chinese(shop: Server, args: list[str]) -> None:
    done = run(shop, *args)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert any("\u4e00" <= character <= "\u9fff" for character in done.stderr)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--shop", "nowhere"], "没有店铺“nowhere”"),
        (["--mapping", "总金额"], "列名=项目"),
        (["--mapping", "无=total"], "没有“无”"),
    ],
)
def test_wrong_wishes_write_nothing(shop: Server, tmp_path: Path, more: list[str], said: str) -> None:
    file = tmp_path / "export.csv"
    file.write_text(EXPORT)
    before = count(shop)
    done = run(shop, str(file), *more)
    assert done.returncode == 2
    assert said in done.stderr
    assert count(shop) == before
