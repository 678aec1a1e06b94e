"""What monitors see."""

import io
import json
from collections.abc import Callable

import pytest
import structlog
from front import PASSWORD, Front


def test_a_running_process_is_up_and_ready(front: Front) -> None:
    client = front.client()
    assert client.get("/healthz").json() == {"ok": True}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"database": True, "migrations": True, "writer": True}}


def test_a_process_whose_writer_ended_is_up_but_not_ready(front: Front) -> None:
    front.house.writer.stop()
    client = front.client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": True, "writer": False}


def test_a_database_of_another_release_is_not_ready(front: Front) -> None:
    with front.house.database.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'another'")
    answer = front.client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] is False


def test_figures_are_for_this_machine_only_unless_there_is_a_token(front: Front) -> None:
    here = front.client(client=("127.0.0.1", 1))
    here.get("/healthz")
    answer = here.get("/metrics")
    assert answer.status_code == 200
    assert "jinpai_http_request_seconds_count" in answer.text
    assert "jinpai_writer_alive 1.0" in answer.text
    assert here.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403
    assert front.client(client=("203.0.113.9", 1)).get("/metrics").status_code == 403


def test_with_a_token_only_the_token_opens_the_figures(open_front: Callable[..., Front]) -> None:
    front = open_front(JINPAI_METRICS_TOKEN="let-me-see")
    anywhere = front.client(client=("203.0.113.9", 1))
    assert anywhere.get("/metrics", headers={"Authorization": "Bearer let-me-see"}).status_code == 200
    assert anywhere.get("/metrics", headers={"Authorization": "Bearer let-me-see-"}).status_code == 403
    assert front.client(client=("127.0.0.1", 1)).get("/metrics").status_code == 403


def test_metrics_name_routes_and_never_people(front: Front) -> None:
    client = front.client("owner", client=("127.0.0.1", 1))
    account = front.people.accounts["agent", "demo"].id
    client.patch(f"/api/v1/staff/{account}", json={"name": "新名字"})
    text = client.get("/metrics").text
    assert 'route="/api/v1/staff/{account_id}"' in text
    assert account not in text


def test_the_log_has_the_request_but_neither_passwords_nor_people(front: Front, log: io.StringIO) -> None:
    client = front.client()
    client.post("/api/v1/session", json={"login": "agent-demo", "password": PASSWORD})
    client.post("/api/v1/session", json={"login": "agent-demo", "password": "不对的密码不对的密码"})
    answer = client.get("/api/v1/session?token=in-the-url")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    last = lines[-1]
    assert (last["event"], last["route"], last["status"]) == ("request", "/api/v1/session", 200)
    assert last["request"] == answer.headers["x-request-id"]
    for secret in (PASSWORD, "不对的密码", "agent-demo", client.cookies["jinpai"], answer.json()["csrf"], "in-the-url"):
        assert secret not in log.getvalue()


def test_a_fault_is_logged_by_type_and_place_not_by_what_was_typed(
    front: Front, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("13800138000")

    monkeypatch.setattr("jinpai.entrypoints.http.administration.staff.list_accounts", broken)
    answer = front.client("owner").get("/api/v1/staff")
    failed = next(line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == "request_failed")
    assert failed["request"] == answer.json()["request"]
    assert failed["exception"] == "ZeroDivisionError"
    assert failed["at"][-1].endswith("broken")
    assert "13800138000" not in log.getvalue()


def test_a_field_that_should_not_be_logged_is_not(log: io.StringIO) -> None:
    structlog.get_logger().info("careless", token="t-1", text="我的电话是 13800138000", shop="demo")
    line = json.loads(log.getvalue())
    assert (line["token"], line["text"], line["shop"]) == ("…", "…", "demo")
