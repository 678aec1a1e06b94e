"""Whatever is typed wrongly: one Chinese sentence on stderr, exit code 2, no stack trace, nothing half done."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.support import nursery

CHINESE = re.compile(r"[\u4e00-\u9fff]")

WRONG = [
    ["nothing-like-this"],
    ["init", "--unknown"],
    ["init", "--shop"],
    ["serve", "--port", "abc"],
    ["serve", "extra"],
    ["channel", "no-such-channel"],
    ["content"],
    ["content", "nothing"],
    ["content", "check", "/no/such/folder"],
    ["content", "try"],
    ["replay"],
    ["replay", "/no/such/file.jsonl", "--agents-file", "/no/such/accounts"],
]


def run(args: list[str], home: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    return nursery.run(args, {**os.environ, "JINPAI_HOME": str(home), **more})


@pytest.mark.parametrize("args", WRONG, ids=" ".join)
def test_wrong_arguments_are_told_in_chinese(args: list[str], tmp_path: Path) -> None:
    done = run(args, tmp_path / "home")
    assert done.returncode == 2, done
    assert CHINESE.search(done.stderr)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("command", ["", "init", "serve", "channel", "content", "replay"])
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    done = run([*([command] if command else []), "--help"], tmp_path)
    assert done.returncode == 0
    assert CHINESE.search(done.stdout)


def test_serving_an_unprepared_home_says_what_to_do(tmp_path: Path) -> None:
    done = run(["serve"], tmp_path / "home")
    assert done.returncode == 2
    assert "jinpai init" in done.stderr


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_database_that_cannot_be_opened_is_told_in_chinese(tmp_path: Path, url: str) -> None:
    done = run(["init"], tmp_path / "home", JINPAI_DATABASE=url)
    assert done.returncode == 2, done
    assert CHINESE.search(done.stderr)
    assert "Traceback" not in done.stderr


def test_another_key_than_the_databases_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(["init"], home).returncode == 0
    wrong = "A" * 43
    done = run(["serve"], home, JINPAI_SECRET=wrong)
    assert done.returncode == 2
    assert "密钥" in done.stderr


def test_preparing_twice_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(["init", "--demo"], home).returncode == 0
    before = (home / "accounts.txt").read_text(), (home / "secret.key").read_text()
    again = run(["init", "--demo"], home)
    assert "没有改动" in again.stdout
    assert ((home / "accounts.txt").read_text(), (home / "secret.key").read_text()) == before
