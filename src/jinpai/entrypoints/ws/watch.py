"""A live socket of staff stands on a session: it keeps the session in use, and ends with it."""

import asyncio
from collections.abc import Iterable

from jinpai.entrypoints.ws.session import SIGNED_OUT, Ending, Session
from jinpai.flows.ports import House
from jinpai.staff.actions import touch
from jinpai.staff.model import SEEN_STEP, Actor
from jinpai.staff.store import find_actor

ENDED = Ending(SIGNED_OUT, "signed_out", "登录已失效，请重新登录")


async def watch(house: House, sockets: Iterable[Session]) -> None:
    """End the sockets whose session has ended, or whose account has other rights than when they connected."""
    staff = [(socket, socket.party) for socket in sockets if isinstance(socket.party, Actor)]
    parties = {party.session: party for _, party in staff}
    gone = await asyncio.to_thread(_check, house, list(parties.values()))
    for socket, party in staff:
        if party.session in gone:
            socket.end(ENDED)


def _check(house: House, parties: list[Actor]) -> set[str]:
    """The sessions that no longer stand; those in use are touched."""
    gone: set[str] = set()
    now = house.clock.now()
    with house.database.read() as connection:
        for party in parties:
            found = find_actor(connection, bytes.fromhex(party.session), now)
            if found is None or (found[0].role, found[0].shops) != (party.role, party.shops):
                gone.add(party.session)
            elif now - found[1] >= SEEN_STEP:
                house.writer.enqueue(touch(party.session))
    return gone
