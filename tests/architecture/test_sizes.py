"""Small files, small functions, empty packages: no exemptions."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_FILE = 300
MAX_FUNCTION = 40


def tracked(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    names = listed.stdout.decode().splitlines()
    return [ROOT / name for name in names if name.endswith(endings) and (ROOT / name).is_file()]


def test_no_hand_written_file_is_longer_than_300_lines() -> None:
    files = tracked(".py", ".ts", ".vue", ".css")
    long = {str(f.relative_to(ROOT)): n for f in files if (n := len(f.read_text().splitlines())) > MAX_FILE}
    assert files
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in tracked(".py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    ]
    assert long == []


def test_every_init_is_empty() -> None:
    assert [str(f) for f in tracked("__init__.py") if f.read_text().strip()] == []


def test_locks_carry_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "web/package-lock.json"):
        assert "://" not in _without_funding((ROOT / name).read_text()), name


def _without_funding(text: str) -> str:
    """A package's own funding page in package-lock.json is not where it is fetched from."""
    lines = text.splitlines()
    return "\n".join(line for line in lines if '"url": "http' not in line and '"funding": "http' not in line)


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later(word: str) -> None:
    here = Path(__file__)
    found = [
        str(f.relative_to(ROOT))
        for f in tracked(".py", ".ts", ".vue")
        if f != here and re.search(rf"\b{word}\b", f.read_text())
    ]
    assert found == []
