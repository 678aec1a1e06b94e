"""A shop's own content over HTTP: its versions, proposing one, publishing one or going back to it."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.flows.content.checks import check_shop_files
from jinpai.flows.content.overlays import publish_overlay
from jinpai.flows.ports import House
from jinpai.kit.errors import NotFound
from jinpai.packs.actions import propose_version
from jinpai.packs.store import Summary, Version, current_versions, find_version, list_versions
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["content"])

PAGE = 50

Shop = Annotated[str, Query(max_length=64)]
Reader = Annotated[Actor, needs("content.read")]
Publisher = Annotated[Actor, needs("content.publish")]


class VersionView(BaseModel):
    """A version of a shop's own content; `published` marks the one in force."""

    id: int
    created_at: int
    author: str
    author_name: str | None
    note: str
    digest: str
    published: bool


class VersionList(BaseModel):
    """Fifty versions, newest first; `next` asks `before` for the following ones, null at the end."""

    items: list[VersionView]
    next: int | None


class VersionFiles(VersionView):
    """A version with its files, path → text."""

    files: dict[str, str]


class VersionForm(Body):
    """The shop's own files, path → text, whole: what is absent is no longer the shop's own."""

    shop: str = Field(min_length=1, max_length=64)
    note: str = Field(max_length=500)
    files: dict[str, str] = Field(max_length=2_000)


class PublishForm(Body):
    """Whose version it is."""

    shop: str = Field(min_length=1, max_length=64)


Number = Annotated[int, Path(ge=0, lt=1 << 31)]


@router.get("/content/versions")
def read_versions(
    house: HouseDep,
    actor: Reader,
    shop: Shop,
    before: Annotated[int | None, Query(ge=1, lt=1 << 31)] = None,
) -> VersionList:
    """The versions of a shop's own content."""
    check_may(actor, "content.read", shop)
    with house.database.read() as connection:
        found = list_versions(connection, shop, PAGE, before)
    last = found[-1].id if len(found) == PAGE else None
    return VersionList(items=_views(house, shop, found), next=last)


@router.get("/content/versions/{version_id}")
def read_version(house: HouseDep, actor: Reader, version_id: Number, shop: Shop) -> VersionFiles:
    """One version with its files."""
    check_may(actor, "content.read", shop)
    version = find(house, shop, version_id)
    (view,) = _views(house, shop, [version.summary])
    return VersionFiles(**view.model_dump(), files=dict(version.files))


@router.post("/content/versions", status_code=201)
def add_version(house: HouseDep, actor: Publisher, body: VersionForm) -> VersionView:
    """Check the files against everything below them and store them as a version, not yet in force."""
    check_may(actor, "content.publish", body.shop)
    action = propose_version(body.shop, actor.author, body.note, body.files, check_shop_files)
    (view,) = _views(house, body.shop, [house.writer.run(action)])
    return view


@router.post("/content/versions/{version_id}/publish")
def put_in_force(house: HouseDep, actor: Publisher, version_id: Number, body: PublishForm) -> VersionView:
    """Put a version in force in every process; an earlier one is a roll-back."""
    check_may(actor, "content.publish", body.shop)
    version = find(house, body.shop, version_id)
    house.writer.run(publish_overlay(version, actor.author))
    (view,) = _views(house, body.shop, [version.summary])
    return view


def find(house: House, shop: str, version_id: int) -> Version:
    """The version of this shop; NotFound else."""
    with house.database.read() as connection:
        version = find_version(connection, shop, version_id)
    if version is None:
        raise NotFound("没有这个内容版本，请刷新列表再试")
    return version


def _views(house: House, shop: str, versions: Sequence[Summary]) -> list[VersionView]:
    with house.database.read() as connection:
        current = current_versions(connection).get(shop)
        names = name_authors(connection, [version.author for version in versions])
    return [
        VersionView(
            id=version.id,
            created_at=version.created_at,
            author=version.author,
            author_name=names.get(version.author),
            note=version.note,
            digest=version.digest,
            published=version.id == current,
        )
        for version in versions
    ]
