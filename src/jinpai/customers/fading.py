"""Customers nobody has heard of for long: what was judged of them and written about them goes.

Their conversations and orders stay, as records of what was sold; so does their wish for quiet.
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.finding import get_listed, sum_bought
from jinpai.customers.store import customer, customer_fact, find_person


def find_faded(connection: Connection, shop: str, before: int) -> Iterator[tuple[str, ...]]:
    """People with a profile or a note, as their buyers, without a sign of life since then (ms).

    A sign is a conversation that moved, an order, or a judgement; of somebody with several names under any of them.
    """
    facts = sa.select(customer_fact.c.buyer).where(customer_fact.c.shop == shop)
    notes = sa.select(customer.c.buyer).where(customer.c.shop == shop, customer.c.note != "")
    seen: set[str] = set()
    for id_ in connection.execute(sa.union(facts, notes)).scalars().all():
        if id_ not in seen:
            person = find_person(connection, id_)
            seen.update(person)
            if _last_seen(connection, person) < before:
                yield person


def fade(connection: Connection, people: Sequence[tuple[str, ...]], before: int) -> int:
    """Let go the profiles of those who are still not heard of; how many that were."""
    gone = 0
    for person in people:
        if find_person(connection, person[0]) == person and _last_seen(connection, person) < before:
            connection.execute(sa.delete(customer_fact).where(customer_fact.c.buyer.in_(person)))
            connection.execute(sa.update(customer).where(customer.c.buyer.in_(person)).values(note=""))
            gone += 1
    return gone


def _last_seen(connection: Connection, person: Sequence[str]) -> int:
    listed = list(get_listed(connection, person).values())
    judged = sa.select(sa.func.max(customer_fact.c.judged_at)).where(customer_fact.c.buyer.in_(person))
    bought = [one.last_at or 0 for one in sum_bought(connection, listed).values()]
    said = [one.moved_at for one in listed]
    return max(*said, *bought, connection.execute(judged).scalar() or 0, 0)
