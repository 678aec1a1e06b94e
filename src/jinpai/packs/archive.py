"""A shop's files as one zip to keep or carry elsewhere, and back; nothing is unpacked to the disk."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from jinpai.kit.errors import BadInput
from jinpai.packs.files import MAX_BYTES, MAX_FILES

MAX_TOTAL = 4 * MAX_BYTES
"""How much an archive may hold once unpacked, in bytes."""

_NEVER_CHANGES = (2000, 1, 1, 0, 0, 0)


def pack_files(files: Mapping[str, str]) -> bytes:
    """The files as a zip; the same files make the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(files):
            info = zipfile.ZipInfo(path, _NEVER_CHANGES)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, files[path].encode())
    return archive.getvalue()


def unpack_files(archive: bytes) -> dict[str, str]:
    """The files of a zip, path → text; a single folder around them all is left out. BadInput saying what to do."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            return _without_outer_folder(_read(packed))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise BadInput("这不是能打开的 zip 文件，请重新导出或压缩后再上传") from None


def _read(packed: zipfile.ZipFile) -> dict[str, str]:
    members = [member for member in packed.infolist() if not member.is_dir() and not _is_litter(member.filename)]
    if len(members) > MAX_FILES:
        raise BadInput(f"压缩包里最多 {MAX_FILES} 个文件，请精简")
    files: dict[str, str] = {}
    left = MAX_TOTAL
    for member in members:
        path = member.filename
        if path.startswith("/") or ".." in path.split("/") or "\\" in path or "\0" in path:
            raise BadInput("压缩包里有指向外面的文件名，没有导入任何文件")
        with packed.open(member) as stream:
            raw = stream.read(min(left, MAX_BYTES) + 1)
        left -= len(raw)
        if len(raw) > MAX_BYTES or left < 0:
            raise BadInput(f"“{path}”太大，单个文件最多 {MAX_BYTES >> 20} MB，合计最多 {MAX_TOTAL >> 20} MB")
        try:
            files[path] = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BadInput(f"“{path}”不是 UTF-8 文字，请另存为 UTF-8 后再压缩") from None
    return files


def _is_litter(path: str) -> bool:
    """What operating systems add by themselves."""
    return path.startswith("__MACOSX/") or path.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db", "README.md")


def _without_outer_folder(files: dict[str, str]) -> dict[str, str]:
    outer = {path.partition("/")[0] for path in files}
    if len(outer) == 1 and all(path.count("/") >= 2 or path.endswith("/pack.yaml") for path in files):
        return {path.partition("/")[2]: text for path, text in files.items()}
    return files
