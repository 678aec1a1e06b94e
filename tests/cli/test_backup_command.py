"""`jinpai backup` and `restore`: the same shop elsewhere, on either database; what is not whole is refused."""

import gzip
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from tests.conftest import fresh_postgres
from tests.support import nursery
from tests.support.prepared import Prepared
from tests.support.server import COMMAND, Server

from jinpai.kit.database import open_database

PICTURE = b"not really a picture, but nobody looks inside"
DIGEST = sha256(PICTURE).hexdigest()


def jinpai(server: Server, *args: str, code: int = 0, **more: str) -> str:
    done = nursery.run(list(args), {**server.environment, **more})
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stderr


def read_all(url: str) -> dict[str, list[Any]]:
    """Every row of every table but the search index, with flags as numbers on both databases."""
    database = open_database(url)
    with database.read() as connection:
        names = [name for name in sa.inspect(connection).get_table_names() if not name.startswith("message_index")]
        found = {name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings().all() for name in names}
    database.close()
    del found["bookmark"]
    plain = {
        name: [{k: int(v) if v is True or v is False else v for k, v in row.items()} for row in rows]
        for name, rows in found.items()
    }
    return {name: sorted(rows, key=repr) for name, rows in plain.items()}


@pytest.fixture
def another_postgres(postgres_server: str) -> Iterator[str]:
    """An empty PostgreSQL database beside the one in use."""
    with fresh_postgres(postgres_server) as url:
        yield url


@pytest.fixture
def kept(database_url: str, prepared: Prepared, tmp_path: Path) -> Server:
    """The demo shop, with a picture."""
    server = prepared.copy(tmp_path / "home", database_url)
    place = server.home / "files" / DIGEST[:2]
    place.mkdir(parents=True)
    (place / DIGEST).write_bytes(PICTURE)
    return server


@pytest.fixture
def archive(kept: Server, tmp_path: Path) -> Path:
    path = tmp_path / "kept.tar"
    told = json.loads(jinpai(kept, "backup", str(path), "--json"))
    assert told["rows"] > 20
    assert (told["files"], told["with_key"], told["bytes"]) == (1, False, path.stat().st_size)
    return path


