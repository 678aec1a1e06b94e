"""A shop's own content while somebody edits it: what it would be, what is wrong with it, what it would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jinpai.desk.actions import add_shop
from jinpai.flows.content.checks import check_shop_files
from jinpai.flows.content.sections import SECTIONS, SHOP_FOLDER, SHOPS, load_own_files, load_shop_pack
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import NotFound
from jinpai.packs.actions import publish_version
from jinpai.packs.diff import Change, diff
from jinpai.packs.editing import set_entry
from jinpai.packs.model import ContentSource, Problem, Section
from jinpai.packs.store import Version

Origin = Literal["base", "shop", "own"]
"""Where an entry comes from: the pack that ships, the shop's pack on the disk, the shop's own published files."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry to be written into the shop's own files as plain JSON values; None gives back what lies below."""

    section: str
    id: str
    value: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Overlay:
    """Files as they would be, everything wrong with them, and what they change against what is in force."""

    files: Mapping[str, str]
    problems: Sequence[Problem]
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as lists show it; `value` has only what is written, None where the shop takes the entry away."""

    id: str
    origin: Origin
    file: str
    line: int
    value: Mapping[str, Any] | None


def edit_overlay(
    shop: str, current: Mapping[str, str], files: Mapping[str, str], edits: Sequence[Edit], root: Path | None = None
) -> Overlay:
    """The files with the edits, checked as publishing would check them; changes only where they could be read."""
    for edit in edits:
        files = set_entry(files, find_section(edit.section).folder, edit.id, edit.value)
    problems = check_shop_files(shop, files, root)
    return Overlay(files, problems, () if problems else compare(shop, current, files, root))


def compare(
    shop: str, before: Mapping[str, str], after: Mapping[str, str], root: Path | None = None
) -> Sequence[Change]:
    """What changes for the shop when `after` takes the place of `before`."""
    return diff(load_shop_pack(shop, before, root).pack, load_shop_pack(shop, after, root).pack)


def publish_overlay(version: Version, author: str) -> Action[None]:
    """Put a version in force, and call the shop what its profile calls it; BadInput with all problems."""
    shop = version.summary.shop
    publish = publish_version(version, author, check_shop_files)
    profiles = load_shop_pack(shop, version.files).pack.entries(SHOPS)
    name = next((profile.name for profile in profiles if profile.id == shop), None)

    def act(tx: Tx) -> None:
        publish(tx)
        if name is not None:
            add_shop(tx, shop, name)

    return act


def list_entries(shop: str, files: Mapping[str, str], section: str, root: Path | None = None) -> Iterator[Listed]:
    """Every entry of a section as it is in force, then those the shop's own files take away."""
    wanted = find_section(section)
    own = load_own_files(files).pack.sources.get(wanted.name, {})
    merged = load_shop_pack(shop, files, root).pack.sources.get(wanted.name, {})
    for id, source in {**merged, **own}.items():
        yield Listed(id, "own" if id in own else _origin(source), source.file, source.line, _value(source))


def count_entries(
    shop: str, files: Mapping[str, str], root: Path | None = None
) -> Iterator[tuple[Section[Any], int, int]]:
    """Every section a shop may change, with how many entries are in force and how many are the shop's own."""
    own = load_own_files(files).pack.sources
    merged = load_shop_pack(shop, files, root).pack.sources
    for section in SECTIONS:
        if not section.seed:
            yield section, len(merged.get(section.name, {})), len(own.get(section.name, {}))


def find_section(name: str) -> Section[Any]:
    """The section of this name that a shop may change; NotFound else."""
    for section in SECTIONS:
        if section.name == name and not section.seed:
            return section
    raise NotFound("没有这类内容，请刷新页面再试")


def _origin(source: ContentSource) -> Origin:
    return "shop" if source.file.startswith(f"{SHOP_FOLDER}/") else "base"


def _value(source: ContentSource) -> Mapping[str, Any] | None:
    return None if source.entry is None else source.entry.model_dump(mode="json", exclude_unset=True)
