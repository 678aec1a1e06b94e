"""What came of advice in each shop, as this process remembers it for ranking, and as people read it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from jinpai.copilot.feedback import Tally, likings
from jinpai.copilot.recommending.outcome import list_given, tally_given
from jinpai.copilot.store import count_outcomes
from jinpai.flows.content.shop import ShopContent

DAY = 86_400_000
WINDOW = 90 * DAY
"""What is older than this (ms) counts no more: a source that had sunk is shown again as if it were new."""
MOST = 5_000
"""So many recommendations count, the newest."""
FRESH = 60_000
"""For so long (ms) a process ranks by what it read last."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source of suggestions in words: what it is called, and what came of it."""

    title: str
    tally: Tally


class Likings:
    """How each shop's sources are liked, read anew every minute at most. Safe in threads."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Callable[[str], float]]] = {}
        self._lock = threading.Lock()

    def of(self, connection: Connection, shop: str, now: int) -> Callable[[str], float]:
        """The factor of each source in this shop's ranking at `now` (ms)."""
        with self._lock:
            known = self._known.get(shop)
            if known is None or not 0 <= now - known[0] < FRESH:
                known = self._known[shop] = (now, _read(connection, shop, now - WINDOW, now))
            return known[1]


def read_sources(connection: Connection, content: ShopContent, shop: str, since: int) -> list[Source]:
    """What came of every source of this shop's suggestions shown since then (ms), those shown most first."""
    return [Source(_title(content, one.source), one) for one in count_outcomes(connection, shop, since)]


def _read(connection: Connection, shop: str, since: int, now: int) -> Callable[[str], float]:
    tallies = {one.source: one for one in count_outcomes(connection, shop, since)}
    for one in tally_given(list_given(connection, shop, since, MOST), now):
        tallies[one.source] = one.plus(tallies[one.source]) if one.source in tallies else one
    return lambda source: likings(tallies, source)


def _title(content: ShopContent, source: str) -> str:
    """What people call this source; its id where the content knows it no more."""
    return "；".join(_name(content, one) for one in source.split("+"))


def _name(content: ShopContent, source: str) -> str:
    if source.startswith("phrased."):
        return f"润色：{_title(content, source.removeprefix('phrased.'))}"
    script = next((one for one in content.scripts if one.id == source), None)
    if script is not None:
        return script.title
    if source in content.answers:
        return content.answers[source].texts[0]
    kind, _, rest = source.partition(".")
    if kind == "promotion":
        return next((one.title for one in content.promotions if one.id == rest), source)
    return _question(content, source.split(".")) or source


def _question(content: ShopContent, parts: Sequence[str]) -> str:
    """The question of a product's record that `faq.<product>.<number>` names."""
    if len(parts) < 3 or parts[0] != "faq" or not parts[-1].isdecimal():
        return ""
    product = next((one for one in content.products if one.id == ".".join(parts[1:-1])), None)
    number = int(parts[-1])
    return product.faq[number].question if product is not None and number < len(product.faq) else ""
