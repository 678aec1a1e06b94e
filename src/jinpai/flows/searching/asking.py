"""One question to the whole house: messages, buyers and scripts that hold the words."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from jinpai.desk.search.model import find_ranges
from jinpai.desk.store import channel, conversation
from jinpai.flows.content.shop import known_facts, offered_scripts
from jinpai.flows.ports import House
from jinpai.kit.database import Database
from jinpai.kit.errors import Refusal
from jinpai.playbook.replies import QuickReply
from jinpai.staff.store import list_accounts


@dataclass(frozen=True, slots=True)
class FoundScript:
    """A script of a shop, its team or the one who asks, that holds every word."""

    shop: str
    reply: QuickReply


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to filter by: an agent, or a channel of a shop."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the messages of some shops can be filtered by."""

    agents: list[Choice]
    channels: list[Choice]
    tags: list[str]


def find_scripts(
    house: House, words: Sequence[str], shops: Sequence[str], person: str, limit: int
) -> list[FoundScript]:
    """Replies this person may use in these shops whose code, title or text hold every word: own, team's, published.

    Those whose title holds the words come first; a script two shops share comes once.
    """
    found: dict[tuple[str, str], FoundScript] = {}
    for shop in shops if words else ():
        for reply in _replies(house, shop, person):
            if find_ranges(words, f"{reply.code} {reply.title} {reply.text}") is not None:
                found.setdefault((reply.id, reply.text), FoundScript(shop, reply))
    return sorted(found.values(), key=lambda one: find_ranges(words, one.reply.title) is None)[:limit]


def _replies(house: House, shop: str, person: str) -> list[QuickReply]:
    try:
        content = house.content.shop(shop)
    except Refusal:
        return []
    offered = {script.id for script in offered_scripts(content, known_facts(content))}
    with house.database.read() as connection:
        indexes = house.shelves.indexes(connection, shop, content.scripts, person)
    replies = (reply for index in indexes for reply in index.replies)
    return [reply for reply in replies if reply.owner != "shop" or reply.id in offered]


def list_choices(database: Database, shops: Sequence[str]) -> Choices:
    """The people, channels and tags of these shops, by name."""
    with database.read() as connection:
        people = [Choice(account.id, account.name) for account in list_accounts(connection, shops)]
        query = sa.select(channel.c.id, channel.c.name).where(channel.c.shop.in_(shops)).order_by(channel.c.name)
        channels = [Choice(*row) for row in connection.execute(query)]
        tagged = sa.and_(conversation.c.shop.in_(shops), sa.type_coerce(conversation.c.tags, sa.Text) != "[]")
        lists = connection.execute(sa.select(conversation.c.tags).where(tagged).distinct()).scalars().all()
    tags = sorted({tag for tags in lists for tag in tags})
    return Choices(sorted(people, key=lambda one: one.name), channels, tags)
