"""Who gets which buyer: pure rules over the seats at the desk; nothing here knows a database or the time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jinpai.desk.content import ServiceRules
from jinpai.desk.model import Conversation, Group
from jinpai.desk.seats import Present

ON_DUTY = frozenset({"online", "busy", "away"})
"""The statuses of somebody who is in the shop, whether or not new buyers come to them."""


@dataclass(frozen=True, slots=True)
class Seat:
    """An agent as routing sees them: `open` conversations of at most `capacity`, `groups` empty = every group."""

    account: str
    name: str
    takes_new: bool
    open: int
    capacity: int
    groups: frozenset[Group]
    served_at: int

    @property
    def room(self) -> int:
        """How many more conversations fit."""
        return max(0, self.capacity - self.open) if self.takes_new else 0


def seat(present: Present, rules: ServiceRules) -> Seat:
    """The seat of this person under the shop's rules."""
    groups = frozenset(group for group, rule in rules.groups.items() if present.login in rule.members)
    capacity = rules.capacities.get(present.login, rules.capacity)
    takes_new = present.online and present.status == "online"
    return Seat(present.account, present.name, takes_new, present.open, capacity, groups, present.served_at)


def group_of(text: str, rules: ServiceRules) -> Group:
    """What the buyer's words ask for; after-sale before in-sale, and pre-sale where nothing else is heard."""
    for group in ("aftersale", "insale"):
        rule = rules.groups.get(group)
        if rule is not None and any(word in text for word in rule.words):
            return group
    return "presale"


def choose(seats: Sequence[Seat], group: Group, knows: str | None, rules: ServiceRules) -> Seat | None:
    """Who gets a buyer of this group: the agent who `knows` them, else by the shop's strategy; None = nobody is free.

    Where nobody of the group takes buyers at all, the others help out.
    """
    if rules.returning:
        known = next((seat for seat in seats if seat.account == knows and seat.room), None)
        if known is not None:
            return known
    skilled = [seat for seat in seats if seat.takes_new and (not seat.groups or group in seat.groups)]
    free = [seat for seat in skilled or seats if seat.room]
    if rules.strategy == "round_robin":
        return min(free, key=lambda seat: (seat.served_at, seat.account), default=None)
    return min(free, key=lambda seat: (seat.open / seat.capacity, seat.served_at, seat.account), default=None)


def share(
    queue: Sequence[Conversation], seats: Sequence[Seat], rules: ServiceRules, now: int
) -> list[tuple[Conversation, Seat]]:
    """Who gets whom of this queue, first come first served, until nobody is free; `now` in ms."""
    free = {seat.account: seat for seat in seats}
    shared: list[tuple[Conversation, Seat]] = []
    for place, state in enumerate(queue):
        group = state.group or group_of(state.last_text, rules)
        chosen = choose(list(free.values()), group, state.knows, rules)
        if chosen is not None:
            shared.append((state, chosen))
            free[chosen.account] = replace(chosen, open=chosen.open + 1, served_at=now + place)
    return shared


def is_on_duty(present: Present) -> bool:
    """Whether this person is in the shop for buyers."""
    return present.online and present.status in ON_DUTY


def minutes_to_wait(ahead: int, serving: int, rules: ServiceRules) -> int:
    """How many minutes a buyer with so many before them may wait while so many agents serve; at least 1."""
    return max(1, -(-(ahead + 1) * rules.minutes_each // max(1, serving * 2)))
