"""Every shop's quick replies as this process remembers them: laid out for searching, with how often each was used."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from jinpai.playbook.content import Script
from jinpai.playbook.finding import Index, Used
from jinpai.playbook.replies import published
from jinpai.playbook.scenes import SCENES
from jinpai.playbook.store import count_uses, list_replies

NONE: Mapping[str, Used] = {}


@dataclass(slots=True)
class Shelf:
    """One shop's replies: what all colleagues share, and each person's own, read when they first look."""

    scripts: tuple[Script, ...]
    shared: Index
    own: dict[str, Index] = field(default_factory=dict)


@dataclass(slots=True)
class Uses:
    """How often each reply of a shop was used, altogether and by each person, up to a journal id."""

    shop: dict[str, Used] = field(default_factory=dict)
    people: dict[str, dict[str, Used]] = field(default_factory=dict)
    read: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Shelves:
    """Remembers shelves until somebody changes a reply or publishes content; uses are read on from where they ended."""

    def __init__(self) -> None:
        self._shelves: dict[str, Shelf] = {}
        self._uses: dict[str, Uses] = {}
        self._lock = threading.Lock()

    def indexes(
        self, connection: Connection, shop: str, scripts: tuple[Script, ...], person: str
    ) -> tuple[Index, Index]:
        """What this person may use in the shop: their own replies, and the shared ones."""
        shelf = self._shelves.get(shop)
        if shelf is None or shelf.scripts is not scripts or person not in shelf.own:
            with self._lock:
                shelf = self._fill(connection, shop, scripts, person)
        return shelf.own[person], shelf.shared

    def uses(self, connection: Connection, shop: str, person: str) -> tuple[Mapping[str, Used], Mapping[str, Used]]:
        """How often this person and the whole shop used each reply, those of this moment among them."""
        with self._lock:
            uses = self._uses.setdefault(shop, Uses())
        with uses.lock:
            for count in count_uses(connection, shop, uses.read):
                for used in (
                    uses.shop.setdefault(count.script, Used()),
                    uses.people.setdefault(count.person, {}).setdefault(count.script, Used()),
                ):
                    used.uses += count.uses
                    used.at = max(used.at, count.at)
                uses.read = max(uses.read, count.last)
            return dict(uses.people.get(person, NONE)), dict(uses.shop)

    def forget(self, shop: str) -> None:
        """The shop's replies changed: read them anew when they are next looked for."""
        with self._lock:
            self._shelves.pop(shop, None)

    def forget_all(self) -> None:
        """Hints may have been lost: read everything anew."""
        with self._lock:
            self._shelves.clear()

    def _fill(self, connection: Connection, shop: str, scripts: tuple[Script, ...], person: str) -> Shelf:
        shelf = self._shelves.get(shop)
        if shelf is None or shelf.scripts is not scripts:
            team = list_replies(connection, shop, None)
            shelf = self._shelves[shop] = Shelf(scripts, Index([*team, *map(published, sorted(scripts, key=_place))]))
        if person not in shelf.own:
            shelf.own[person] = Index(list_replies(connection, shop, person))
        return shelf


def _place(script: Script) -> int:
    return _PLACES[script.scene]


_PLACES = {scene: place for place, scene in enumerate(SCENES)}
