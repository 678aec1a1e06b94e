"""Editing a shop's own content: what there is, what an edit would change, what is wrong with it, files in and out."""

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field, field_validator

from jinpai.entrypoints.http.access import HouseDep
from jinpai.entrypoints.http.administration.content import Number, Publisher, Reader, Shop, find
from jinpai.entrypoints.http.bodies import Body
from jinpai.flows.content.overlays import Edit, compare, count_entries, edit_overlay, find_section, list_entries
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.packs.archive import pack_files, unpack_files
from jinpai.packs.diff import Change
from jinpai.packs.model import ID_PATTERN
from jinpai.packs.schema import section_schema
from jinpai.packs.store import find_current
from jinpai.packs.yaml import MAX_DEPTH
from jinpai.staff.rights import check_may
from jinpai.staff.store import list_accounts

router = APIRouter(prefix="/api/v1", tags=["content"])

MAX_ARCHIVE = 6 << 20
"""The largest archive, in characters of base64."""

SectionName = Annotated[str, Query(max_length=64)]


class SectionView(BaseModel):
    """A kind of content: how many entries are in force, how many of them are the shop's own."""

    name: str
    folder: str
    entries: int
    own: int


class PersonView(BaseModel):
    """Somebody whom content names by login."""

    login: str
    name: str


class SectionList(BaseModel):
    """Every kind of content a shop may change; `version` is in force, 0 = the packs on the disk alone.

    `people` are the active accounts of the shop, by login.
    """

    version: int
    files: dict[str, str]
    items: list[SectionView]
    people: list[PersonView]


class EntryView(BaseModel):
    """An entry with what is written of it; `value` is null where the shop takes the entry away."""

    id: str
    origin: Literal["base", "shop", "own"]
    file: str
    line: int
    value: dict[str, Any] | None


class EntryList(BaseModel):
    """The entries of a section; `form` is the JSON Schema of one."""

    form: dict[str, Any]
    items: list[EntryView]


