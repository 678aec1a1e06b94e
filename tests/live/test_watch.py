"""A socket outlives neither its session nor its rights, also when no hint told about their end."""

import asyncio

import sqlalchemy as sa
from tests.flows.conftest import Shop, shop

from jinpai.desk.model import Author
from jinpai.entrypoints.ws.session import Session
from jinpai.entrypoints.ws.watch import watch
from jinpai.staff.actions import find_session, sign_in
from jinpai.staff.model import SESSION_IDLE, Actor
from jinpai.staff.store import account, get_password_hash, session

__all__ = ["shop"]


def signed_in(shop: Shop) -> Actor:
    house = shop.house
    with house.database.read() as connection:
        id_ = connection.execute(sa.select(account.c.id).where(account.c.login == "xiaolin")).scalar_one()
        proof = get_password_hash(connection, id_) or ""
    house.writer.run(sign_in(id_, proof, "a-secret-long-enough-for-a-test"))
    with house.database.read() as connection:
        return find_session(connection, "a-secret-long-enough-for-a-test", shop.clock.now())[0]


def is_ended_after_watch(shop: Shop, party: Actor) -> bool:
    async def look() -> bool:
        socket = Session(party, Author("agent", party.id, party.name))
        await watch(shop.house, [socket])
        return socket.ended.done()

    return asyncio.run(look())


def test_a_socket_in_use_keeps_its_session_alive(shop: Shop) -> None:
    party = signed_in(shop)
    for _ in range(5):
        shop.clock.advance(SESSION_IDLE // 2)
        assert not is_ended_after_watch(shop, party)
        shop.house.writer.run(lambda tx: None)


def test_a_socket_ends_when_its_session_is_gone(shop: Shop) -> None:
    party = signed_in(shop)
    shop.house.writer.run(lambda tx: tx.connection.execute(sa.delete(session)) and None)
    assert is_ended_after_watch(shop, party)


def test_a_socket_ends_when_the_role_has_changed_unheard(shop: Shop) -> None:
    party = signed_in(shop)
    change = sa.update(account).where(account.c.id == party.id).values(role="trainer")
    shop.house.writer.run(lambda tx: tx.connection.execute(change) and None)
    assert is_ended_after_watch(shop, party)
