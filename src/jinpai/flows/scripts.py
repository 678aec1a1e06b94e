"""Quick replies for a person in a conversation: found, filled with what is known, with what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jinpai.desk.model import Conversation
from jinpai.flows.filling import facts_of, read_scene, values_of
from jinpai.flows.ports import House
from jinpai.playbook.finding import Asking, Used, find_replies
from jinpai.playbook.replies import QuickReply
from jinpai.playbook.store import list_stars
from jinpai.playbook.variables import fill
from jinpai.staff.model import Actor


@dataclass(frozen=True, slots=True)
class Offer:
    """A reply as it would be inserted here; `missing` are the variables nobody can fill yet, `used` by this person."""

    reply: QuickReply
    filled: str
    missing: tuple[str, ...]
    used: Used
    starred: bool


def find_offers(
    house: House, actor: Actor, shop: str, state: Conversation | None, query: str, limit: int, folder: str = ""
) -> list[Offer]:
    """The replies that fit what was typed, best first; those whose conditions are not known to hold are left out."""
    content, now = house.content.shop(shop), house.clock.now()
    with house.database.read() as connection:
        indexes = house.shelves.indexes(connection, shop, content.scripts, actor.id)
        mine, everybody = house.shelves.uses(connection, shop, actor.id)
        scene = replace(read_scene(connection, house.sealer, content, state, shop, now), agent_name=actor.name)
        stars = frozenset(list_stars(connection, shop, actor.id))
    asking = Asking(facts_of(content, scene, now), mine, everybody, now)
    values = values_of(content, scene)
    found = find_replies(indexes, query, asking, sum(len(index.replies) for index in indexes) if folder else limit)
    return [
        Offer(reply, *fill(reply.text, values), mine.get(reply.id, _NEVER), reply.id in stars)
        for reply in [reply for reply in found if reply.folder == folder or _is_inside(reply, folder)][:limit]
    ]


def list_shelf(house: House, actor: Actor, shop: str) -> Sequence[tuple[QuickReply, Used, Used, bool]]:
    """All replies of a shop, conditions aside: each with its use by this person and by all, and whether starred."""
    content = house.content.shop(shop)
    with house.database.read() as connection:
        own, shared = house.shelves.indexes(connection, shop, content.scripts, actor.id)
        mine, everybody = house.shelves.uses(connection, shop, actor.id)
        stars = frozenset(list_stars(connection, shop, actor.id))
    return [
        (reply, mine.get(reply.id, _NEVER), everybody.get(reply.id, _NEVER), reply.id in stars)
        for index in (own, shared)
        for reply in index.replies
    ]


def _is_inside(reply: QuickReply, folder: str) -> bool:
    return not folder or reply.folder.startswith(f"{folder}/")


_NEVER = Used()