class EditForm(Body):
    """An entry to be written as plain JSON values; null gives back what lies below."""

    section: str = Field(min_length=1, max_length=64)
    id: str = Field(min_length=1, max_length=80, pattern=ID_PATTERN)
    value: dict[str, Any] | None

    @field_validator("value")
    @classmethod
    def _can_be_written(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        _check_plain(value, MAX_DEPTH)
        return value


class CheckForm(Body):
    """Files as somebody has them before them (null = those in force), and edits to be written into them.

    With `section` the answer also lists its entries as they would be.
    """

    shop: str = Field(min_length=1, max_length=64)
    section: str | None = Field(default=None, min_length=1, max_length=64)
    files: dict[str, str] | None = Field(max_length=2_000)
    edits: list[EditForm] = Field(max_length=200)


class ProblemView(BaseModel):
    """What is wrong at a place of a file; line 0 = the file as a whole."""

    file: str
    line: int
    message: str


class FieldView(BaseModel):
    """One field of an entry before and after; null where it is not written."""

    name: str
    before: Any
    after: Any


class ChangeView(BaseModel):
    """One entry that is not the same."""

    section: str
    id: str
    kind: Literal["added", "changed", "removed"]
    fields: list[FieldView]


class CheckView(BaseModel):
    """The files with the edits, what is wrong with them, and what they change against what is in force."""

    files: dict[str, str]
    problems: list[ProblemView]
    changes: list[ChangeView]
    entries: list[EntryView] | None


class ChangeList(BaseModel):
    """What would change."""

    changes: list[ChangeView]


class ArchiveForm(Body):
    """A zip of content files, as base64."""

    shop: str = Field(min_length=1, max_length=64)
    archive: str = Field(min_length=1, max_length=MAX_ARCHIVE)


class FilesView(BaseModel):
    """Files, path → text."""

    files: dict[str, str]


@router.get("/content/sections")
def read_sections(house: HouseDep, actor: Reader, shop: Shop) -> SectionList:
    """What a shop may change, and its own files in force."""
    check_may(actor, "content.read", shop)
    version, files = _in_force(house, shop)
    items = [
        SectionView(name=section.name, folder=section.folder, entries=entries, own=own)
        for section, entries, own in count_entries(shop, files)
    ]
    with house.database.read() as connection:
        people = [PersonView(login=one.login, name=one.name) for one in list_accounts(connection, [shop]) if one.active]
    return SectionList(version=version, files=files, items=items, people=people)


@router.get("/content/entries")
def read_entries(house: HouseDep, actor: Reader, shop: Shop, section: SectionName = "auto_replies") -> EntryList:
    """The entries of a section as they are in force."""
    check_may(actor, "content.read", shop)
    schema = section_schema(find_section(section))
    form = {**schema["items"]["anyOf"][0], "$defs": schema["$defs"]}
    return EntryList(form=form, items=_entries(shop, _in_force(house, shop)[1], section))


@router.post("/content/check")
def check_content(house: HouseDep, actor: Publisher, body: CheckForm) -> CheckView:
    """Try files and edits without storing anything."""
    check_may(actor, "content.publish", body.shop)
    _, current = _in_force(house, body.shop)
    edits = [Edit(edit.section, edit.id, edit.value) for edit in body.edits]
    overlay = edit_overlay(body.shop, current, current if body.files is None else body.files, edits)
    return CheckView(
        files=dict(overlay.files),
        problems=[ProblemView.model_validate(problem.as_dict()) for problem in overlay.problems],
        changes=[_change(change) for change in overlay.changes],
        entries=None if body.section is None else _entries(body.shop, overlay.files, body.section),
    )


@router.get("/content/versions/{version_id}/changes")
def read_changes(house: HouseDep, actor: Reader, version_id: Number, shop: Shop) -> ChangeList:
    """What would change if this version were put in force now."""
    check_may(actor, "content.read", shop)
    version = find(house, shop, version_id)
    _, current = _in_force(house, shop)
    return ChangeList(changes=[_change(change) for change in compare(shop, current, version.files)])


@router.get("/content/versions/{version_id}/archive", response_class=Response)
def read_archive(house: HouseDep, actor: Reader, version_id: Number, shop: Shop) -> Response:
    """The version's files as a zip."""
    check_may(actor, "content.read", shop)
    version = find(house, shop, version_id)
    disposition = f'attachment; filename="{shop}-{version_id}.zip"'
    headers = {"content-disposition": disposition}
    return Response(pack_files(version.files), media_type="application/zip", headers=headers)


@router.post("/content/import")
def read_upload(actor: Publisher, body: ArchiveForm) -> FilesView:
    """The files of a zip, to be looked at, checked and proposed; nothing is stored."""
    check_may(actor, "content.publish", body.shop)
    try:
        raw = base64.b64decode(body.archive, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput("上传的文件没有传完整，请重新选择文件") from None
    return FilesView(files=unpack_files(raw))


def _entries(shop: str, files: Mapping[str, str], section: str) -> list[EntryView]:
    return [EntryView.model_validate(found, from_attributes=True) for found in list_entries(shop, files, section)]


def _in_force(house: House, shop: str) -> tuple[int, dict[str, str]]:
    with house.database.read() as connection:
        current = find_current(connection, shop)
    return (0, {}) if current is None else (current.summary.id, dict(current.files))


def _check_plain(value: Any, depth: int) -> None:
    """ValueError for what no content file can hold: too deep, half a character, a number that is none."""
    if depth == 0:
        raise ValueError("套得太深，请拆开写")
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError("文字里有不完整的字符，请删掉后重新输入")
    if isinstance(value, float):
        raise ValueError('小数请写成文字，例如 "9.90"')
    if isinstance(value, dict):
        for key, item in value.items():
            _check_plain(key, depth - 1)
            _check_plain(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            _check_plain(item, depth - 1)


def _change(change: Change) -> ChangeView:
    return ChangeView.model_validate(change, from_attributes=True)
