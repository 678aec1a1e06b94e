"""The front end as files: the desk's page for every address it owns, the widget's script, the assets."""

from mimetypes import guess_type
from pathlib import Path

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.convertors import StringConvertor, register_url_convertor

import jinpai
from jinpai.entrypoints.http.access import public
from jinpai.kit.errors import NotFound

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"

NOT_BUILT = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>金牌客服</title></head>
<body><h1>页面还没有构建</h1>
<p>服务已经启动，但是找不到前端文件。请在项目目录运行 <code>make run</code>，
或者运行 <code>cd web &amp;&amp; npm ci &amp;&amp; npm run build</code>，然后刷新这一页。</p></body></html>
"""


class PageConvertor(StringConvertor):
    """An address of the desk: no file, and nothing that belongs to the API."""

    regex = r"(?!(?:api|assets|ws|healthz|readyz|metrics)(?:/|$))[^.]*"

    def to_string(self, value: str) -> str:
        """The address as it is."""
        return value


class FileConvertor(StringConvertor):
    """A file at the root, such as favicon.svg."""

    regex = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9]+)+"


register_url_convertor("page", PageConvertor())
register_url_convertor("file", FileConvertor())

router = APIRouter(
    include_in_schema=False, dependencies=[public("pages hold no data; what they show comes by the API")]
)


def web_folder() -> Path:
    """Where the built front end is: inside the installed package, or beside the sources."""
    package = Path(jinpai.__file__).parent
    inside = package / "_web"
    return inside if inside.is_dir() else package.parents[1] / "web" / "dist"


@router.api_route("/assets/{name:path}", methods=["GET", "HEAD"])
async def send_asset(request: Request, name: str) -> Response:
    """A file whose name changes with its content."""
    return await _send(request, f"assets/{name}", FOREVER)


@router.api_route("/{name:file}", methods=["GET", "HEAD"])
async def send_root_file(request: Request, name: str) -> Response:
    """A file with a fixed name; the browser asks each time whether it changed."""
    return await _send(request, name, ASK_FIRST)


@router.api_route("/demo", methods=["GET", "HEAD"])
async def send_demo(request: Request) -> Response:
    """The demo shop's page with the widget."""
    return await _page(request, "demo.html")


@router.api_route("/{page:page}", methods=["GET", "HEAD"])
async def send_page(request: Request, page: str) -> Response:
    """The desk, which finds out itself what the address means."""
    return await _page(request, "index.html")


async def _page(request: Request, name: str) -> Response:
    try:
        return await _send(request, name, ASK_FIRST)
    except NotFound:
        return HTMLResponse(NOT_BUILT, status_code=503, headers={"cache-control": "no-store"})


async def _send(request: Request, name: str, caching: str) -> Response:
    folder: Path = request.app.state.web
    found = await anyio.to_thread.run_sync(_find, folder, name, request.headers.get("accept-encoding", ""))
    if found is None:
        raise NotFound("没有这个文件；如果刚升级过，请刷新页面")
    path, encoding = found
    headers = {"cache-control": caching, "vary": "Accept-Encoding"}
    if encoding:
        headers["content-encoding"] = encoding
    response = FileResponse(path, headers=headers, stat_result=path.stat(), media_type=_media_type(name))
    if response.headers["etag"] in request.headers.get("if-none-match", ""):
        kept = {key: response.headers[key] for key in ("etag", "cache-control", "vary")}
        return Response(status_code=304, headers=kept)
    return response


def _media_type(name: str) -> str:
    return guess_type(name)[0] or "application/octet-stream"


def _find(folder: Path, name: str, accepts: str) -> tuple[Path, str] | None:
    root = folder.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return None
    accepted = {part.split(";")[0].strip() for part in accepts.split(",") if ";q=0" not in part.replace(" ", "")}
    for encoding, suffix in ENCODINGS:
        packed = path.with_name(path.name + suffix)
        if encoding in accepted and packed.is_file():
            return packed, encoding
    return path, ""
