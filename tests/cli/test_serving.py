"""`jinpai serve` as an operator starts it: from nothing, in a process of its own, ended by SIGTERM."""

import socket
import subprocess
from pathlib import Path

from tests.support.prepared import Prepared
from tests.support.server import COMMAND, free_port


def test_serve_begins_from_nothing_and_ends_when_told(prepared: Prepared, tmp_path: Path) -> None:
    server = prepared.copy(tmp_path / "home", f"sqlite:///{tmp_path / 'jinpai.db'}")
    server.port = free_port()
    command = [*COMMAND, "serve", "--port", str(server.port)]
    with (server.home / "server.log").open("ab") as log:
        process = subprocess.Popen(command, env=server.environment, stdout=log, stderr=log)
        try:
            server.wait_ready()
            assert server.request("GET", "/healthz").status == 200
            process.terminate()
            assert process.wait(30) == 0
        finally:
            process.kill()
            process.wait(10)
    assert f"http://localhost:{server.port}/" in (server.home / "server.log").read_text()


def test_a_port_that_is_taken_is_told_with_what_to_do(prepared: Prepared, tmp_path: Path) -> None:
    server = prepared.copy(tmp_path / "home", f"sqlite:///{tmp_path / 'jinpai.db'}")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*COMMAND, "serve", "--port", str(port)]
        done = subprocess.run(command, env=server.environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert f"打不开端口 {port}" in done.stderr
    assert f"PORT={port + 1} make run" in done.stderr
    assert "接待台" not in done.stdout
