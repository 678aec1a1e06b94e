"""The archive: a tar whose last members name all others with their checksums, under the installation's signature.

It gets its name only when it is complete, so what bears the name is whole; and nothing of it is used before all of it
has been checked.
"""

import fcntl
import hmac
import io
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import orjson

from jinpai.kit.errors import BadInput
from jinpai.kit.sealing import Sealer

FORMAT = 1
HEAD, MANIFEST, SIGNATURE, KEY = "jinpai-backup", "manifest.json", "manifest.sig", "secret.key"
_PIECE = 1 << 20
_NAMES = re.compile(r"tables/[a-z_]+/\d{6}\.jsonl\.gz|files/[0-9a-f]{2}/[0-9a-f]{64}|secret\.key")
_LARGEST_MANIFEST = 200_000_000

BROKEN = "备份文件不完整（可能没有写完，或者复制时断了），请换一份备份；原来的数据没有动过"
CHANGED = "备份文件的内容和它的校验码对不上（{name}），可能已损坏或被改动，请换一份备份；原来的数据没有动过"
FOREIGN = "这不是金牌客服的备份文件，请检查文件名"
NEWER = "这个备份来自更新的版本（{version}），请先把程序升级到这个版本再恢复"
UNSIGNED = "备份和密钥不匹配：请使用备份时的 JINPAI_SECRET 或 secret.key；如果密钥没错，就是备份被改动过，请换一份"


@dataclass(slots=True)
class Pen:
    """An archive being written: every member's size and checksum is remembered."""

    _tar: tarfile.TarFile
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, content: bytes) -> None:
        """Write a member."""
        self.members[name] = {"size": len(content), "sha256": sha256(content).hexdigest()}
        self._write(name, content)

    def seal(self, manifest: Mapping[str, Any], sealer: Sealer) -> None:
        """Write the manifest and sign it; nothing may follow."""
        content = orjson.dumps({**manifest, "members": self.members}, option=orjson.OPT_INDENT_2)
        self._write(MANIFEST, content)
        self._write(SIGNATURE, sign(sealer, content).encode())

    def _write(self, name: str, content: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(content), 0o600
        self._tar.addfile(info, io.BytesIO(content))


@contextmanager
def writing(path: Path) -> Iterator[Pen]:
    """Write an archive that appears under its name when the block is done; BadInput where that cannot be."""
    if path.exists():
        raise BadInput(f"{path} 已经存在，不会覆盖旧的备份，请换一个文件名")
    if not path.parent.is_dir():
        raise BadInput(f"文件夹 {path.parent} 不存在，请先建好")
    partial = path.with_name(f"{path.name}.partial")
    try:
        with _exclusive(partial) as file:
            try:
                with tarfile.open(fileobj=file, mode="w:", format=tarfile.GNU_FORMAT) as tar:
                    pen = Pen(tar)
                    pen._write(HEAD, str(FORMAT).encode())
                    yield pen
                file.flush()
                os.fsync(file.fileno())
                partial.rename(path)
            except BaseException:
                partial.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BadInput(f"备份写不进 {path}：{_reason(error)}。没有留下半份备份") from None
    sync_folder(path.parent)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose every member has been checked against its manifest."""

    tar: tarfile.TarFile
    manifest: Mapping[str, Any]
    content: bytes
    signature: str

    def read(self, name: str) -> bytes:
        """A member's content."""
        return _member(self.tar, self.tar.getmember(name))

    def names(self, folder: str) -> list[str]:
        """The members of a folder, in order."""
        return sorted(name for name in self.manifest["members"] if name.startswith(f"{folder}/"))

    def check_signature(self, sealer: Sealer) -> None:
        """BadInput unless the installation with this key made the archive as it is."""
        if not hmac.compare_digest(sign(sealer, self.content), self.signature):
            raise BadInput(UNSIGNED)


@contextmanager
def reading(path: Path) -> Iterator[Archive]:
    """The archive, with every checksum verified; BadInput saying what is wrong with it."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BadInput(f"打不开备份文件 {path}：{_reason(error)}") from None
    with file, _opened(file) as tar:
        try:
            archive = _checked(tar)
        except tarfile.ReadError:
            raise BadInput(BROKEN) from None
        yield archive


def sign(sealer: Sealer, content: bytes) -> str:
    """The installation's signature under a manifest."""
    return sealer.sign("backup", sha256(content).hexdigest())


def _opened(file: IO[bytes]) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=file, mode="r:")
    except tarfile.ReadError:
        raise BadInput(FOREIGN) from None


def _checked(tar: tarfile.TarFile) -> Archive:
    sums: dict[str, dict[str, Any]] = {}
    last: dict[str, bytes] = {}
    for at, info in enumerate(tar):
        if (at == 0) != (info.name == HEAD) or not info.isreg():
            raise BadInput(FOREIGN)
        if at == 0:
            _check_format(_member(tar, info))
        elif info.name in (MANIFEST, SIGNATURE) and info.size <= _LARGEST_MANIFEST:
            last[info.name] = _member(tar, info)
        elif _NAMES.fullmatch(info.name) and not last and info.name not in sums:
            sums[info.name] = _sum(tar, info)
        else:
            raise BadInput(CHANGED.format(name=info.name))
    if last.keys() != {MANIFEST, SIGNATURE}:
        raise BadInput(BROKEN)
    try:
        manifest = orjson.loads(last[MANIFEST])
    except orjson.JSONDecodeError:
        raise BadInput(CHANGED.format(name=MANIFEST)) from None
    _compare(sums, manifest.get("members", {}))
    return Archive(tar, manifest, last[MANIFEST], last[SIGNATURE].decode(errors="replace"))


def _check_format(content: bytes) -> None:
    if not content.isdigit():
        raise BadInput(FOREIGN)
    if int(content) > FORMAT:
        raise BadInput(NEWER.format(version=f"备份格式 {int(content)}"))


def _compare(sums: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    for name in told.keys() | sums.keys():
        if sums.get(name) != told.get(name):
            raise BadInput(CHANGED.format(name=name))


def _sum(tar: tarfile.TarFile, info: tarfile.TarInfo) -> dict[str, Any]:
    found, size = sha256(), 0
    content = tar.extractfile(info)
    while content is not None and (piece := content.read(_PIECE)):
        found.update(piece)
        size += len(piece)
    if size != info.size:
        raise BadInput(BROKEN)
    return {"size": size, "sha256": found.hexdigest()}


def _member(tar: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    content = tar.extractfile(info)
    read = b"" if content is None else content.read()
    if len(read) != info.size:
        raise BadInput(BROKEN)
    return read


@contextmanager
def _exclusive(partial: Path) -> Iterator[IO[bytes]]:
    """The file for this process alone; what a killed process left of it is written over."""
    handle = os.open(partial, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput("另一个备份正在写这个文件，请等它结束，或者换一个文件名") from None
        file.truncate()
        yield file


def sync_folder(folder: Path) -> None:
    """Make sure that names given in this folder outlive a crash of the machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: OSError) -> str:
    reasons: Mapping[type[OSError], str] = {
        FileNotFoundError: "没有这个文件",
        PermissionError: "没有权限",
        IsADirectoryError: "这是一个文件夹",
    }
    return reasons.get(type(error), "磁盘满了，请腾出空间" if error.errno == ENOSPC else str(error.strerror))
