"""What happens to advice: it is shown, an answer decides what came of it; and people put right what was misheard."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.copilot.store import (
    Correction,
    Shown,
    add_correction,
    add_shown,
    find_correction,
    find_shown,
    suggestion,
    undo_correction,
)
from jinpai.desk.model import MESSAGE_OUT, Author, Conversation
from jinpai.desk.projection import Change
from jinpai.journal.model import Entry, Row
from jinpai.journal.writer import Action, Tx
from jinpai.kit.bulk import update_many
from jinpai.kit.errors import Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.staff.model import ELSEWHERE

if TYPE_CHECKING:
    from jinpai.copilot.suggesting.model import Suggestion

CORRECTED = "intent_corrected"
UNDONE = "intent_correction_undone"
"""The kinds of these facts in the journal."""

ADDED = 4
"""The place of a reply that is added to advice later."""


@dataclass(frozen=True, slots=True)
class Misheard:
    """Words of a buyer's message `seq` that were taken for the intent `heard` ("" = for none) and meant `meant`."""

    seq: int
    words: str
    heard: str
    meant: str


def advice_id(state: Conversation, seq: int, person: str, suggestions: "Sequence[Suggestion]") -> str:
    """The name of this advice: the same replies shown to the same person for the same words have the same."""
    told = "\0".join((state.id, str(seq), person, *(part for one in suggestions for part in (one.id, one.text))))
    return f"ad_{blake2b(told.encode(), digest_size=12).hexdigest()}"


def remember(advice: str, state: Conversation, seq: int, person: str, shown: "Sequence[Suggestion]") -> Action[None]:
    """The action that notes what was shown to this person for the buyer's words `seq`, once."""

    def act(tx: Tx) -> None:
        if find_shown(tx.connection, [advice]):
            return
        add_shown(
            tx.connection,
            [_shown(advice, state, seq, person, one, place, tx.now) for place, one in enumerate(shown, 1)],
        )

    return act


def remember_more(advice: str, state: Conversation, seq: int, person: str, one: "Suggestion") -> Action[None]:
    """The action that notes that one more reply was shown with this advice, in place of an earlier one so added."""

    def act(tx: Tx) -> None:
        known = find_shown(tx.connection, [advice])
        if known and all(other.outcome == "open" for other in known):
            tx.connection.execute(sa.delete(suggestion).where(suggestion.c.id == f"{advice}.{ADDED}"))
            add_shown(tx.connection, [_shown(advice, state, seq, person, one, ADDED, tx.now)])

    return act


def _shown(advice: str, state: Conversation, seq: int, person: str, one: "Suggestion", place: int, now: int) -> Shown:
    return Shown(
        id=f"{advice}.{place}",
        advice=advice,
        shop=state.shop,
        conversation=state.id,
        person=person,
        seq=seq,
        place=place,
        source=one.id,
        kind=one.kind,
        digest=_digest(one.text),
        at=now,
        outcome="open",
    )


def settled_suggestions(connection: Connection, changes: Sequence[Change]) -> None:
    """The hook that decides what came of advice when its reader answers the buyer, in the transaction of the answer."""
    answers = {row.entry.data["advice"]["id"]: row for change in changes for row in change.rows if _names_advice(row)}
    shown = find_shown(connection, list(answers)) if answers else []
    rows = [
        (one.id, _outcome(one, answers[one.advice]), answers[one.advice].id)
        for one in shown
        if one.outcome == "open" and _is_theirs(one, answers[one.advice])
    ]
    update_many(connection, suggestion, "id", ("outcome", "message"), rows)


def correct(state: Conversation, by: Author, misheard: Misheard) -> Action[Correction]:
    """The action that notes what the buyer really meant; the words lie in the body of its journal row."""
    return _noted(state.shop, state.id, by, misheard)


def exemplify(shop: str, by: Author, text: str, heard: str, meant: str) -> Action[Correction]:
    """The action that notes that this text is an example of the intent `meant`, no more of `heard` ("" = of none)."""
    return _noted(shop, "", by, Misheard(0, text, heard, meant))


def _noted(shop: str, conversation: str, by: Author, misheard: Misheard) -> Action[Correction]:
    def act(tx: Tx) -> Correction:
        data = {"about": misheard.seq, "heard": misheard.heard, "meant": misheard.meant}
        body = {"words": misheard.words, "name": by.name}
        receipt = tx.append(Entry(CORRECTED, by.key(), shop, conversation=conversation or None, data=data, body=body))
        connection = tx.connection
        new = Correction(
            id=new_id("ic"),
            shop=shop,
            conversation=conversation,
            seq=misheard.seq,
            fact=receipt.id,
            heard=misheard.heard,
            meant=misheard.meant,
            person=by.id,
            at=tx.now,
        )
        add_correction(connection, new)
        return new

    return act


def undo(correction: str, by: Author) -> Action[Correction]:
    """The action that takes a correction back, so that it is learned from no more; Conflict when that was done."""

    def act(tx: Tx) -> Correction:
        known = find_correction(tx.connection, correction)
        if known is None:
            raise NotFound(ELSEWHERE)
        if known.undone_at is not None:
            raise Conflict("这条更正已经撤销过了，请刷新页面")
        undo_correction(tx.connection, known.id, by.id, tx.now)
        data = {"correction": known.id, "fact": known.fact}
        tx.append(Entry(UNDONE, by.key(), known.shop, conversation=known.conversation or None, data=data))
        return known

    return act


def _names_advice(row: Row) -> bool:
    return row.entry.kind == MESSAGE_OUT and "advice" in row.entry.data


def _is_theirs(one: Shown, row: Row) -> bool:
    """Whether who answered is who it was shown to, there."""
    return one.conversation == row.entry.conversation and Author.read(row.entry.author).id == one.person


def _outcome(one: Shown, row: Row) -> str:
    if row.entry.data["advice"]["took"] != one.place:
        return "ignored"
    return "sent" if _digest(str(row.entry.body.get("text", ""))) == one.digest else "edited"


def _digest(text: str) -> str:
    return blake2b(text.strip().encode(), digest_size=12).hexdigest()
