"""`jinpai serve` as an operator starts it: from nothing, in a process of its own, ended by SIGTERM."""

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
