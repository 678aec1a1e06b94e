"""A socket that leaves no room for what it has still to be told is ended, whether or not somebody goes on talking."""

import asyncio

import pytest

from jinpai.desk.model import Author
from jinpai.entrypoints.ws import session as sessions
from jinpai.entrypoints.ws.session import MAX_FRAMES, Session
from jinpai.staff.model import BuyerParty


def crowded() -> Session:
    session = Session(BuyerParty("b_1", "c_1", "demo"), Author("buyer", "b_1"))
    for _ in range(MAX_FRAMES // 2):
        session.push("{}")
    return session


def test_a_socket_that_never_has_room_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "PATIENCE_SECONDS", 0.05)

    async def look() -> str:
        session = crowded()
        assert not session.has_room()
        assert not session.ended.done()
        await asyncio.sleep(0.1)
        assert not session.has_room()
        return (await session.ended).name

    assert asyncio.run(look()) == "too_slow"


def test_a_socket_that_made_room_meanwhile_has_all_its_time_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "PATIENCE_SECONDS", 0.5)

    async def look() -> bool:
        session = crowded()
        assert not session.has_room()
        told: list[str] = []

        async def send(frame: str) -> None:
            told.append(frame)

        draining = asyncio.create_task(session.drain(send))
        await asyncio.sleep(0.6)
        assert session.has_room()
        draining.cancel()
        for _ in range(MAX_FRAMES // 2):
            session.push("{}")
        assert not session.has_room()
        return session.ended.done()

    assert not asyncio.run(look())
