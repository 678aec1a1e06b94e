"""Pictures people send: looked at before they are decoded, then drawn anew, so that only the picture itself stays.

Location, camera, comments, a second file hidden behind the first: all of it is left behind.
"""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from jinpai.kit.errors import BadInput

MAX_BYTES = 10 << 20
"""The largest picture file, in bytes."""

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000
THUMB_SIDE = 480
"""The longer side of a thumbnail, in pixels."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError, MemoryError, IndexError, KeyError)
_NOT_SAFE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew; `type` is its media type, `thumb` a WebP, sizes are pixels."""

    content: bytes
    type: str
    width: int
    height: int
    thumb: bytes


def draw_anew(content: bytes) -> Picture:
    """The picture in this file, upright, the first frame of a moving one; BadInput when it is none or too large."""
    if len(content) > MAX_BYTES:
        raise BadInput("图片太大，最多 10 MB，请压缩后再发")
    if not content:
        raise BadInput("图片是空的，请重新选择一张")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=_FORMATS) as opened:
                return _redraw(opened)
    except _NOT_SAFE:
        raise _too_many_pixels() from None
    except _BROKEN:
        raise BadInput(_why_unreadable(content)) from None


def _redraw(opened: Image.Image) -> Picture:
    width, height = opened.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if max(width, height) > MAX_SIDE:
        raise BadInput(f"图片的边太长，每边最多 {MAX_SIDE} 像素，请裁短或分成几张再发")
    kind = opened.format or ""
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    is_clear = opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info
    wanted = "RGBA" if is_clear else "RGB"
    picture = opened if opened.mode == wanted and not is_clear else opened.convert(wanted)
    picture.info = {}
    content, media_type = _encode(picture, kind)
    return Picture(content, media_type, picture.width, picture.height, _webp(_small(picture)))


def _small(picture: Image.Image) -> Image.Image:
    """The picture at most as long as a thumbnail; a large one is never copied whole."""
    scale = min(1.0, THUMB_SIDE / max(picture.size))
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _encode(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    """The picture in the family it came in; what moved or was drawn becomes a PNG."""
    if kind == "WEBP":
        return _webp(picture), "image/webp"
    out = BytesIO()
    if kind == "JPEG":
        picture.save(out, "JPEG", quality=85, progressive=True)
        return out.getvalue(), "image/jpeg"
    picture.save(out, "PNG")
    return out.getvalue(), "image/png"


def _webp(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()


def _too_many_pixels() -> BadInput:
    return BadInput(f"图片的像素太多，最多 {MAX_PIXELS // 10_000} 万像素，请缩小尺寸后再发")


def _why_unreadable(content: bytes) -> str:
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypavif"):
        return "这种照片格式（HEIC/AVIF）还不能直接发，请先存成 JPEG 或 PNG"
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8")) or content[8:12] == b"WEBP":
        return "这张图片不完整或已损坏，打不开，请重新保存一份再发"
    return "这个文件不是图片，只能发 JPEG、PNG、WebP 或 GIF"
