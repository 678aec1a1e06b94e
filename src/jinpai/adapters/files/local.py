"""Files in a folder of this machine, each under the digest of its content: the same bytes are there once."""

import os
from hashlib import sha256
from pathlib import Path

from jinpai.kit.errors import NotFound
from jinpai.kit.ids import new_secret


class LocalFiles:
    """Keeps files below `folder`, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep these bytes and return their SHA-256 in hex; on disk, whole, once it returns."""
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = path.with_name(f".{new_secret()}")
            try:
                _write(fresh, content)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
            _sync_folder(path.parent)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with this digest; NotFound when they are not here."""
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound("这个文件已经不在了") from None

    def remove(self, digest: str) -> None:
        """Let these bytes go; nothing happens when they are not here."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Without this a crash of the machine could forget the new name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
