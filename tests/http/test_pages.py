"""The front end as files."""

import gzip
from pathlib import Path

import pytest
from front import Front


@pytest.fixture
def built(front: Front, tmp_path: Path) -> Front:
    """A front with a built front end."""
    web = tmp_path / "dist"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<title>接待台</title>")
    (web / "demo.html").write_text("<title>示例店铺</title>")
    (web / "widget.js").write_text("customElements")
    (web / "assets" / "app-3f2a.js").write_text("console")
    (web / "assets" / "app-3f2a.js.gz").write_bytes(gzip.compress(b"console"))
    (tmp_path / "secret.txt").write_text("do not serve")
    front.app.state.web = web
    return front


@pytest.mark.parametrize("path", ["/", "/login", "/desk", "/desk/c_01kax", "/staff/"])
def test_every_address_of_the_desk_shows_the_desk(built: Front, path: str) -> None:
    answer = built.client().get(path)
    assert answer.status_code == 200
    assert "接待台" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


def test_the_demo_page_and_the_widget_script_are_there(built: Front) -> None:
    client = built.client()
    assert "示例店铺" in client.get("/demo").text
    script = client.get("/widget.js", headers={"Origin": "https://shop.example"})
    assert script.headers["access-control-allow-origin"] == "*"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "javascript" in script.headers["content-type"]
    assert script.headers["cache-control"] == "no-cache"


def test_assets_are_packed_and_kept_forever(built: Front) -> None:
    answer = built.client().get("/assets/app-3f2a.js", headers={"Accept-Encoding": "gzip, br"})
    assert answer.text == "console"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "javascript" in answer.headers["content-type"]
    plain = built.client().get("/assets/app-3f2a.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers


def test_what_did_not_change_is_not_sent_again(built: Front) -> None:
    client = built.client()
    tag = client.get("/").headers["etag"]
    again = client.get("/", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert client.head("/").headers["etag"] == tag


@pytest.mark.parametrize(
    "path",
    [
        "/secret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets//etc/passwd",
        "/assets/",
        "/.env",
        "/wp-login.php",
    ],
)
def test_nothing_outside_the_built_files_can_be_had(built: Front, path: str) -> None:
    answer = built.client().get(path)
    assert answer.status_code == 404
    assert "do not serve" not in answer.text


def test_without_a_built_front_end_the_page_says_what_to_do(front: Front) -> None:
    for path in ("/", "/demo"):
        answer = front.client().get(path)
        assert answer.status_code == 503
        assert "make run" in answer.text
        assert "页面还没有构建" in answer.text
