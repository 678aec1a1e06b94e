"""What came of recommendations: an agent takes one along or lets it lie, the buyer refuses it, or buys it later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from operator import attrgetter
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.copilot.feedback import Tally
from jinpai.copilot.store import recommendation
from jinpai.desk.model import MESSAGE_OUT, Author, Conversation
from jinpai.desk.projection import Change
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.bulk import insert_many, select_in, update_many
from jinpai.kit.errors import NotFound
from jinpai.staff.model import ELSEWHERE

REFUSED = "recommendation_refused"
WANTED = "recommendation_wanted"
"""The kinds of these facts in the journal: the buyer does not want it · that was taken back."""
DAY = 86_400_000
IGNORED_AFTER = DAY
"""So long (ms) a recommendation that nobody took along counts as still open."""
BOUGHT_WITHIN = 14 * DAY
"""What the buyer orders within this time (ms) of being recommended it counts as bought."""


@dataclass(frozen=True, slots=True)
class Given:
    """A recommendation as it was shown; `at` in ms."""

    id: str
    shop: str
    conversation: str
    buyer: str
    person: str
    product: str
    sku: str
    source: str
    wording: str
    at: int
    outcome: Literal["open", "taken", "refused"] = "open"
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the recommendations for one kind of reason ended; `bought` counts among all of them."""

    source: str
    shown: int
    taken: int
    ignored: int
    refused: int
    bought: int


GIVEN = tuple(part.name for part in fields(Given))
_VALUES = attrgetter(*GIVEN)
_WITH_IDS = f"SELECT {', '.join(GIVEN)} FROM recommendation WHERE id IN :values"
_OPEN = "SELECT id, conversation, product FROM recommendation WHERE outcome = 'open' AND conversation IN :values"
_ROWS = sa.select(*(recommendation.c[name] for name in GIVEN))


def given_id(conversation: str, product: str, wording: str, day: str) -> str:
    """The name of a recommendation: the same product for the same reason in the same talk on the same day."""
    told = "\0".join((conversation, product, wording, day))
    return f"rc_{blake2b(told.encode(), digest_size=12).hexdigest()}"


def find_given(connection: Connection, ids: Sequence[str]) -> dict[str, Given]:
    """Those of these recommendations that were shown, by id."""
    return {row[0]: Given(*row) for row in select_in(connection, _WITH_IDS, ids)}


def find_refused(connection: Connection, buyers: Sequence[str]) -> frozenset[str]:
    """The products these buyers were recommended and did not want."""
    query = sa.select(recommendation.c.product).where(
        recommendation.c.buyer.in_(buyers), recommendation.c.outcome == "refused"
    )
    return frozenset(connection.execute(query).scalars())


def list_given(connection: Connection, shop: str, since: int, most: int) -> list[Given]:
    """The shop's recommendations since then (ms), the newest `most`."""
    query = _ROWS.where(recommendation.c.shop == shop, recommendation.c.at >= since)
    query = query.order_by(recommendation.c.at.desc(), recommendation.c.id).limit(most)
    return [Given(*row) for row in connection.execute(query)]


def tally_given(given: Iterable[Given], now: int) -> list[Tally]:
    """What came of each wording by `now` (ms), as of suggestions: what was refused or left lying was ignored."""
    counted: dict[str, list[Given]] = {}
    for one in given:
        counted.setdefault(one.wording, []).append(one)
    return [
        Tally(
            wording,
            "fact",
            len(found),
            sum(one.outcome == "taken" for one in found),
            0,
            sum(one.outcome == "refused" or is_ignored(one, now) for one in found),
        )
        for wording, found in sorted(counted.items())
    ]


def outcomes(given: Iterable[Given], bought: Mapping[str, Sequence[tuple[int, str]]], now: int) -> list[Outcome]:
    """What came of each source by `now` (ms), those shown most first.

    `bought` has of each buyer when (ms) which product was ordered.
    """
    counted: dict[str, list[Given]] = {}
    for one in given:
        counted.setdefault(one.source, []).append(one)
    found = [
        Outcome(
            source,
            len(here),
            sum(one.outcome == "taken" for one in here),
            sum(is_ignored(one, now) for one in here),
            sum(one.outcome == "refused" for one in here),
            sum(_is_bought(one, bought.get(one.buyer, ())) for one in here),
        )
        for source, here in counted.items()
    ]
    return sorted(found, key=lambda one: (-one.shown, one.source))


def is_ignored(one: Given, now: int) -> bool:
    """Whether it lay there long enough for somebody to take it along."""
    return one.outcome == "open" and now - one.at >= IGNORED_AFTER


def give(new: Sequence[Given]) -> Action[None]:
    """The action that notes recommendations that were shown, each once."""

    def act(tx: Tx) -> None:
        known = find_given(tx.connection, [one.id for one in new])
        rows = [_VALUES(one) for one in new if one.id not in known]
        insert_many(tx.connection, recommendation, GIVEN, rows)

    return act


def refuse(state: Conversation, id_: str, by: Author, *, refused: bool) -> Action[Given]:
    """The action that notes that the buyer does not want this, or takes that back; NotFound elsewhere."""

    def act(tx: Tx) -> Given:
        known = find_given(tx.connection, [id_]).get(id_)
        if known is None or known.conversation != state.id:
            raise NotFound(ELSEWHERE)
        if (known.outcome == "refused") == refused:
            return known
        data = {"recommendation": id_, "about": state.id, "product": known.product, "source": known.source}
        receipt = tx.append(Entry(REFUSED if refused else WANTED, by.key(), state.shop, data=data))
        outcome: Literal["open", "refused"] = "refused" if refused else "open"
        changed = {"outcome": outcome, "message": receipt.id if refused else None}
        tx.connection.execute(sa.update(recommendation).where(recommendation.c.id == id_).values(changed))
        return Given(**{**{name: getattr(known, name) for name in GIVEN}, **changed})

    return act


def settled_recommendations(connection: Connection, changes: Sequence[Change]) -> None:
    """The hook that notes which recommendations an answer takes along: those whose product's card hangs on it."""
    cards = {
        (change.after.id, row.entry.body["attach"]["product"]): row.id
        for change in changes
        for row in change.rows
        if row.entry.kind == MESSAGE_OUT and (row.entry.body.get("attach") or {}).get("kind") == "product"
    }
    if not cards:
        return
    rows = select_in(connection, _OPEN, sorted({conversation for conversation, _ in cards}))
    taken = [(id_, "taken", cards[talk, product]) for id_, talk, product in rows if (talk, product) in cards]
    update_many(connection, recommendation, "id", ("outcome", "message"), taken)


def _is_bought(one: Given, ordered: Sequence[tuple[int, str]]) -> bool:
    return any(product == one.product and 0 <= at - one.at <= BOUGHT_WITHIN for at, product in ordered)
