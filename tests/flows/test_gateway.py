"""Short messages at a provider that takes them, refuses them, sends elsewhere or never answers."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from tests.support.endpoint import FakeEndpoint, listening

from jinpai.adapters.sms.gateway import GatewaySms
from jinpai.flows.ports import ShortMessage, Unsubscribed

MESSAGE = ShortMessage("due-7", "outdoor", "13800138000", "您的帐篷已发货")


@dataclass
class Provider(FakeEndpoint):
    """`told`: what it answers to any message."""

    told: bytes | int | float = 204

    def reply(self, body: Any) -> bytes | int | float:
        self.asked.append(body)
        return self.told


@pytest.fixture
def provider() -> Iterator[Provider]:
    with listening(Provider()) as running:
        yield running


def test_a_message_goes_out_with_its_key(provider: Provider) -> None:
    GatewaySms(provider.url, "secret").send(MESSAGE)
    assert provider.asked == [{"key": "due-7", "shop": "outdoor", "phone": "13800138000", "text": "您的帐篷已发货"}]
    headers = {name.lower(): value for name, value in provider.headers[0].items()}
    assert (headers["idempotency-key"], headers["authorization"]) == ("due-7", "Bearer secret")
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize("status", [302, 400, 429, 500])
def test_what_is_not_accepted_raises_and_no_redirect_is_followed(provider: Provider, status: int) -> None:
    provider.told = status
    with pytest.raises(OSError, match=str(status)):
        GatewaySms(provider.url, None).send(MESSAGE)
    assert not provider.followed


def test_who_wants_no_more_is_told_apart(provider: Provider) -> None:
    provider.told = 410
    with pytest.raises(Unsubscribed):
        GatewaySms(provider.url, None).send(MESSAGE)


def test_a_silent_provider_is_hung_up_on(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinpai.adapters.sms.gateway.TIMEOUT_SECONDS", 0.2)
    provider.told = 5.0
    sms, over = GatewaySms(provider.url, None), threading.Event()

    def send() -> None:
        with pytest.raises(TimeoutError):
            sms.send(MESSAGE)
        over.set()

    threading.Thread(target=send, daemon=True).start()
    assert over.wait(4), "the call waits for the provider"
    assert len(provider.asked) == 1


def test_many_messages_at_once_all_arrive(provider: Provider) -> None:
    sms = GatewaySms(provider.url, None)
    provider.told = b"x" * 200_000
    threads = [threading.Thread(target=sms.send, args=(MESSAGE,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(provider.asked) == 12
