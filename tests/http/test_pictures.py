"""Pictures come in and go out: drawn anew, refused when hostile, shown only to who may read the conversation."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from front import OTHER, OWN, Front, picture
from PIL import Image, PngImagePlugin

SECRET = b"GPS 30.2741 120.1551"


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(orientation: int = 6) -> bytes:
    """A photograph from a phone held sideways: where it was taken and a comment are in it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif[0x8825] = {1: "N", 2: (30.0, 16.0, 27.0)}
    return saved(Image.new("RGB", (640, 480), "teal"), "JPEG", exif=exif, comment=SECRET)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int, content: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """What somebody may try to put in, and what the answer must tell."""
    yield "nothing", b"", "空的"
    yield "a page that calls itself a picture", b"<html><script>alert(1)</script></html>", "不是图片"
    yield "a drawing with a script in it", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "不是图片"
    yield "a program", b"MZ\x90\x00" + bytes(500), "不是图片"
    yield "a PDF that goes on as a photograph", b"%PDF-1.7\n" + photo(), "不是图片"
    yield "an archive that goes on as a picture", b"PK\x03\x04" + picture(), "不是图片"
    yield "a picture format nobody here draws", saved(Image.new("RGB", (4, 4)), "TIFF"), "不是图片"
    yield "a bitmap", saved(Image.new("RGB", (4, 4)), "BMP"), "不是图片"
    yield (
        "PostScript that asks for a file",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run",
        "不是图片",
    )
    yield "a phone's HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(64), "HEIC"
    yield "half a photograph", photo()[: len(photo()) // 2], "不完整"
    yield "half a drawing", picture()[:40], "不完整"
    yield "a picture of noise", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "不完整"
    yield "a picture whose rows are missing", png_of(64, 64, zlib.compress(b"\x00")), "不完整"
    yield "a picture that says it is a wall", png_of(60_000, 60_000, zlib.compress(bytes(1000))), "像素"
    yield "a bomb of 41 megapixels", png_of(6_400, 6_407, zlib.compress(bytes(6_407 * (6_400 * 3 + 1)))), "像素"
    yield "a ribbon", png_of(16_001, 2, zlib.compress(bytes(2 * (16_001 * 3 + 1)))), "太长"
    moving = saved(Image.new("P", (1, 1)), "GIF")
    yield "a moving wall", moving[:6] + b"\xff\xff\xff\xff" + moving[10:], "像素"
    frame = moving.index(b",\0\0\0\0") + 5
    yield "a frame larger than its picture", moving[:frame] + b"\xff\xff\xff\xff" + moving[frame + 4 :], "像素"


HOSTILE = {name: (content, told) for name, content, told in hostile()}


def files(front: Front) -> list[Path]:
    return sorted((front.house.settings.home / "files").rglob("*"))


def url(front: Front, shop: str = OWN) -> str:
    return f"/api/v1/conversations/{front.people.chats[shop].visitor.conversation}/files"


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_explained_and_nothing_is_kept(standing: Front, what: str) -> None:
    content, told = HOSTILE[what]
    doors = (standing.client("agent"), url(standing)), (standing.buyer(), "/api/v1/widget/files")
    before = standing.state(), files(standing)
    for client, path in doors:
        answer = client.post(path, content=content, headers={"content-type": "image/png"})
        assert answer.status_code == 400, answer.text
        assert told in answer.json()["detail"]
    assert (standing.state(), files(standing)) == before


def test_a_file_of_more_than_ten_megabytes_is_cut_off(standing: Front) -> None:
    agent = standing.client("agent")
    before = standing.state(), files(standing)

    def pouring() -> Iterator[bytes]:
        yield photo()
        for _ in range(200):
            yield bytes(65_536)

    for answer in (
        agent.post(url(standing), content=pouring()),
        standing.buyer().post("/api/v1/widget/files", content=bytes((10 << 20) + 1)),
    ):
        assert answer.status_code == 413
        assert "最多 10 MiB" in answer.json()["detail"]
    assert (standing.state(), files(standing)) == before


def test_a_photograph_loses_its_place_and_stands_upright(front: Front) -> None:
    client = front.client("agent")
    answer = client.post(url(front), content=photo())
    assert answer.status_code == 201
    kept = answer.json()
    assert (kept["width"], kept["height"], kept["type"]) == (480, 640, "image/jpeg")
    got = client.get(f"/api/v1/files/{kept['id']}")
    assert len(got.content) == kept["bytes"]
    assert SECRET not in got.content
    assert b"Exif" not in got.content
    shown = Image.open(BytesIO(got.content))
    assert shown.size == (480, 640)
    assert not shown.getexif()


def test_what_hides_behind_or_inside_a_picture_is_left_behind(front: Front) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode(), zip=True)
    noted = saved(Image.new("RGBA", (5, 5), (1, 2, 3, 4)), "PNG", pnginfo=notes, icc_profile=SECRET)
    client = front.client("agent")
    for content in (noted, photo() + b"PK\x03\x04" + SECRET, picture() + b"<script>alert(1)</script>" + SECRET):
        kept = client.post(url(front), content=content).json()
        got = client.get(f"/api/v1/files/{kept['id']}").content
        assert SECRET not in got
        assert b"script" not in got


