"""A lead runs `jinpai content` on their files; it answers fast, in Chinese, with file and line."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jinpai.entrypoints.cli.content import run
from jinpai.kit.errors import BadInput
from jinpai.packs.files import content_root

PROBE = """
import sys
from jinpai.entrypoints.cli.main import run
code = run(sys.argv[1:])
heavy = {"sqlalchemy", "fastapi", "starlette", "uvicorn", "alembic", "psycopg"} & set(sys.modules)
print("HEAVY", sorted(heavy), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of our content that may be broken."""
    return Path(shutil.copytree(content_root(), tmp_path / "content"))


def report(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, dict[str, Any]]:
    code = run(["check", "--json", *args])
    return code, json.loads(capsys.readouterr().out)


def call(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", PROBE, "content", *args], capture_output=True, text=True, check=False)


def test_the_command_checks_everything_without_web_server_and_database() -> None:
    done = call("check", "--json")
    assert done.returncode == 0, done.stdout
    assert done.stderr.splitlines()[-1] == "HEAVY []"
    assert json.loads(done.stdout)["errors"] == []


def test_the_command_starts_within_two_seconds_of_work() -> None:
    before = os.times()
    done = call("try", "您好，欢迎光临，请问想看哪一款呢😊")
    after = os.times()
    assert done.returncode == 0, done.stdout
    assert after.children_user + after.children_system - before.children_user - before.children_system < 2


def test_all_is_well_with_what_we_ship(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = report(capsys)
    assert (code, told["errors"]) == (0, [])
    assert {"scripts", "rules", "intents", "products", "auto_replies", "shops", "staff", "lexicons"} <= set(told)
    assert told["packs"] >= 2
    assert told["products"] >= 30
    assert run(["check"]) == 0
    assert "全部通过" in capsys.readouterr().out


def test_an_error_names_file_line_and_fix(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "base" / "scripts" / "welcome.yaml"
    path.write_text(path.read_text().replace("tone: warm", "tome: warm", 1))
    line = path.read_text().split("\n").index("  tome: warm") + 1
    code, told = report(capsys, str(root))
    assert code == 1
    missing, unknown = sorted(told["errors"], key=lambda error: error["line"])
    assert (unknown["file"], unknown["line"]) == (str(path), line)
    assert "是不是想写“tone”" in unknown["message"]
    assert "缺少这个字段" in missing["message"]
    assert run(["check", str(root)]) == 1
    assert f"{path}:{line}: " in capsys.readouterr().out


def test_one_broken_shop_is_told_once_and_only_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "shops" / "demo" / "products" / "tent.yaml"
    path.write_text(path.read_text().replace("product: pad-danchao", "product: pad-nowhere"))
    code, told = report(capsys, str(root))
    assert code == 1
    assert [(error["file"], "pad-nowhere" in error["message"]) for error in told["errors"]] == [(str(path), True)]


def test_a_shop_pack_alone_is_checked_over_the_base_pack_beside_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = report(capsys, str(root / "shops" / "demo"))
    assert (code, told["errors"], told["packs"], told["scripts"]) == (0, [], 1, 20)


def test_the_base_pack_alone_is_checked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = report(capsys, str(root / "base"))
    assert (code, told["errors"], told["staff"]) == (0, [], 0)


def test_a_base_script_that_only_a_shop_rule_stops_is_told_at_the_shop(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "shops/demo/guard").mkdir()
    (root / "shops/demo/guard/own.yaml").write_text(
        "- {id: own, kind: words, family: cold, severity: warn, owner: 运营, source: 本店, why: 不说, find: [慢慢挑],"
        " must_block: [慢慢挑, 您慢慢挑], must_pass: [您好, 请稍等]}\n"
    )
    code, told = report(capsys, str(root))
    assert code == 1
    assert ["welcome.returning.warm" in error["message"] for error in told["errors"]] == [True]


def test_bad_arguments_are_refused_in_chinese(tmp_path: Path) -> None:
    for args in (
        ["check", str(tmp_path / "nope")],
        ["chek"],
        [],
        ["check", "--jsn"],
        ["try"],
        ["try", "x", "--shop", "y"],
    ):
        with pytest.raises(BadInput) as caught:
            run(args)
        assert any("一" <= char <= "鿿" for char in caught.value.message)


def test_an_empty_folder_is_no_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = report(capsys, str(tmp_path))
    assert code == 1
    assert "缺少 pack.yaml" in told["errors"][0]["message"]


def test_trying_a_sentence_shows_what_the_rules_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["try", "您加我微信 13800138000 聊吧"]) == 1
    assert "leak" in capsys.readouterr().out
    assert run(["try", "--json", "--shop", "demo", "您加我微信 13800138000 聊吧"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "block"
    assert {"rule", "family", "severity", "start", "end", "text", "why", "rewrite", "points"} <= set(told["hits"][0])
    assert run(["try", "您好，欢迎光临，请问想看哪一款呢😊"]) == 0
    assert "可以发送" in capsys.readouterr().out


def test_schemas_are_written_for_every_kind_of_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--out", str(tmp_path / "schemas")]) == 0
    assert run(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    written = {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text())
        for path in (tmp_path / "schemas").iterdir()
    }
    assert written == printed
    assert "scripts" in written
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="换一个文件夹"):
        run(["schema", "--out", str(tmp_path / "file")])