@pytest.fixture
def elsewhere(tmp_path: Path, kept: Server) -> Server:
    """An empty place with SQLite, and the key laid ready."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    (home / "secret.key").write_text((kept.home / "secret.key").read_text())
    return Server(home, f"sqlite:///{home / 'jinpai.db'}", accounts=dict(kept.accounts))


def test_the_shop_is_the_same_elsewhere_and_back_again(
    kept: Server, archive: Path, elsewhere: Server, tmp_path: Path, another_postgres: str
) -> None:
    jinpai(elsewhere, "restore", str(archive))
    assert read_all(elsewhere.database or "") == read_all(kept.database or "")
    assert (elsewhere.home / "files" / DIGEST[:2] / DIGEST).read_bytes() == PICTURE
    jinpai(elsewhere, "backup", str(tmp_path / "again.tar"))
    there = Server(tmp_path / "there", another_postgres)
    jinpai(there, "restore", str(tmp_path / "again.tar"), JINPAI_SECRET=(kept.home / "secret.key").read_text().strip())
    assert read_all(another_postgres) == read_all(kept.database or "")


def test_a_restored_shop_opens_its_doors(archive: Path, elsewhere: Server) -> None:
    jinpai(elsewhere, "restore", str(archive))
    elsewhere.start()
    try:
        headers = elsewhere.sign_in("xiaolin")
        assert elsewhere.request("GET", f"/api/v1/search?q={quote('冲锋衣')}", headers=headers).status == 200
    finally:
        assert elsewhere.stop() == 0


def test_with_the_key_inside_nothing_else_is_needed(kept: Server, tmp_path: Path) -> None:
    jinpai(kept, "backup", str(tmp_path / "with-key.tar"), "--with-key")
    assert (tmp_path / "with-key.tar").stat().st_mode & 0o077 == 0
    alone = Server(tmp_path / "alone", f"sqlite:///{tmp_path / 'alone' / 'jinpai.db'}")
    jinpai(alone, "restore", str(tmp_path / "with-key.tar"))
    assert (alone.home / "secret.key").read_text().strip() == (kept.home / "secret.key").read_text().strip()
    assert (alone.home / "secret.key").stat().st_mode & 0o077 == 0


def test_without_or_with_another_key_it_says_so(archive: Path, tmp_path: Path) -> None:
    alone = Server(tmp_path / "alone", f"sqlite:///{tmp_path / 'alone' / 'jinpai.db'}")
    assert "secret.key" in jinpai(alone, "restore", str(archive), code=2)
    said = jinpai(alone, "restore", str(archive), code=2, JINPAI_SECRET="A" * 43)
    assert "密钥不匹配" in said
    assert not (tmp_path / "alone").exists()


def test_neither_a_backup_nor_a_shop_is_ever_overwritten(kept: Server, archive: Path, tmp_path: Path) -> None:
    before, rows = archive.read_bytes(), read_all(kept.database or "")
    assert "已经存在" in jinpai(kept, "backup", str(archive), code=2)
    assert "已经有数据" in jinpai(kept, "restore", str(archive), code=2)
    assert archive.read_bytes() == before
    assert read_all(kept.database or "") == rows


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    at = content.index(b"tables/account/") + 600
    content[at] ^= 1
    path.write_bytes(bytes(content))


def rewrite(change: Callable[[str, bytes], bytes]) -> Callable[[Path], None]:
    """The archive with changed members, as somebody who knows its form would forge it."""

    def act(path: Path) -> None:
        with tarfile.open(path) as tar:
            members = [(info.name, tar.extractfile(info).read()) for info in tar]  # type: ignore[union-attr]
        changed = {name: change(name, content) for name, content in members}
        manifest = json.loads(changed["manifest.json"])
        manifest["members"] = {
            name: {"size": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in changed.items()
            if name in manifest["members"]
        }
        changed["manifest.json"] = json.dumps(manifest).encode()
        with tarfile.open(path, "w:") as tar:
            for name, content in changed.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))

    return act


def promote(name: str, content: bytes) -> bytes:
    """Make everybody an owner."""
    if not name.startswith("tables/account/"):
        return content
    return gzip.compress(gzip.decompress(content).replace(b'"agent"', b'"owner"'))


def come_from_the_future(name: str, content: bytes) -> bytes:
    return content.replace(b'"migration": "0', b'"migration": "9') if name == "manifest.json" else content


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut short": (shorten, "不完整"),
    "one bit": (flip, "校验码对不上"),
    "forged": (rewrite(promote), "改动过"),
    "newer": (rewrite(come_from_the_future), "更新的版本"),
    "something else": (lambda path: path.write_bytes(b"hello" * 1000), "不是金牌客服的备份"),
    "empty": (lambda path: path.write_bytes(b""), "不是金牌客服的备份"),
    "gone": (lambda path: path.unlink(), "没有这个文件"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_not_whole_is_refused_before_anything_is_touched(damage: str, archive: Path, elsewhere: Server) -> None:
    act, reason = DAMAGE[damage]
    act(archive)
    assert reason in jinpai(elsewhere, "restore", str(archive), code=2)
    assert [path.name for path in elsewhere.home.iterdir()] == ["secret.key"]


def test_where_there_is_no_room_no_half_backup_is_left(kept: Server, tmp_path: Path) -> None:
    assert "不存在" in jinpai(kept, "backup", str(tmp_path / "no" / "such" / "folder.tar"), code=2)
    full = ["bash", "-c", 'ulimit -f 100; trap "" XFSZ; exec "$@"', "-", *COMMAND, "backup", str(tmp_path / "big.tar")]
    (kept.home / "files" / DIGEST[:2] / DIGEST).write_bytes(os.urandom(600_000))
    done = subprocess.run(full, env=kept.environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "没有留下半份备份" in done.stderr
    assert not list(tmp_path.glob("big.tar*"))


def test_what_an_interrupted_restore_left_does_not_stop_the_next(archive: Path, elsewhere: Server) -> None:
    left = elsewhere.home / "files"
    left.mkdir()
    (left / ".restoring").touch()
    (elsewhere.home / "jinpai.db.restoring").write_bytes(b"half a database")
    jinpai(elsewhere, "restore", str(archive))
    assert not list(elsewhere.home.glob("**/*.restoring"))
    assert (left / DIGEST[:2] / DIGEST).read_bytes() == PICTURE
