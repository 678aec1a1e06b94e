"""Pictures of conversations over HTTP: putting one in, getting it out; only for who may read the conversation."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from jinpai.desk.files import File, find_file
from jinpai.desk.model import Author
from jinpai.entrypoints.http.access import HouseDep, buyer, needs
from jinpai.entrypoints.http.desk.conversations import Id, find
from jinpai.entrypoints.http.hashing import pictures_of
from jinpai.entrypoints.http.throttle import throttle
from jinpai.flows.pictures.filing import file_picture
from jinpai.flows.ports import House
from jinpai.kit.errors import NotFound
from jinpai.staff.model import Actor, BuyerParty
from jinpai.staff.rights import may

router = APIRouter(prefix="/api/v1", tags=["files"])

Size = Annotated[Literal["full", "thumb"], Query()]
RAW = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}
PICTURE: dict[int | str, dict[str, Any]] = {200: {"description": "图片", "content": {"image/webp": {}}}}

HEADERS = {
    "cache-control": "private, max-age=86400",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": "inline",
}
"""Whatever a browser may take the bytes for, nothing in them runs; nobody else's cache keeps them."""


class FileView(BaseModel):
    """A picture that a message may now carry; `type` is its media type, sizes in pixels and bytes."""

    id: str
    width: int
    height: int
    bytes: int
    type: str


@router.post("/conversations/{conversation_id}/files", status_code=201, openapi_extra=RAW)
async def add_picture(
    request: Request, house: HouseDep, actor: Annotated[Actor, needs("conversation.answer")], conversation_id: Id
) -> FileView:
    """Put a picture into a conversation; the body is the file itself, at most 10 MB and 40 megapixels."""
    throttle(request, "file.add", actor.id)
    content = await request.body()
    author = Author("agent", actor.id, actor.name)

    def work() -> File:
        find(house, actor, conversation_id)
        return file_picture(house, conversation_id, author, content)

    return await _filed(request, work)


@router.post("/widget/files", status_code=201, openapi_extra=RAW)
async def add_own_picture(
    request: Request, house: HouseDep, party: Annotated[BuyerParty, buyer("chat.write")]
) -> FileView:
    """Put a picture into my own conversation; the body is the file itself, at most 10 MB and 40 megapixels."""
    throttle(request, "file.add", party.id)
    content = await request.body()
    author = Author("buyer", party.id)
    return await _filed(request, lambda: file_picture(house, party.conversation, author, content))


@router.get("/files/{file_id}", response_class=Response, responses=PICTURE)
def read_picture(
    house: HouseDep, actor: Annotated[Actor, needs("conversation.read")], file_id: Id, size: Size = "full"
) -> Response:
    """A picture of a conversation of my shops; `thumb` is at most 480 pixels long."""
    file = _find(house, file_id)
    find(house, actor, file.conversation)
    return _picture(house, file, size, "Cookie")


@router.get("/widget/files/{file_id}", response_class=Response, responses=PICTURE)
def read_own_picture(
    house: HouseDep, party: Annotated[BuyerParty, buyer("chat.read")], file_id: Id, size: Size = "full"
) -> Response:
    """A picture of my own conversation; `thumb` is at most 480 pixels long."""
    file = _find(house, file_id)
    if not may(party, "chat.read", None, file.conversation):
        raise _gone()
    return _picture(house, file, size, "Authorization")


async def _filed(request: Request, work: Callable[[], File]) -> FileView:
    return FileView.model_validate(await pictures_of(request).run(work), from_attributes=True)


def _find(house: House, file_id: str) -> File:
    with house.database.read() as connection:
        file = find_file(connection, file_id)
    if file is None:
        raise _gone()
    return file


def _gone() -> NotFound:
    return NotFound("没有这张图片，或者它不在您能看的会话里")


def _picture(house: House, file: File, size: str, varies: str) -> Response:
    digest, kind = (file.thumb, "image/webp") if size == "thumb" else (file.digest, file.type)
    return Response(house.files.get(digest), media_type=kind, headers={**HEADERS, "vary": varies})
