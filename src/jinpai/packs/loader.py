"""Reads a pack strictly: what is unknown, repeated or of the wrong type is named with file, line and the fix."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from jinpai.packs.files import INFO_FILE, MAX_BYTES, MAX_FILES, read_folder
from jinpai.packs.model import ID_PATTERN, ContentSource, Loaded, Pack, PackInfo, Problem, Section
from jinpai.packs.wording import explain
from jinpai.packs.yaml import Document, YamlError

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}\.yaml")
_ID = re.compile(ID_PATTERN)
_TOMBSTONE_KEYS = frozenset({"id", "removed", "note"})


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    origin: str
    sections: Mapping[str, Section[Any]]
    info: PackInfo | None = None
    sources: dict[str, dict[str, ContentSource]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def shown(self, path: str) -> str:
        return f"{self.origin}/{path}" if self.origin else path


def load_folder(folder: Path, sections: Sequence[Section[Any]], origin: str, *, history: bool = True) -> Loaded:
    """The pack in this folder; `origin` is how the folder is called in problems.

    Without `history` the files of such sections are passed over.
    """
    if not folder.is_dir():
        return Loaded(Pack(), (Problem(origin, 0, "没有这个文件夹，请检查路径"),))
    files, unreadable = read_folder(folder, origin)
    past = () if history else tuple(f"{section.folder}/" for section in sections if section.history)
    chosen = {path: text for path, text in files.items() if not path.startswith(past)}
    loaded = _load_once(tuple(chosen.items()), tuple(sections), origin)
    problems = [*unreadable, *loaded.problems]
    if INFO_FILE not in files and not any(problem.file.endswith(f"/{INFO_FILE}") for problem in problems):
        problems.append(Problem(f"{origin}/{INFO_FILE}", 0, "缺少 pack.yaml，请写上 name、title 和 kind"))
    return Loaded(loaded.pack, tuple(sorted(problems, key=lambda problem: (problem.file, problem.line))))


@lru_cache(maxsize=8)
def _load_once(files: tuple[tuple[str, str], ...], sections: tuple[Section[Any], ...], origin: str) -> Loaded:
    """What `load_files` makes of a folder's files; a folder that says the same as before is not read again.

    Packs do not change once they are made, and reading one takes a third of a second that chats would wait for.
    """
    return load_files(dict(files), sections, origin)


def load_files(files: Mapping[str, str], sections: Sequence[Section[Any]], origin: str = "") -> Loaded:
    """The pack these files make, given as path → text; `pack.yaml` may be absent."""
    reading = _Reading(origin, {section.folder: section for section in sections})
    reading.sources = {section.name: {} for section in sections}
    if len(files) > MAX_FILES:
        reading.problems.append(Problem(origin, 0, f"一个包最多 {MAX_FILES} 个文件，请合并"))
        return Loaded(Pack(), tuple(reading.problems))
    for path in sorted(files):
        section = _section_of(path, reading)
        if section is None and path != INFO_FILE:
            continue
        document = _parse(path, files[path], reading)
        if document is None:
            continue
        if section is None:
            _read_info(document, reading)
        else:
            _read_entries(path, document, section, reading)
    problems = sorted(reading.problems, key=lambda problem: (problem.file, problem.line))
    return Loaded(Pack(reading.info, reading.sources), tuple(problems))


def _section_of(path: str, reading: _Reading) -> Section[Any] | None:
    """The section this file belongs to; a problem is noted for what has no place in a pack."""
    if path == INFO_FILE:
        return None
    folder, _, name = path.partition("/")
    section = reading.sections.get(folder)
    message = ""
    if not name:
        message = "这里只能放 pack.yaml 和内容文件夹，请把文件移到对应的文件夹里"
    elif section is None:
        near = get_close_matches(folder, list(reading.sections), n=1)
        known = f"是不是想写“{near[0]}”？" if near else f"可用的有：{'、'.join(sorted(reading.sections))}"
        message = f"不认识文件夹“{folder}”，{known}"
    elif not _FILE_NAME.fullmatch(name):
        message = "文件名要以 .yaml 结尾，只用字母、数字和 . _ -，直接放在这个文件夹里；不用的文件请移走"
    if message:
        reading.problems.append(Problem(reading.shown(path), 0, message))
        return None
    return section


def _parse(path: str, text: str, reading: _Reading) -> Document | None:
    shown = reading.shown(path)
    if len(text) > MAX_BYTES:
        reading.problems.append(Problem(shown, 0, f"文件超过 {MAX_BYTES >> 20} MB，请拆成几个小文件"))
        return None
    try:
        document = Document(text)
    except YamlError as error:
        reading.problems.append(Problem(shown, error.line, error.message))
        return None
    if document.data is None:
        reading.problems.append(Problem(shown, 1, "文件是空的，请写上内容或删掉它"))
        return None
    return document


def _read_info(document: Document, reading: _Reading) -> None:
    reading.info = _validated(PackInfo, document.data, document, (), reading, INFO_FILE)


def _read_entries(path: str, document: Document, section: Section[Any], reading: _Reading) -> None:
    shown = reading.shown(path)
    if not isinstance(document.data, list):
        reading.problems.append(Problem(shown, 1, "最外层应是列表，每条内容以“- id: …”开头"))
        return
    known = reading.sources[section.name]
    for index, data in enumerate(document.data):
        line = document.line_of((index,))
        message = _id_problem(data, known)
        if message:
            reading.problems.append(Problem(shown, line, message))
            continue
        if "removed" in data:
            entry = None
            if data["removed"] is not True or not _TOMBSTONE_KEYS.issuperset(data):
                message = "要去掉一条，只写 id 和 removed: true（可加 note）；要保留就删掉 removed 这一行"
                reading.problems.append(Problem(shown, line, f"“{data['id']}”：{message}"))
        else:
            entry = _validated(section.shape, data, document, (index,), reading, path)
            if entry is None:
                continue
        known[data["id"]] = ContentSource(entry, shown, line)


def _id_problem(data: Any, known: Mapping[str, ContentSource]) -> str:
    if not isinstance(data, dict):
        return "每条内容应是“字段: 内容”的形式，第一行写“- id: …”"
    if "id" not in data:
        return "缺少 id，请给这条内容起一个不重复的名字"
    id = data["id"]
    if not isinstance(id, str):
        return "id 应是文字；纯数字请加引号"
    if not _ID.fullmatch(id):
        return f"id“{id[:80]}”只能用小写字母、数字和中间的 . _ -"
    if id in known:
        return f"id“{id}”已经用在 {known[id].file} 第 {known[id].line} 行，请换一个"
    return ""


def _validated(
    shape: type[BaseModel], data: Any, document: Document, at: tuple[int, ...], reading: _Reading, path: str
) -> Any:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        name = f"“{data['id']}”：" if at else ""
        for place, sentence in explain(error.errors(include_url=False, include_input=False), data, shape):
            reading.problems.append(Problem(reading.shown(path), document.line_of((*at, *place)), name + sentence))
        return None
