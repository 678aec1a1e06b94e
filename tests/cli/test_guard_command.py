"""`jinpai guard`: one sentence, whole conversations, the rules, the shape of the context."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from jinpai.entrypoints.cli.main import run


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `guard check --json` on these conversations; the exit code and the answers."""

    def run_check(*talks: Any) -> tuple[int, list[dict[str, Any]]]:
        lines = "\n".join(talk if isinstance(talk, str) else json.dumps(talk) for talk in talks)
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        code = run(["guard", "check", "--json"])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run_check


def talk(*messages: tuple[str, str], **context: Any) -> dict[str, Any]:
    return {"messages": [{"from": side, "text": text} for side, text in messages], "context": context}


def test_every_agent_message_is_judged_in_its_place(check: Any) -> None:
    code, (answer,) = check(
        talk(("buyer", "怎么联系你"), ("agent", "加我微信吧"), ("buyer", "加我微信"), ("agent", "好的呢"))
    )
    assert code == 1
    assert answer["verdict"] == "block"
    assert {hit["message"] for hit in answer["hits"] if "trap" not in hit} == {1}
    assert [(hit["message"], hit["trap"]) for hit in answer["hits"] if "trap" in hit] == [(2, "off_platform")]
    hit = answer["hits"][0]
    assert "加我微信吧"[hit["start"] : hit["end"]] == hit["text"]
    assert set(hit) == {"message", "rule", "family", "severity", "start", "end", "text", "why", "rewrite", "points"}


def test_one_answer_for_each_conversation_in_order(check: Any) -> None:
    code, answers = check(talk(("agent", "加我微信吧")), "", talk(("agent", "亲，有货的哦~")), {"messages": []})
    assert code == 1
    assert [answer["verdict"] for answer in answers] == ["block", "pass", "pass"]


def test_the_order_s_own_number_is_no_leak(check: Any) -> None:
    said = ("agent", "亲，是13800138000这个哦")
    assert check(talk(said))[1][0]["verdict"] == "block"
    assert check(talk(said, order={"tracking": "13800138000"}))[0] == 0


def test_unknown_fields_of_the_context_are_left_alone(check: Any) -> None:
    assert check(talk(("agent", "亲，有货的哦~"), weather="晴", shop={"colour": "green"}))[0] == 0


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "第 1 行"),
        ("[]", "第 1 行"),
        ('{"messages":[{"from":"nobody","text":"嗯"}]}', "messages.0.from"),
        ('{"messages":[{"from":"agent"}]}', "messages.0.text"),
        ('{"messages":[],"context":{"product":{"price":"-3"}}}', "price"),
    ],
)
def test_a_line_that_is_no_conversation_is_named(
    line: str, word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))
    assert run(["guard", "check", "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert word in printed.err


def test_it_answers_without_the_web_server_or_the_database() -> None:
    command = "import sys; from jinpai.entrypoints.cli.main import run; run(['guard', 'check', '有货的哦']); "
    command += "assert not {'fastapi', 'sqlalchemy'} & set(sys.modules), 'too much is imported'"
    subprocess.run([sys.executable, "-c", command], check=True, capture_output=True)


def test_rules_are_listed_with_their_families(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["guard", "rules", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"leak", "trap"} <= set(listed["families"])
    assert all(rule["family"] in listed["families"] for rule in listed["rules"])


def test_the_shape_of_the_context_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["guard", "schema"]) == 0
    assert {"shop", "product", "order", "promotions", "authority"} <= set(
        json.loads(capsys.readouterr().out)["properties"]
    )
