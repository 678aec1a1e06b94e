"""Writing one entry into a shop's own files without touching the others: what a form saves is what an editor shows."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from jinpai.kit.errors import BadInput
from jinpai.packs.yaml import Document, YamlError

OWN_FILE = "own.yaml"
"""Where an entry goes that none of the shop's files has yet."""


class _Dumper(yaml.SafeDumper):
    """Block style as people write it: lists indented under their field, several lines as a block."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never without indent: `- ` under its field."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Content has no anchors."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def dump_entries(entries: list[Any]) -> str:
    """The entries as a content file."""
    return yaml.dump(entries, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def write_entries(entries: Iterable[Mapping[str, Any]]) -> str:
    """Many entries as a content file, each value on one line, lists of parts one part a line; much faster to write."""
    lines: list[str] = []
    for entry in entries:
        lead = "- "
        for name, value in entry.items():
            if isinstance(value, list) and any(isinstance(part, dict) for part in value):
                lines += [f"{lead}{name}:", *(f"    - {_line(part)}" for part in value)]
            else:
                lines.append(f"{lead}{name}: {_line(value)}")
            lead = "  "
    return "\n".join((*lines, ""))


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def set_entry(files: Mapping[str, str], folder: str, id: str, value: Mapping[str, Any] | None) -> dict[str, str]:
    """The files with this entry written into them, or taken out of them (None); a file left without entries goes.

    The entry stays in the file that has it, the other lines of that file stay as they are. BadInput when a file of
    the folder cannot be read.
    """
    entry = None if value is None else {"id": id, **{key: item for key, item in value.items() if key != "id"}}
    changed = dict(files)
    for path in sorted(files):
        if path.startswith(f"{folder}/") and (at := _place(path, files[path], id)) is not None:
            text = _spliced(path, files[path], at, entry)
            if text is None:
                del changed[path]
            else:
                changed[path] = text
            return changed
    if entry is not None:
        path = f"{folder}/{OWN_FILE}"
        changed[path] = _appended(path, files.get(path, ""), entry)
    return changed


def _entries(path: str, text: str) -> tuple[list[Any], Document]:
    try:
        document = Document(text)
    except YamlError as error:
        raise BadInput(f"{path} 第 {error.line} 行：{error.message}。请先在“文件”里改好，再用表单") from None
    if not isinstance(document.data, list | None):
        raise BadInput(f"{path} 应是列表，每条以“- id:”开头。请先在“文件”里改好，再用表单")
    return document.data or [], document


def _place(path: str, text: str, id: str) -> int | None:
    entries, _ = _entries(path, text)
    return next((at for at, entry in enumerate(entries) if isinstance(entry, dict) and entry.get("id") == id), None)


def _spliced(path: str, text: str, at: int, entry: dict[str, Any] | None) -> str | None:
    """The file with this entry instead of the one at `at`; None when nothing is left."""
    entries, document = _entries(path, text)
    wanted = [*entries[:at], *([] if entry is None else [entry]), *entries[at + 1 :]]
    if not wanted:
        return None
    lines = text.splitlines(keepends=True)
    start = document.line_of([at]) - 1
    end = document.line_of([at + 1]) - 1 if at + 1 < len(entries) else len(lines)
    middle = "" if entry is None else dump_entries([entry]) + ("\n" if end < len(lines) else "")
    return _sure("".join(lines[:start]) + middle + "".join(lines[end:]), wanted)


def _appended(path: str, text: str, entry: dict[str, Any]) -> str:
    entries, _ = _entries(path, text)
    if not entries:
        return dump_entries([entry])
    return _sure(f"{text.rstrip()}\n\n{dump_entries([entry])}", [*entries, entry])


def _sure(text: str, wanted: list[Any]) -> str:
    """The text, if it says what is wanted; written anew where the file's own style does not allow cutting lines."""
    try:
        if Document(text).data == wanted:
            return text
    except YamlError:
        pass
    return dump_entries(wanted)
