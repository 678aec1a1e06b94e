"""The demo shop with a language model's endpoint in this process: fixtures and short ways for tests about it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.flows.conftest import Shop
from tests.flows.fake_model import FakeModel
from tests.support.endpoint import listening

from jinpai.copilot.llm.calls import Call, Sought, Words, list_calls
from jinpai.copilot.llm.setting import Wanted
from jinpai.copilot.suggesting.model import Suggestion
from jinpai.desk.store import get_conversations
from jinpai.flows.advising import phrasing
from jinpai.flows.advising.advice import read_advice
from jinpai.flows.ports import House
from jinpai.staff.model import Actor

AGENT = Actor("a_1", "xiaolin", "小林", "agent", ("demo",))
ASKED = "林行45升背包柿子橙还有货吗"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The small database is enough: what is tested is what goes to the model and what comes back."""
    return f"sqlite:///{tmp_path / 'jinpai.db'}"


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with listening(FakeModel(lambda data: f"好的呀～{data['answer']}")) as running:
        yield running


@pytest.fixture
def house(shop: Shop, model: FakeModel) -> House:
    told = {"llm_url": model.url, "llm_key": "k-secret", "llm_model": "small", "llm_price": (2, 8)}
    return replace(shop.house, settings=replace(shop.house.settings, **told))


def ask(shop: Shop, house: House, said: str) -> tuple[Suggestion | None, list[str]]:
    """What the model phrased for this buyer's words, and what was suggested without it."""
    conversation = shop.chat()
    shop.buyer_says(conversation, said)
    with house.database.read() as connection:
        state = get_conversations(connection, [conversation])[conversation]
    advice = read_advice(house, AGENT, state)
    assert advice is not None
    return phrasing.phrase(house, AGENT, state), [one.text for one in advice.suggestions]


def logged(house: House) -> list[tuple[Call, Words | None]]:
    house.writer.run(lambda tx: None)
    with house.database.read() as connection:
        return list_calls(connection, house.sealer, Sought("demo"), None, 50)


def calls(house: House) -> list[Call]:
    return [call for call, _ in logged(house)]


def own(model: FakeModel, **more: Any) -> Wanted:
    """What the shop sets for itself: the same endpoint, which is on the own network."""
    told: dict[str, Any] = {
        "is_on": True, "url": model.url, "model": "tiny", "key": "k-own", "is_near": True, "uses": ("phrase_reply",),
        "daily_tokens": None, "monthly_tokens": None, "limit_ms": 3_000, "price_read": 150, "price_written": 600,
    }  # fmt: skip
    return Wanted("demo", **(told | more))
