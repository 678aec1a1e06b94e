"""`jinpai promises`, `bargain`, `remind` and `customers`: lines of JSON in, one answer a line out."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from jinpai.entrypoints.cli.main import run

COMMANDS = (("promises", "extract"), ("bargain", "attitude"), ("remind", "reason"), ("customers", "classify"))


def ask(monkeypatch: pytest.MonkeyPatch, lines: str, *command: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return run([*command])


def talk(*messages: tuple[str, str], **more: Any) -> str:
    at = "2026-03-03T10:20:00+08:00"
    said = [{"from": side, "text": text, "at": at} for side, text in messages]
    return json.dumps({"messages": said, **more}, ensure_ascii=False)


def test_promises_of_two_conversations(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [talk(("buyer", "发顺丰"), ("agent", "好的，今天5点前给您发出")), "", talk(("agent", "您好"))]
    assert ask(monkeypatch, "\n".join(lines), "promises", "extract", "--json") == 0
    first, second = [json.loads(line)["promises"] for line in capsys.readouterr().out.splitlines()]
    assert {one["kind"]: one["due"] for one in first} == {"dispatch_by": "2026-03-03T17:00:00+08:00", "courier": None}
    assert all(set(one) == {"kind", "text", "due", "message"} and one["message"] == 1 for one in first)
    assert second == []


def test_goods_on_their_way_cannot_be_promised_another_courier(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = talk(("buyer", "发顺丰"), ("agent", "好的"), order={"state": "shipped"})
    assert ask(monkeypatch, line, "promises", "extract", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"promises": []}


def test_attitudes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "\n".join(json.dumps({"text": text}) for text in ("能便宜点吗", "什么材质的"))
    assert ask(monkeypatch, lines, "bargain", "attitude", "--json") == 0
    told = [json.loads(line)["attitude"] for line in capsys.readouterr().out.splitlines()]
    assert told == ["testing", "none"]


def test_why_buyers_have_not_paid(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [talk(("agent", "您好"), ("buyer", "余额不足，明天发工资再付")), talk(("buyer", "在吗"))]
    assert ask(monkeypatch, "\n".join(lines), "remind", "reason", "--json") == 0
    assert [json.loads(line)["reason"] for line in capsys.readouterr().out.splitlines()] == ["balance", "unknown"]


def test_what_kind_of_buyer_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [talk(("buyer", "黑色有货吗"), ("agent", "有的"), ("buyer", "拍了，尽快发")), talk(("buyer", "在吗"))]
    assert ask(monkeypatch, "\n".join(lines), "customers", "classify", "--json") == 0
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["behaviour"] == "purchaser"
    assert {"message": 2, "text": "拍了，尽快发"} in first["evidence"]["behaviour"]
    axes = {"behaviour": None, "knowledge": None, "price": None, "demand": None, "character": None}
    assert second == {**axes, "evidence": {}}


@pytest.mark.parametrize(
    ("ordered", "purchases", "due", "rule"),
    [
        ("2026-03-02T10:30", 1, "2026-03-02T14:30:00+08:00", "08-11"),
        ("2026-03-02T11:00", 1, "2026-03-02T16:30:00+08:00", "11-15"),
        ("2026-03-02T02:30:00+00:00", 1, "2026-03-02T14:30:00+08:00", "08-11"),
    ],
)
def test_when_to_remind(capsys: pytest.CaptureFixture[str], ordered: str, purchases: int, due: str, rule: str) -> None:
    assert run(["remind", "plan", "--ordered", ordered, "--purchases", str(purchases), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"due", "window", "rule", "moved", "closes_at"}
    assert (told["due"], told["rule"]) == (due, rule)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("line", ["你好", '{"text": 3, "messages": 3}', "[]", "[" * 100_000])
def test_a_bad_line_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, str], line: str
) -> None:
    good = json.dumps({"text": "在吗", "messages": []})
    assert ask(monkeypatch, f"{good}\n{line}", *command, "--json") == 2
    assert "第 2 行" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_they_need_neither_the_web_server_nor_the_database(command: tuple[str, str]) -> None:
    script = (
        "import io, sys; sys.stdin = io.StringIO('')\n"
        "from jinpai.entrypoints.cli.main import run\n"
        f"assert run({[*command, '--json']!r}) == 0\n"
        "assert not {'fastapi', 'sqlalchemy', 'starlette'} & set(sys.modules), 'too much'\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize(("prefix", "encoding"), [(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"", "gbk")])
def test_lines_as_windows_programs_write_them_are_read(
    prefix: bytes, encoding: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = '{"text": "price?"}\r\n{"text": "能便宜点吗"}\r\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(prefix + lines.encode(encoding)), "utf-8"))
    assert run(["bargain", "attitude", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[1]) == {"attitude": "testing"}


def test_bytes_that_are_no_text_are_refused_with_their_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = '{"text": "在吗"}\n'.encode() + b'{"text": "\xff\xfe"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
    assert run(["bargain", "attitude", "--json"]) == 2
    told = capsys.readouterr().err
    assert "第 2 行" in told
    assert "UTF-8" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_a_number_of_too_many_digits_is_refused(
    command: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, '{"text": ' + "9" * 10_000 + "}", *command, "--json") == 2
    assert "第 1 行里有一个数字太长" in capsys.readouterr().err


def test_half_an_emoji_in_a_promise_is_told_as_a_replacement(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    line = talk(("agent", "今天5点前给您发出哦")).replace("哦", "\\ud83d")
    assert ask(monkeypatch, line, "promises", "extract", "--json") == 0
    assert json.loads(capsysbinary.readouterr().out)["promises"][0]["kind"] == "dispatch_by"
