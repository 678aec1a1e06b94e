"""Fault 10: five thousand clients lose their connections at once and all come back at once."""

import asyncio
import random
import resource

import pytest
from tests.faults.invariants import settle_and_check
from tests.faults.party import Party, colleague
from tests.faults.shop import Shop, inside

from jinpai.desk.visits import open_chat

pytestmark = pytest.mark.anyio

SOCKETS = 5_000
AT_A_TIME = 100
FOLLOWED = 400
SETTLE_SECONDS = 240.0


async def test_five_thousand_come_back_at_once(shop: Shop, source: random.Random) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < SOCKETS + 1_000:
        pytest.skip(f"only {most} files may be open here")
    windows = await asyncio.to_thread(open_windows, shop)
    parties = {place: Party(shop.ws_urls, {"t": "hello", "as": "buyer", "token": token}) for token, place in windows}
    places = list(parties)
    for start in range(0, SOCKETS, AT_A_TIME):
        await asyncio.gather(*(parties[place].enter(place) for place in places[start : start + AT_A_TIME]))
    answering = await colleague(shop, "xiaolin", *places[:FOLLOWED])
    everybody = [*parties.values(), answering]
    for place in source.sample(places, 300):
        await parties[place].post(place, "在吗")
    for party in everybody:
        party.cut()
    for place in source.sample(places[:FOLLOWED], 200):
        await answering.post(place, "您好，刚才断线了，我在的")
        await parties[place].post(place, "好的")
    await settle_and_check(shop.database, everybody, SETTLE_SECONDS)
    assert all(party.connections >= 2 for party in everybody)


def open_windows(shop: Shop) -> list[tuple[str, str]]:
    """So many buyers who opened their chat windows earlier: token and conversation of each."""
    shop.stop()
    with inside(shop) as house:
        futures = [house.writer.enqueue(open_chat(house.sealer, "demo-web", None, None)) for _ in range(SOCKETS)]
        chats = [future.result(120) for future in futures]
    shop.start()
    return [(chat.token, chat.visitor.conversation) for chat in chats]
