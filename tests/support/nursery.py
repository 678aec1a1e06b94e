"""Servers as children of one process that has read the code and the content: reading takes longer than most tests do.

A child is a process like any other from there on, with its own environment, log and end. How `jinpai serve` starts
from nothing is shown by tests/cli/test_serving.py and measured by bench/start.py.
"""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from multiprocessing.process import BaseProcess
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.support.warm"])


class Child:
    """The command line `jinpai …` in a process of its own, asked and told as a `subprocess.Popen` is."""

    def __init__(
        self,
        arguments: list[str],
        environment: dict[str, str],
        log: Path,
        errors: Path | None = None,
        at: int | None = None,
    ) -> None:
        self.args = arguments
        told = arguments, environment, log, errors or log, at
        self._process: BaseProcess = _CONTEXT.Process(target=_live, args=told, daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """The exit code (negative: the signal that ended it), None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float) -> int:
        """The exit code, once there is one; TimeoutExpired when that takes longer."""
        self._process.join(seconds)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(self.args, seconds)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal; who has ended does not mind."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM, as a deployment does it."""
        self.send_signal(signal.SIGTERM)


def run(
    arguments: list[str], environment: dict[str, str], seconds: float = 120, at: int | None = None
) -> "subprocess.CompletedProcess[str]":
    """The command line `jinpai …` until it ends, with what it said; TimeoutExpired when that takes longer.

    With `at`, its clock stands still at that time.
    """
    with tempfile.TemporaryDirectory() as folder:
        said, complained = Path(folder, "stdout"), Path(folder, "stderr")
        code = Child(arguments, environment, said, complained, at).wait(seconds)
        return subprocess.CompletedProcess(arguments, code, said.read_text("utf-8"), complained.read_text("utf-8"))


def _live(arguments: list[str], environment: dict[str, str], log: Path, errors: Path, at: int | None) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, log), (2, errors)):
        with path.open("ab") as words:
            os.dup2(words.fileno(), number)
    from jinpai.entrypoints.cli.main import run
    from jinpai.kit import clock

    if at is not None:
        clock.SystemClock.now = lambda _: at  # type: ignore[method-assign]
    sys.exit(run(arguments))
