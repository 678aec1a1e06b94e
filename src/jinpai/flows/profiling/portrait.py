"""What a shop takes a buyer for, and what it knows of them: worked out from the talks, over it what people decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from jinpai.customers.facts import find_told
from jinpai.customers.facts import title_of as fact_title
from jinpai.customers.model import AXES, FACT_KINDS, Axis, FactKind, Guess, NeedKind, Purchases, Reason, Utterance
from jinpai.customers.needs import find_served
from jinpai.customers.store import Customer, Judged, find_judged
from jinpai.customers.types import entry_of, find_types
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, OPENED, REOPENED, Author
from jinpai.flows.learning.attitudes import attitudes_of
from jinpai.flows.ports import House
from jinpai.flows.profiling.hearing import Voice, hear
from jinpai.flows.profiling.words import MEASURES, Profiling, profiling_of
from jinpai.journal.model import Row
from jinpai.journal.reader import NEWEST, read_before
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import Order
from jinpai.orders.store import find_buyer_orders

LOOK_BACK = 300
"""How many of the newest rows of a conversation are looked at."""

TALKS = 5
"""How many conversations are looked at, those that moved last."""

DAY = 86_400_000
_PAID = ("paid", "shipped", "delivered", "completed")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a guess or a fact is built on: words, and the message they are from; none where the talk's look says it."""

    text: str
    conversation: str | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class TypeCard:
    """A type of this buyer; `confidence` (0–1) is that of the guess, 1 where a person said so."""

    axis: Axis
    type: str
    title: str
    about: str
    advice: str
    confidence: float
    accepted: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FactCard:
    """Something of the profile; proposed until a person accepts it."""

    kind: FactKind
    title: str
    value: str
    accepted: bool
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class NeedCard:
    """A need beside the goods in this reception, and the words that served it; none: not yet."""

    kind: NeedKind
    title: str
    hint: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything the talks and people tell; `struck` is what people said is not so."""

    types: tuple[TypeCard, ...]
    facts: tuple[FactCard, ...]
    needs: tuple[NeedCard, ...]
    struck: tuple[Judged, ...]


def paint(
    house: House,
    connection: Connection,
    shop: str,
    person: Sequence[str],
    talks: Sequence[str],
    orders: Sequence[Order],
) -> Portrait:
    """The portrait of these buyers, who are one person, by their talks; needs by the newest reception of the first."""
    content = house.content.shop(shop)
    words, haggling = profiling_of(content), attitudes_of(content, house.settings.home)
    read = [read_before(connection, talk, NEWEST, LOOK_BACK) for talk in talks[:TALKS]]
    rows = sorted((row for some in read for row in some if _is_said(row)), key=lambda row: row.id)
    judged = find_judged(connection, person)
    reception = _reception(read[0]) if read else []
    return Portrait(
        _types(words, hear(haggling, map(_spoken, rows)), rows, judged, purchases_of(orders, house.clock.now())),
        _facts(words, rows, judged),
        _needs(words, reception),
        tuple(one for one in judged if one.state == "struck"),
    )


def find_orders_of(connection: Connection, sealer: Sealer, shop: str, person: Sequence[str]) -> list[Order]:
    """The orders of these buyers, who are one person, the newest first."""
    found = {order.id: order for buyer in person for order in find_buyer_orders(connection, sealer, shop, buyer)}
    return sorted(found.values(), key=lambda order: (order.listed_at, order.id), reverse=True)


def purchases_of(orders: Sequence[Order], now: int) -> Purchases:
    """How many orders were paid on earlier days, and how many were placed and left."""
    paid = sum(order.state in _PAID and order.listed_at < now - DAY for order in orders)
    left = sum(order.state == "unpaid" or (order.state == "closed" and not order.paid) for order in orders)
    return Purchases(paid, left)


def find_wish(connection: Connection, known: Customer | None) -> Evidence | None:
    """The message in which this customer asked for quiet, where one is named."""
    if known is None or known.quiet_conversation is None or known.quiet_seq is None:
        return None
    rows = read_before(connection, known.quiet_conversation, known.quiet_seq + 1, 1)
    text = _spoken(rows[-1])[1] if rows else ""
    return Evidence(text, known.quiet_conversation, known.quiet_seq)


def _types(
    words: Profiling,
    talk: Sequence[Utterance],
    rows: Sequence[Row],
    judged: Sequence[Judged],
    purchases: Purchases,
) -> tuple[TypeCard, ...]:
    struck = {(one.kind, one.value) for one in judged if one.state == "struck"}
    guesses = find_types(words.types, talk, purchases, struck)
    accepted = {one.kind: one for one in judged if one.state == "accepted"}
    found = []
    for axis in AXES:
        guess, sure = guesses.get(axis), accepted.get(axis)
        if sure is not None:
            told = guess if guess is not None and guess.type == sure.value else None
            found.append(_card(words, axis, sure.value, told, rows, sure))
        elif guess is not None:
            found.append(_card(words, axis, guess.type, guess, rows, None))
    return tuple(card for card in found if card is not None)


def _card(
    words: Profiling, axis: Axis, type_: str, guess: Guess | None, rows: Sequence[Row], sure: Judged | None
) -> TypeCard | None:
    entry = entry_of(words.types, axis, type_)
    if entry is None:
        return None
    reasons = tuple(_evidence(one, rows) for one in guess.reasons) if guess is not None else ()
    if sure is not None and not reasons and sure.seq is not None:
        reasons = (Evidence("", sure.conversation, sure.seq),)
    confidence = 1.0 if sure is not None or guess is None else guess.confidence
    return TypeCard(axis, type_, entry.title, entry.about, entry.advice, confidence, sure is not None, reasons)


def _facts(words: Profiling, rows: Sequence[Row], judged: Sequence[Judged]) -> tuple[FactCard, ...]:
    settled = {(one.kind, one.value) for one in judged}
    found = []
    for one in judged:
        if one.state == "accepted" and one.kind in FACT_KINDS:
            evidence = None if one.seq is None else Evidence(_text_at(rows, one), one.conversation, one.seq)
            found.append(FactCard(one.kind, fact_title(words.facts, one.kind), one.value, True, evidence))
    for told in find_told(words.facts, MEASURES, hear(None, map(_spoken, rows))):
        if (told.kind, told.value) not in settled:
            evidence = _evidence(Reason("", told.message), rows)
            found.append(FactCard(told.kind, fact_title(words.facts, told.kind), told.value, False, evidence))
    return tuple(sorted(found, key=lambda card: (not card.accepted, FACT_KINDS.index(card.kind))))


def _needs(words: Profiling, rows: Sequence[Row]) -> tuple[NeedCard, ...]:
    served = find_served(words.needs, hear(None, map(_spoken, rows)), _answered(rows))
    entries = {one.entry.need: one.entry for one in words.needs}
    return tuple(
        NeedCard(
            one.kind,
            entries[one.kind].title,
            entries[one.kind].hint,
            None if one.message is None else _evidence(Reason("", one.message), rows),
        )
        for one in served
    )


def _reception(rows: Sequence[Row]) -> list[Row]:
    """The messages since the buyer came last."""
    begin = max((place for place, row in enumerate(rows) if row.entry.kind in (OPENED, REOPENED)), default=0)
    return [row for row in rows[begin:] if _is_said(row)]


def _answered(rows: Sequence[Row]) -> int | None:
    """Seconds from the buyer's first message to a person's first answer."""
    asked = next((row.at for row in rows if row.entry.kind == MESSAGE_IN), None)
    if asked is None:
        return None
    answers = (row.at for row in rows if row.entry.author.startswith("agent:") and row.at >= asked)
    first = next(answers, None)
    return None if first is None else (first - asked) // 1000


def _is_said(row: Row) -> bool:
    return row.entry.kind in (MESSAGE_IN, MESSAGE_OUT)


def _spoken(row: Row) -> tuple[Voice, str]:
    role = Author.read(row.entry.author).role
    voice: Voice = "buyer" if row.entry.kind == MESSAGE_IN else "agent" if role == "agent" else "other"
    return voice, str(row.entry.body.get("text") or "")


def _evidence(reason: Reason, rows: Sequence[Row]) -> Evidence:
    if reason.message is None:
        return Evidence(reason.text)
    row = rows[reason.message]
    return Evidence(_spoken(row)[1], row.entry.conversation, row.seq)


def _text_at(rows: Sequence[Row], one: Judged) -> str:
    places = (row for row in rows if row.entry.conversation == one.conversation and row.seq == one.seq)
    return next((_spoken(row)[1] for row in places), "")
