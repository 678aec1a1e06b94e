"""Guessing is slow: sign-ins are counted per login and address, and per address."""

import threading
import time
from typing import Any

import anyio
import pytest
from anyio import to_thread
from front import PASSWORD, Front
from starlette.requests import Request
from starlette.testclient import TestClient

from jinpai.entrypoints.http.hashing import AT_ONCE, MAX_WAITING, HashingDesk
from jinpai.entrypoints.http.throttle import Throttle, address_of
from jinpai.kit.errors import TooMany
from jinpai.staff.passwords import Passwords


def guess(client: TestClient, login: str, password: str = "不对的密码不对的密码") -> Any:
    return client.post("/api/v1/session", json={"login": login, "password": password})


def test_the_sixth_guess_within_a_minute_has_to_wait(front: Front) -> None:
    client = front.client()
    for _ in range(5):
        assert guess(client, "agent-demo").status_code == 401
    before = front.state()
    answer = guess(client, " AGENT-DEMO", PASSWORD)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.json()["retry_after"] == int(answer.headers["retry-after"])
    assert "秒后再试" in answer.json()["detail"]
    assert front.state() == before


def test_a_colleague_at_another_address_is_not_locked_out(front: Front) -> None:
    attacker = front.client(client=("203.0.113.9", 50_000))
    for _ in range(6):
        guess(attacker, "agent-demo")
    colleague = front.client(client=("203.0.113.10", 50_000))
    assert guess(colleague, "agent-demo", PASSWORD).status_code == 200


def test_one_address_cannot_try_many_logins(front: Front) -> None:
    client = front.client()
    answers = [guess(client, f"nobody-{n}").status_code for n in range(31)]
    assert answers == [401] * 30 + [429]


def test_guessing_the_old_password_is_slow_too(front: Front) -> None:
    client = front.client("agent")
    body = {"old": "不对的密码不对的密码", "new": "一个全新的十位密码哦"}
    answers = [client.put("/api/v1/session/password", json=body).status_code for _ in range(6)]
    assert answers == [400] * 5 + [429]


def test_the_window_moves_on() -> None:
    throttle = Throttle()
    for _ in range(5):
        throttle.hit("sign_in.login", "x")
    with pytest.raises(TooMany) as refusal:
        throttle.hit("sign_in.login", "x")
    assert 1 <= refusal.value.details["retry_after"] <= 60
    throttle.hit("sign_in.login", "y")
    throttle.hit("password.change", "x")


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
)
def test_an_ipv6_network_counts_as_one_address(host: str, key: str) -> None:
    assert address_of(Request({"type": "http", "client": (host, 1)})) == key
    assert address_of(Request({"type": "http", "client": None})) == ""


def test_a_hundred_sign_ins_leave_the_other_pages_quick() -> None:
    """While passwords are being verified, waiting ones hold no thread of the pool that serves everybody else."""
    busy = threading.Semaphore(0)
    running = 0
    most = 0
    lock = threading.Lock()

    def slow() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        busy.acquire(timeout=5)
        with lock:
            running -= 1

    async def scene() -> tuple[float, int]:
        desk = HashingDesk(Passwords())
        refused = 0
        async with anyio.create_task_group() as group:
            for _ in range(AT_ONCE + MAX_WAITING):
                group.start_soon(desk.run, slow)
            await anyio.sleep(0.05)
            try:
                await desk.run(slow)
            except TooMany:
                refused += 1
            started = time.perf_counter()
            await to_thread.run_sync(lambda: None)
            waited = time.perf_counter() - started
            busy.release(AT_ONCE + MAX_WAITING)
        return waited, refused

    waited, refused = anyio.run(scene)
    assert refused == 1
    assert most == AT_ONCE <= 4
    assert waited < 2
