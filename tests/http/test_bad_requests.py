"""Whatever is wrong with a request: a Chinese sentence, a request id, and nothing written."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from calls import CALLS, RULES, WITH_BODY, sent
from front import OTHER, OWN, Front
from starlette.testclient import TestClient

from jinpai.entrypoints.http.access import Anyone, Buyer, Staff
from jinpai.entrypoints.http.labels import LABELS
from jinpai.staff.model import Role
from jinpai.staff.rights import RIGHTS

CHINESE = re.compile(r"[\u4e00-\u9fff]")
JSON = {"content-type": "application/json"}


def guest(front: Front, route: str) -> TestClient:
    """A client of somebody who may call this route: the owner, or an agent where it is theirs alone."""
    rule = RULES[route]
    if isinstance(rule, Buyer):
        return front.buyer()
    is_agents = isinstance(rule, Staff) and Role.OWNER not in RIGHTS[rule.permission]
    return front.client("agent" if is_agents else "owner")


def check_refused(answer: Any, what: str) -> None:
    assert 400 <= answer.status_code < 500, (what, answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json", what
    problem = answer.json()
    assert problem["request"] == answer.headers["x-request-id"], what
    assert problem["status"] == answer.status_code
    assert CHINESE.search(problem["detail"]), what
    assert CHINESE.search(problem["title"]), what
    assert "Traceback" not in answer.text


@contextmanager
def leaving_nothing(front: Front) -> Iterator[None]:
    """Whatever is asked meanwhile, no table has another row and the log no other head."""
    before = front.state()
    yield
    assert front.state() == before


def broken_bodies(body: dict[str, Any]) -> Iterator[tuple[str, bytes, dict[str, str]]]:
    """What surely is no body for this route: raw bytes and headers."""
    right = json.dumps(body).encode()
    yield "empty", b"", JSON
    for text in (b"null", b"12", b'"x"', b"[]", b"{", b'{"a":', b"\xff\xfe", b"[" * 5_000, b'{"a":NaN'):
        yield f"not an object: {text[:9]!r}", text, JSON
    yield "cut short", right[:-1], JSON
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"):
        yield f"content type {content_type}", right, {"content-type": content_type}
    yield "no content type", right, {}
    yield "unknown field", json.dumps({**body, "is_admin": True}).encode(), JSON
    yield "huge", json.dumps({**body, "x": "好" * 400_000}).encode(), JSON
    for name, value in body.items():
        for wrong in ({"x": 1}, [{"x": 1}], 1e400, "好" * 200_000, "a\0b", "\ud800", [[]] * 1_000):
            if type(wrong) is type(value) and not isinstance(value, str):
                continue
            broken = copy.copy(body)
            broken[name] = wrong
            yield f"{name} = {str(wrong)[:20]!r}", json.dumps(broken).encode("utf-8", "surrogatepass"), JSON


@pytest.mark.parametrize("route", WITH_BODY)
def test_a_wrong_body_is_explained_and_leaves_nothing(standing: Front, route: str) -> None:
    method = route.split(maxsplit=1)[0]
    url, body = CALLS[route].make(standing, OWN)
    client = guest(standing, route)
    with leaving_nothing(standing):
        for what, content, headers in broken_bodies(body):
            if content or body:
                check_refused(client.request(method, url, content=content, headers=headers), what)


@pytest.fixture(scope="module")
def document(standing_front: Front) -> Any:
    """What the application says of its routes; asked once, because it is long and stays the same."""
    return standing_front.client().get("/api/v1/openapi.json").json()


@pytest.mark.parametrize("route", WITH_BODY)
def test_a_required_field_that_is_missing_is_named(standing: Front, document: Any, route: str) -> None:
    method, path = route.split()
    url, body = CALLS[route].make(standing, OWN)
    operation = document["paths"][path][method.lower()]
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
    client = guest(standing, route)
    with leaving_nothing(standing):
        for name in document["components"]["schemas"][reference].get("required", []):
            broken = {key: value for key, value in body.items() if key != name}
            answer = client.request(method, url, json=broken)
            check_refused(answer, name)
            assert answer.json()["fields"] == [{"field": name, "message": "必须填写"}]


@pytest.mark.parametrize("route", CALLS)
def test_a_wrong_address_finds_nothing_and_leaves_nothing(standing: Front, route: str) -> None:
    method, path = route.split()
    _, body = CALLS[route].make(standing, OWN)
    client = guest(standing, route)
    with leaving_nothing(standing):
        for garbage in ("0", "%00", "x" * 3_000, "%F0%9F%92%A5", "'; DROP TABLE account; --", "..%2f..", "%ff"):
            if "{" in path:
                answer = client.request(method, re.sub(r"\{[^}]*\}", garbage, path), **sent(body))
                check_refused(answer, garbage)
            elif garbage == "%00":
                check_refused(client.request(method, f"{path}?x=%00", **sent(body)), garbage)


@pytest.mark.parametrize("route", [route for route in CALLS if route.startswith("GET")])
def test_a_wrong_question_mark_is_answered_without_a_fault(standing: Front, document: Any, route: str) -> None:
    method, path = route.split()
    url, _ = CALLS[route].make(standing, OWN)
    parameters = document["paths"].get(path, {}).get(method.lower(), {}).get("parameters", [])
    client = guest(standing, route)
    with leaving_nothing(standing):
        for parameter in parameters:
            for garbage in ("", "-1", "99999999999999999999999", "1e9", "x" * 3_000, "💥", OTHER, "%ff", "a\u2028b"):
                answer = client.get(url.split("?")[0], params={parameter["name"]: garbage})
                assert answer.status_code < 500, (parameter["name"], garbage, answer.text)


def test_a_wrong_cookie_or_token_is_nobody_on_every_route(standing: Front) -> None:
    stranger = standing.client()
    stranger.cookies.set("jinpai", "x" * 43)
    stranger.headers["Authorization"] = "Bearer " + "x" * 43
    for route, rule in RULES.items():
        if not isinstance(rule, Anyone):
            url, body = CALLS[route].make(standing, OWN)
            with leaving_nothing(standing):
                answer = stranger.request(route.split()[0], url, **sent(body))
            assert answer.status_code == 401, route
            check_refused(answer, route)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer " + "x" * 3_000, "bearer \t"])
def test_a_token_that_is_none_is_nobody(standing: Front, header: str) -> None:
    for route, rule in RULES.items():
        if isinstance(rule, Buyer):
            url, body = CALLS[route].make(standing, OWN)
            answer = standing.client().request(route.split()[0], url, **sent(body), headers={"Authorization": header})
            assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v2/session", "/api/v1/session/", "/api/v1/nope"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_that_does_not_exist_is_said_so(standing: Front, method: str, path: str) -> None:
    answer = standing.client("owner").request(method, path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_a_method_that_does_not_exist_is_said_so(standing: Front) -> None:
    answer = standing.client("owner").put("/api/v1/staff", json={})
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    assert set(answer.headers["allow"].split(", ")) <= {"GET", "POST"}


def test_a_body_that_grows_while_it_is_sent_is_cut_off(front: Front) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 65_536

    answer = front.client().post("/api/v1/session", content=endless(), headers=JSON)
    assert answer.status_code == 413
    assert "最多 1 MiB" in answer.json()["detail"]
    assert answer.headers["connection"] == "close"


def test_several_mistakes_are_named_together(standing: Front) -> None:
    answer = standing.client("owner").post("/api/v1/staff", json={"login": 5, "role": "boss", "shops": [], "extra": 1})
    fields = {field["field"]: field["message"] for field in answer.json()["fields"]}
    assert fields == {
        "login": "应该是文字",
        "name": "必须填写",
        "role": "只能是 agent、supervisor、trainer、operations、owner",
        "shops": "至少要 1 项",
        "password": "必须填写",
        "extra": "不认识这一项，请去掉",
    }


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"shop": "demo", "to": "浙江", "weight": 1.3}, "填写有误，重量：应该是文字"),
        ({"shop": "demo", "goods": {"pillow": 0}}, "填写有误，商品里“pillow”：不能小于 1"),
        ({"shop": "demo", "heavy": 1}, "填写有误，“heavy”：不认识这一项，请去掉"),
    ],
)
def test_a_field_is_called_as_people_call_it(standing: Front, body: dict[str, Any], said: str) -> None:
    assert standing.client("owner").post("/api/v1/freight/quotes", json=body).json()["detail"] == said


def test_every_field_of_every_request_has_a_name_for_people(standing: Front) -> None:
    document = standing.client("owner").get("/api/v1/openapi.json").json()
    assert sorted(set(_asked(document)) - LABELS.keys()) == []


def _asked(document: dict[str, Any]) -> Iterator[str]:
    """The names of all parameters in addresses and of all fields in bodies."""
    left: list[Any] = []
    for way in (one for path in document["paths"].values() for one in path.values()):
        yield from (one["name"] for one in way.get("parameters", ()) if one["in"] in ("path", "query"))
        left.append(way.get("requestBody"))
    seen: set[str] = set()
    while left:
        shape = left.pop()
        if isinstance(shape, dict):
            yield from shape.get("properties", ())
            name = shape.get("$ref", "").rpartition("/")[2]
            left += [document["components"]["schemas"][name]] if name and name not in seen else []
            seen.add(name)
        left += list(shape.values()) if isinstance(shape, dict) else shape if isinstance(shape, list) else []


def test_what_nobody_foresaw_gives_a_number_to_quote_and_no_stack(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail 13800138000")

    monkeypatch.setattr("jinpai.entrypoints.http.administration.staff.list_accounts", broken)
    answer = front.client("owner").get("/api/v1/staff")
    assert answer.status_code == 500
    problem = answer.json()
    assert problem["request"] in problem["detail"]
    assert problem["request"].startswith("r_")
    assert "13800138000" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert answer.headers["content-security-policy"]


def test_a_database_that_is_gone_is_said_so(open_front: Callable[..., Front], monkeypatch: pytest.MonkeyPatch) -> None:
    front = open_front()
    client = front.client("owner")
    with front.house.database.writing.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE session RENAME TO session_gone")
    answer = client.get("/api/v1/session")
    assert answer.status_code == 503
    assert "什么也没有保存" in answer.json()["detail"]
