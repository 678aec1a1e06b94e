"""A shop's own content over HTTP: its versions, proposing one, publishing one or going back to it."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.flows.content_checks import check_shop_files
from jinpai.kit.errors import NotFound
from jinpai.packs.actions import propose_version, publish_version
from jinpai.packs.store import Summary, current_versions, find_version, list_versions
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["content"])

Shop = Annotated[str, Query(max_length=64)]


class VersionView(BaseModel):
    """A version of a shop's own content; `published` marks the one in force."""

    id: int
    created_at: int
    author: str
    note: str
    digest: str
    published: bool


class VersionList(BaseModel):
    """The newest fifty versions, newest first."""

    items: list[VersionView]


class VersionForm(Body):
    """The shop's own files, path → text, whole: what is absent is no longer the shop's own."""

    shop: str = Field(min_length=1, max_length=64)
    note: str = Field(max_length=500)
    files: dict[str, str] = Field(max_length=2_000)


class PublishForm(Body):
    """Whose version it is."""

    shop: str = Field(min_length=1, max_length=64)


@router.get("/content/versions")
def read_versions(house: HouseDep, actor: Annotated[Actor, needs("content.read")], shop: Shop) -> VersionList:
    """The versions of a shop's own content."""
    check_may(actor, "content.read", shop)
    with house.database.read() as connection:
        current = current_versions(connection).get(shop)
        found = list_versions(connection, shop)
    return VersionList(items=[_view(version, current) for version in found])


@router.post("/content/versions", status_code=201)
def add_version(house: HouseDep, actor: Annotated[Actor, needs("content.publish")], body: VersionForm) -> VersionView:
    """Check the files against everything below them and store them as a version, not yet in force."""
    check_may(actor, "content.publish", body.shop)
    action = propose_version(body.shop, actor.author, body.note, body.files, check_shop_files)
    return _view(house.writer.run(action), None)


@router.post("/content/versions/{version_id}/publish")
def put_in_force(
    house: HouseDep, actor: Annotated[Actor, needs("content.publish")], version_id: int, body: PublishForm
) -> VersionView:
    """Put a version in force in every process; an earlier one is a roll-back."""
    check_may(actor, "content.publish", body.shop)
    with house.database.read() as connection:
        version = find_version(connection, body.shop, version_id) if 0 < version_id < 1 << 31 else None
    if version is None:
        raise NotFound("没有这个内容版本，请刷新列表再试")
    house.writer.run(publish_version(version, actor.author, check_shop_files))
    return _view(version.summary, version_id)


def _view(version: Summary, current: int | None) -> VersionView:
    return VersionView(
        id=version.id,
        created_at=version.created_at,
        author=version.author,
        note=version.note,
        digest=version.digest,
        published=version.id == current,
    )
