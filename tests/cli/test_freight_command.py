"""`jinpai freight quote`: free text in, one JSON object out, bad input told in Chinese."""

import json
from typing import Any

import pytest

from jinpai.entrypoints.cli.main import run


def quote(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["freight", "quote", *args, "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_first_kilogram_to_zhejiang_costs_twelve(capsys: pytest.CaptureFixture[str]) -> None:
    told = quote(capsys, "--to", "张三 13800138000 寄到浙江杭州西湖区文三路", "--weight", "1")
    assert set(told) == {"courier", "price", "reachable", "eta_days", "alternatives"}
    assert (told["courier"], told["price"], told["reachable"], told["eta_days"]) == ("中通快递", "12.00", True, [1, 2])


def test_an_unreachable_place_leads_to_another_courier(capsys: pytest.CaptureFixture[str]) -> None:
    told = quote(capsys, "--to", "新疆乌鲁木齐", "--weight", "1.3", "--courier", "中通快递")
    assert (told["reachable"], told["price"]) == (False, None)
    assert told["alternatives"] == [{"courier": "邮政EMS", "price": "22.00", "eta_days": [4, 9]}]


def test_people_read_it_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["freight", "quote", "--to", "西藏拉萨", "--weight", "2.5"]) == 0
    assert "邮政EMS，32 元" in capsys.readouterr().out


@pytest.mark.parametrize(
    "args",
    [
        ["--to", "火星", "--weight", "1"],
        ["--to", "浙江", "--weight", "-1"],
        ["--to", "浙江", "--weight", "1", "--shop", "../demo"],
        ["--to", "浙江", "--weight", "1", "--size", "大"],
        ["--to", "浙江", "--weight", "1", "--amount", "-5"],
        ["--to", "浙江", "--weight", "1", "--courier", "天边快递"],
        ["--weight", "1"],
    ],
)
def test_bad_input_is_told_and_ends_with_two(capsys: pytest.CaptureFixture[str], args: list[str]) -> None:
    assert run(["freight", "quote", *args]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told.err)
