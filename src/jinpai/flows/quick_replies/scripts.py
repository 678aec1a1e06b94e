"""Quick replies for a person in a conversation: found, filled with what is known, with what is still missing."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal

from jinpai.desk.model import Conversation
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import facts_of, read_scene, values_of
from jinpai.flows.ports import House
from jinpai.playbook.finding import Asking, Used, find_replies
from jinpai.playbook.predicates import holds
from jinpai.playbook.replies import ALWAYS, QuickReply
from jinpai.playbook.store import list_stars
from jinpai.playbook.variables import fill
from jinpai.staff.model import Actor

Only = Literal["", "used", "starred"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: what was typed, a folder and what lies in it, only what I used or starred; how many."""

    query: str = ""
    folder: str = ""
    only: Only = ""
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Offer:
    """A reply as it would be inserted here; `missing` are the variables nobody can fill yet, `used` by this person."""

    reply: QuickReply
    filled: str
    missing: tuple[str, ...]
    used: Used
    starred: bool


@dataclass(frozen=True, slots=True)
class Shelved:
    """A reply on the shelf: its use by this person and by all; `offered` when its conditions hold in the whole shop."""

    reply: QuickReply
    used: Used
    used_by_all: int
    starred: bool
    offered: bool


def find_offers(house: House, actor: Actor, shop: str, state: Conversation | None, wanted: Wanted) -> list[Offer]:
    """The replies that are wanted, best first; those whose conditions are not known to hold are left out."""
    content, now = house.content.shop(shop), house.clock.now()
    with house.database.read() as connection:
        indexes = house.shelves.indexes(connection, shop, content.scripts, actor.id)
        mine, everybody = house.shelves.uses(connection, shop, actor.id)
        scene = replace(read_scene(connection, house.sealer, content, state, shop, now), agent_name=actor.name)
        stars = frozenset(list_stars(connection, shop, actor.id))
    asking = Asking(facts_of(content, scene, now), _meant(house, content, state), _said(state), mine, everybody, now)
    values = values_of(content, scene)
    most = sum(len(index.replies) for index in indexes) if wanted.folder or wanted.only else wanted.limit
    found = [
        reply
        for reply in find_replies(indexes, wanted.query, asking, most)
        if _is_inside(reply, wanted.folder) and _is_among(reply, wanted.only, mine, stars)
    ]
    return [
        Offer(reply, *fill(reply.text, values), mine.get(reply.id, _NEVER), reply.id in stars)
        for reply in found[: wanted.limit]
    ]


def _meant(house: House, content: ShopContent, state: Conversation | None) -> tuple[str, ...]:
    """The scenes that the words of a buyer who waits belong to; none while the intents are being learned."""
    if state is None or state.last_from != "buyer":
        return ()
    understanding = house.understandings.current(state.shop, content.lessons)
    meanings = understanding.understand(state.last_text).meanings if understanding is not None else ()
    return tuple(dict.fromkeys(scene for meaning in meanings for scene in meaning.intent.scenes))


def _said(state: Conversation | None) -> str:
    """What a buyer who waits said last."""
    return state.last_text if state is not None and state.last_from == "buyer" else ""


def list_shelf(house: House, actor: Actor, shop: str) -> list[Shelved]:
    """All replies of a shop: this person's, the team's, the published ones."""
    content, now = house.content.shop(shop), house.clock.now()
    with house.database.read() as connection:
        own, shared = house.shelves.indexes(connection, shop, content.scripts, actor.id)
        mine, everybody = house.shelves.uses(connection, shop, actor.id)
        facts = facts_of(content, read_scene(connection, house.sealer, content, None, shop, now), now)
        stars = frozenset(list_stars(connection, shop, actor.id))
    return [
        Shelved(
            reply,
            mine.get(reply.id, _NEVER),
            everybody.get(reply.id, _NEVER).uses,
            reply.id in stars,
            reply.when == ALWAYS or holds(reply.when, facts),
        )
        for index in (own, shared)
        for reply in index.replies
    ]


def _is_inside(reply: QuickReply, folder: str) -> bool:
    return not folder or reply.folder == folder or reply.folder.startswith(f"{folder}/")


def _is_among(reply: QuickReply, only: Only, mine: Mapping[str, Used], stars: AbstractSet[str]) -> bool:
    if only == "starred":
        return reply.id in stars
    return reply.id in mine if only == "used" else True


_NEVER = Used()
