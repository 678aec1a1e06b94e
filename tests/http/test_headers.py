"""What every answer tells the browser to enforce."""

import pytest
from front import PASSWORD, Front

EVERYWHERE = ["/api/v1/session", "/api/v1/nope", "/healthz", "/", "/demo", "/nothing.js", "/api/v1/openapi.json"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_armoured(front: Front, path: str) -> None:
    headers = front.client().get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-request-id"].startswith("r_")
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_answers_of_the_api_are_kept_by_nobody(front: Front) -> None:
    assert front.client("owner").get("/api/v1/staff").headers["cache-control"] == "no-store"


def test_a_request_id_is_never_used_twice(front: Front) -> None:
    client = front.client()
    assert len({client.get("/healthz").headers["x-request-id"] for _ in range(20)}) == 20


def test_a_shop_page_may_ask_for_the_widget_and_nothing_else(front: Front) -> None:
    client = front.client()
    asking = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    answer = client.options("/api/v1/widget/session", headers=asking)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in answer.headers
    for path in ("/api/v1/session", "/api/v1/staff", "/api/v1/widgets/x", "/"):
        denied = client.options(path, headers=asking)
        assert denied.status_code >= 400, path
        assert "access-control-allow-origin" not in denied.headers


def test_the_widget_can_read_its_answers_even_the_bad_ones(front: Front) -> None:
    answer = front.client().get("/api/v1/widget/nope", headers={"Origin": "https://shop.example"})
    assert answer.status_code == 404
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_another_site_cannot_read_what_staff_see(front: Front) -> None:
    answer = front.client("owner").get("/api/v1/staff", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
    signed = front.client().post(
        "/api/v1/session",
        json={"login": "agent-demo", "password": PASSWORD},
        headers={"Origin": "null"},
    )
    assert signed.status_code == 403
