"""Recorded conversations played through the doors of a real server."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.server import Server, free_port

from jinpai.entrypoints.cli.main import run as jinpai
from jinpai.entrypoints.cli.replay import run

TALKS: list[list[tuple[str, str]]] = [
    [
        ("buyer", "在吗"),
        ("buyer", "这件冲锋衣还有 L 码吗"),
        ("agent", "您好，在的😊 L 码还有现货，您看看尺码表"),
        ("buyer", "能便宜点吗"),
        ("agent", "您加我微信 lin88661234，私下给您便宜"),
        ("agent", "我帮您看看现在的活动，算一下怎么拍最划算"),
        ("buyer", "好的谢谢"),
    ],
    [("agent", "您好，您看中的登山杖到货了，给您留着呢"), ("buyer", "太好了"), ("agent", "不客气，祝您出行愉快")],
    [],
]


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    path = tmp_path / "talks.jsonl"
    rows = [
        {"id": f"{number}", "messages": [{"from": side, "text": text} for side, text in talk]}
        for number, talk in enumerate(TALKS * 4)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return path


def replay(server: Server, talks: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, Any]:
    accounts = str(server.home / "accounts.txt")
    code = run([str(talks), "--url", server.url, "--agents-file", accounts, "--json", *options])
    return code, json.loads(capsys.readouterr().out)


def test_a_morning_of_conversations_adds_up_also_on_a_bad_network(
    server: Server, talks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, calm = replay(server, talks, capsys, "--agents", "2", "--concurrency", "4")
    assert code == 0, calm["problems"]
    assert calm["lines"] == 40
    assert calm["refused_by"] == {"guard:block": 4}
    assert (calm["sent"], calm["stored"], calm["refused"], calm["repeated"]) == (40, 36, 4, 0)
    assert calm["delivered"] == calm["read_back"] == 36
    code, rough = replay(server, talks, capsys, "--retry-rate", "0.5", "--cut-rate", "0.1", "--seed", "7")
    assert code == 0, rough["problems"]
    assert rough["stored"] == rough["delivered"] == rough["read_back"] == 36
    assert rough["repeated"] > 0
    assert rough["network"]["cuts"] > 0
    assert rough["sent"] == rough["stored"] + rough["refused"] + rough["repeated"]
    assert (rough["lost"], rough["duplicated"], rough["out_of_order"]) == (0, 0, 0)


def test_nobody_is_there_to_answer(talks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accounts = tmp_path / "accounts.txt"
    accounts.write_text("xiaolin\tsecret\t小林\tagent\n")
    url = f"http://127.0.0.1:{free_port()}"
    assert jinpai(["replay", str(talks), "--url", url, "--agents-file", str(accounts)]) == 2
    assert "连不上" in capsys.readouterr().err
