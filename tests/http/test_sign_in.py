"""Signing in at the front door, and what the browser gets for it."""

from collections.abc import Callable

import pytest
from front import OWN, PASSWORD, Front
from starlette.testclient import TestClient

NEW = "一个全新的十位密码哦"


def sign_in(client: TestClient, login: str = "agent-demo", password: str = PASSWORD) -> dict[str, object]:
    answer = client.post("/api/v1/session", json={"login": login, "password": password})
    assert answer.status_code == 200, answer.text
    view: dict[str, object] = answer.json()
    client.headers["X-CSRF-Token"] = str(view["csrf"])
    return view


def test_an_agent_signs_in_and_is_told_who_they_are(front: Front) -> None:
    client = front.client()
    view = sign_in(client, "  AGENT-demo ")
    account = front.people.accounts["agent", OWN]
    assert view["me"] == {
        "id": account.id,
        "name": "agent demo",
        "role": "agent",
        "shops": [{"id": "demo", "name": "店铺 demo"}],
    }
    assert client.get("/api/v1/session").json() == view


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(front: Front) -> None:
    answer = front.client().post("/api/v1/session", json={"login": "agent-demo", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == "jinpai"
    assert len(rest.split(";")[0]) >= 43
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", "max-age=1209600"} <= attributes
    assert "secure" not in attributes
    assert not any(attribute.startswith("domain") for attribute in attributes)


def test_over_https_the_cookie_is_bound_to_this_host(open_front: Callable[..., Front]) -> None:
    front = open_front(JINPAI_SECURE_COOKIES="1")
    client = front.client(base_url="https://jinpai.test")
    answer = client.post("/api/v1/session", json={"login": "agent-demo", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-jinpai=")
    assert {"secure", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert "max-age=" in answer.headers["strict-transport-security"]
    assert client.get("/api/v1/session").status_code == 200


@pytest.mark.parametrize(("login", "password"), [("agent-demo", "不对的密码不对的密码"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(front: Front, login: str, password: str) -> None:
    before = front.state()
    answer = front.client().post("/api/v1/session", json={"login": login, "password": password})
    assert answer.status_code == 401
    problem = answer.json()
    assert problem.pop("request").startswith("r_")
    assert problem == {
        "type": "about:blank",
        "title": "需要登录",
        "status": 401,
        "code": "not_signed_in",
        "detail": "登录名或密码不对，请检查后再试；忘了密码可以请店主重置",
    }
    assert "set-cookie" not in answer.headers
    assert front.state() == before


def test_another_site_cannot_sign_somebody_in(front: Front) -> None:
    headers = {"Origin": "https://evil.example"}
    body = {"login": "agent-demo", "password": PASSWORD}
    answer = front.client().post("/api/v1/session", json=body, headers=headers)
    assert answer.status_code == 403
    assert "别的网站" in answer.json()["detail"]
    own = {"Origin": "http://jinpai.test"}
    assert front.client().post("/api/v1/session", json=body, headers=own).status_code == 200


def test_signing_in_again_in_the_same_browser_replaces_the_session(front: Front) -> None:
    client = front.client()
    sign_in(client)
    first = client.cookies["jinpai"]
    sign_in(client)
    second = client.cookies["jinpai"]
    assert first != second
    old = front.client()
    old.cookies.set("jinpai", first)
    assert old.get("/api/v1/session").status_code == 401


def test_signing_out_ends_the_session_and_takes_the_cookie_back(front: Front) -> None:
    client = front.client()
    sign_in(client)
    secret = client.cookies["jinpai"]
    answer = client.delete("/api/v1/session")
    assert answer.status_code == 204
    assert "jinpai" not in client.cookies
    client.cookies.set("jinpai", secret)
    assert client.get("/api/v1/session").status_code == 401


def test_a_change_without_the_csrf_header_is_refused(front: Front) -> None:
    client = front.client("agent")
    for headers in ({"X-CSRF-Token": ""}, {"X-CSRF-Token": "x" * 43}, {"X-CSRF-Token": b"\xe9"}):
        answer = client.delete("/api/v1/session", headers=headers)
        assert answer.status_code == 403
        assert "刷新页面" in answer.json()["detail"]
    del client.headers["X-CSRF-Token"]
    assert client.delete("/api/v1/session").status_code == 403
    assert client.get("/api/v1/session").status_code == 200


def test_the_csrf_token_of_a_colleague_does_not_help(front: Front) -> None:
    client = front.client("agent")
    client.headers["X-CSRF-Token"] = front.enter("owner")[1].csrf
    assert client.delete("/api/v1/session").status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", "cookie-agent-other0", "x" * 5_000])
def test_a_cookie_that_is_not_ours_is_nobody(front: Front, cookie: str) -> None:
    client = front.client()
    client.cookies.set("jinpai", cookie)
    assert client.get("/api/v1/session").status_code == 401


def test_changing_the_password_ends_the_other_sessions_and_tells_the_bus(front: Front) -> None:
    here, phone = front.client(), front.client()
    sign_in(here)
    sign_in(phone)
    front.commits.clear()
    answer = here.put("/api/v1/session/password", json={"old": PASSWORD, "new": NEW})
    assert answer.status_code == 204, answer.text
    assert here.get("/api/v1/session").status_code == 200
    assert phone.get("/api/v1/session").status_code == 401
    (topic, payload), *_ = front.hints()
    assert (topic, payload["account"]) == ("sessions", front.people.accounts["agent", OWN].id)
    assert len(bytes.fromhex(payload["keep"])) == 32
    again = front.client().post("/api/v1/session", json={"login": "agent-demo", "password": PASSWORD})
    assert again.status_code == 401
    sign_in(front.client(), "agent-demo", NEW)


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ("不对的密码不对的密码", NEW, "旧密码不对"),
        (PASSWORD, PASSWORD, "和旧密码一样"),
        (PASSWORD, "短", "至少要 10 位"),
        (PASSWORD, "Agent-Demo", "不能和登录名一样"),
    ],
)
def test_a_password_change_that_is_refused_changes_nothing(front: Front, old: str, new: str, detail: str) -> None:
    client = front.client("agent")
    before = front.state()
    answer = client.put("/api/v1/session/password", json={"old": old, "new": new})
    assert answer.status_code == 400
    assert detail in answer.json()["detail"]
    assert front.state() == before
    sign_in(front.client())


def test_a_session_ends_after_twelve_hours_without_a_request(front: Front) -> None:
    client = front.client("agent")
    front.clock.advance(11 * 3_600_000)
    assert client.get("/api/v1/session").status_code == 200
    front.house.writer.run(lambda tx: None)
    front.clock.advance(11 * 3_600_000)
    assert client.get("/api/v1/session").status_code == 200
    front.house.writer.run(lambda tx: None)
    front.clock.advance(12 * 3_600_000)
    answer = client.get("/api/v1/session")
    assert answer.status_code == 401
    assert "重新登录" in answer.json()["detail"]
