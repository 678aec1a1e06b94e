"""A pack's files as text: read from a folder, written to a folder; nothing outside the folder is ever touched."""

import os
from collections.abc import Mapping
from pathlib import Path

import jinpai
from jinpai.kit.errors import BadInput, Conflict
from jinpai.packs.model import Problem

MAX_BYTES = 1 << 20
"""The largest content file."""

MAX_FILES = 2_000
"""How many files a pack may have."""

INFO_FILE = "pack.yaml"
_IGNORED = frozenset({"README.md"})


def content_root() -> Path:
    """The folder with `base` and `shops`: beside the code in an installed package, `content` in the repository."""
    code = Path(jinpai.__file__).resolve().parent
    packed = code / "_packs"
    return packed if packed.is_dir() else code.parent.parent / "content"


def read_folder(folder: Path, origin: str) -> tuple[dict[str, str], list[Problem]]:
    """The text of every file by its path within the folder (`scripts/welcome.yaml`), and what could not be read.

    `origin` stands before the path in problems. Names that begin with a dot and README.md are passed over.
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    home = folder.resolve()
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        shown = f"{origin}/{name}"
        if not path.resolve().is_relative_to(home):
            problems.append(Problem(shown, 0, "这是指向包外的链接，请把文件本身放进来"))
        elif len(files) >= MAX_FILES:
            problems.append(Problem(shown, 0, f"一个包最多 {MAX_FILES} 个文件，请合并"))
            break
        elif path.is_file():
            text = _read(path, shown)
            if isinstance(text, Problem):
                problems.append(text)
            else:
                files[name] = text
        else:
            problems.append(Problem(shown, 0, "这不是普通文件，请移走"))
    return files, problems


def _walk(folder: Path) -> list[Path]:
    """Everything that is not a real folder, in order; links to folders are listed, never followed."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        found += [here / name for name in (*names, *links) if not name.startswith(".") and name not in _IGNORED]
    return sorted(found)


def _read(path: Path, shown: str) -> str | Problem:
    if path.stat().st_size > MAX_BYTES:
        return Problem(shown, 0, f"文件超过 {MAX_BYTES >> 20} MB，请拆成几个小文件")
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Problem(shown, line, f"不是 UTF-8 编码（{_guess(raw)}），请用编辑器另存为 UTF-8")


def _guess(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "看起来是 UTF-16，即记事本里的“Unicode”"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "可能已损坏或不是文字文件"
    return "看起来是 GBK，即记事本里的“ANSI”"


def write_folder(files: Mapping[str, str], folder: Path) -> None:
    """Write the files into a new or empty folder; Conflict when something is there, nothing is overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"{folder} 已经有内容了，请换一个空文件夹再导出")
    home = folder.resolve()
    targets = {(folder / name).resolve(): text for name, text in files.items()}
    for target in targets:
        if not target.is_relative_to(home):
            raise BadInput("内容里有指向包外的文件名，没有导出任何文件")
    for target, text in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
