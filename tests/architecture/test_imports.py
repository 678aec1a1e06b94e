"""The one-way contract of importlinter.ini holds, and the command line stays light."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--config", "importlinter.ini", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("command", [["content", "check"], ["content", "schema", "--help"], ["--help"]])
def test_commands_for_content_load_neither_web_nor_database(command: list[str]) -> None:
    code = (
        "import sys, contextlib, io\n"
        "from jinpai.entrypoints.cli.main import run\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    run({command!r})\n"
        "print(','.join(sorted({'fastapi', 'sqlalchemy', 'uvicorn'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