def test_of_a_moving_picture_the_first_frame_stays(front: Front) -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue", "green")]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    client = front.client("agent")
    kept = client.post(url(front), content=moving).json()
    assert kept["type"] == "image/png"
    shown = Image.open(BytesIO(client.get(f"/api/v1/files/{kept['id']}").content))
    assert getattr(shown, "n_frames", 1) == 1
    assert shown.convert("RGB").getpixel((3, 3)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("I;16", "PNG"), ("RGBA", "WEBP")]
)
def test_every_usual_kind_of_picture_can_be_sent(front: Front, mode: str, kind: str) -> None:
    client = front.client("agent")
    answer = client.post(url(front), content=saved(Image.new(mode, (30, 20)), kind))
    assert answer.status_code == 201, answer.text
    assert client.get(f"/api/v1/files/{answer.json()['id']}").status_code == 200


def test_a_list_gets_a_small_one(front: Front) -> None:
    client = front.client("agent")
    kept = client.post(url(front), content=saved(Image.new("RGB", (2_000, 1_000), "teal"), "JPEG")).json()
    thumb = client.get(f"/api/v1/files/{kept['id']}?size=thumb")
    assert Image.open(BytesIO(thumb.content)).size == (480, 240)
    assert thumb.headers["content-type"] == "image/webp"


def test_a_picture_is_shown_but_never_run_nor_kept_by_others(front: Front) -> None:
    got = front.client("agent").get(f"/api/v1/files/{front.people.files[OWN].id}")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["cache-control"].startswith("private")
    assert got.headers["vary"] == "Cookie"
    assert got.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_widget_on_the_shops_own_page_may_show_it(front: Front) -> None:
    got = front.buyer().get(
        f"/api/v1/widget/files/{front.people.files[OWN].id}", headers={"origin": "https://shop.example"}
    )
    assert got.status_code == 200
    assert got.headers["access-control-allow-origin"] == "*"
    assert front.buyer().get(f"/api/v1/widget/files/{front.people.files[OTHER].id}").status_code == 404


def test_the_same_picture_is_kept_once(front: Front) -> None:
    client = front.client("agent")
    before = len(files(front))
    first, second = (client.post(url(front), content=photo()).json() for _ in range(2))
    assert first["id"] != second["id"]
    content = [file for file in files(front) if file.is_file()]
    assert len({file.name for file in content}) == len(content)
    assert len([file for file in files(front)[before:] if file.is_file()]) <= 2


def test_who_sends_pictures_all_the_time_is_slowed_down(front: Front) -> None:
    client = front.buyer()
    answers = [client.post("/api/v1/widget/files", content=picture()).status_code for _ in range(61)]
    assert answers[-1] == 429
    assert set(answers[:60]) == {201}
