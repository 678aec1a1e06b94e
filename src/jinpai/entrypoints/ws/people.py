"""Colleagues and the shop's counter as clients see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinpai.desk.content import ServiceRules
from jinpai.desk.routing import is_on_duty, minutes_to_wait, seat
from jinpai.desk.seats import Present
from jinpai.flows.ports import House
from jinpai.flows.reception.greeting import closed_until
from jinpai.flows.reception.routing import rules_of


@dataclass(frozen=True, slots=True)
class Counter:
    """What a shop's buyers find: how many serve, whether it is open, and else when (`08:30`)."""

    serving: int
    is_open: bool
    opens_at: str | None
    rules: ServiceRules


def describe(house: House, present: Present) -> dict[str, Any]:
    """The colleague as docs/protocol.md section 5 describes them; capacity and groups are those of their first shop."""
    place = seat(present, rules_of(house, present.shops[0])) if present.shops else None
    return {
        "account": present.account,
        "name": present.name,
        "role": present.role,
        "status": present.status,
        "line": present.line,
        "since": present.since if present.online or present.gone_at is None else present.gone_at,
        "open": present.open,
        "capacity": 0 if place is None else place.capacity,
        "groups": [] if place is None else sorted(place.groups),
        "online": present.online,
        "shops": list(present.shops),
    }


def counter(house: House, shop: str, people: Sequence[Present]) -> Counter:
    """What the shop's buyers find while these people are at their desks."""
    serving = sum(shop in present.shops and is_on_duty(present) for present in people)
    opens_at = None if serving else closed_until(house, shop)
    return Counter(serving, opens_at is None, opens_at, rules_of(house, shop))


def service_frame(found: Counter, agent: str | None, place: int) -> dict[str, Any]:
    """Who answers this buyer (`agent` by name, or nobody yet), at this place (0 = none) of the queue."""
    by = "person" if agent is not None else "assistant" if found.serving else "nobody"
    minutes = 1 if agent is not None else minutes_to_wait(max(0, place - 1), found.serving, found.rules)
    told = {"t": "service", "open": found.is_open, "opens_at": found.opens_at, "agent": agent, "by": by}
    return {**told, "minutes": minutes if agent is not None or found.serving else 0}


def queue_frame(found: Counter, place: int) -> dict[str, Any]:
    """The buyer's place in the queue, 0 = being served."""
    minutes = minutes_to_wait(place - 1, found.serving, found.rules) if place else 0
    return {"t": "queue", "position": place, "ahead": max(0, place - 1), "minutes": minutes}
