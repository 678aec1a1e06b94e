"""The questions in a talk: what the buyer said, who answered when and by what means, what the buyer said to that."""

from collections.abc import Sequence

from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT
from jinpai.journal.model import Row
from jinpai.knowledge.model import Question

LATE = 180_000
"""Milliseconds after which the desk shows a buyer as waiting too long."""
ANSWER_LINES = 3
"""An answer given in several messages is taken up to so many."""


def read_questions(rows: Sequence[Row], since: int, now: int, *, is_timed: bool = True) -> list[Question]:
    """The questions among these rows of one talk (oldest first), asked from `since` on.

    Where words are carried by hand (`is_timed` false) nobody is late, and silence tells nothing.
    """
    talk = [row for row in rows if row.entry.kind in (MESSAGE_IN, MESSAGE_OUT)]
    found, product = [], ""
    for place, row in enumerate(talk):
        card = row.entry.body.get("attach")
        if card and card.get("kind") == "product":
            product = str(card.get("product", ""))
        if row.entry.kind == MESSAGE_IN and row.at >= since and _text(row):
            found.append(_question(talk, place, product, now, is_timed=is_timed))
    return found


def _question(talk: Sequence[Row], place: int, product: str, now: int, *, is_timed: bool) -> Question:
    asked = talk[place]
    at = next((at for at in range(place + 1, len(talk)) if _is_person(talk[at])), None)
    if at is None:
        ignored = is_timed and now - asked.at > LATE
        return _told(asked, product, is_unanswered=ignored)
    answer, lines = talk[at], [_text(talk[at])]
    after = at + 1
    while after < len(talk) and talk[after].entry.kind == MESSAGE_OUT:
        if _is_person(talk[after]) and len(lines) < ANSWER_LINES:
            lines.append(_text(talk[after]))
        after += 1
    waited = answer.at - asked.at if is_timed else None
    return _told(
        asked,
        product,
        waited=waited,
        is_late=waited is not None and waited > LATE,
        by_hand=not answer.entry.data.get("source") and not (answer.entry.data.get("advice") or {}).get("took"),
        answer="\n".join(line for line in lines if line),
        who=str(answer.entry.body.get("name", "")),
        reply=_text(talk[after]) if after < len(talk) else "",
    )


def _told(
    asked: Row,
    product: str,
    *,
    waited: int | None = None,
    is_late: bool = False,
    is_unanswered: bool = False,
    by_hand: bool = False,
    answer: str = "",
    who: str = "",
    reply: str = "",
) -> Question:
    return Question(
        asked.id, asked.entry.conversation or "", asked.seq, asked.at, _text(asked),
        waited, is_late, is_unanswered, by_hand, answer, who, reply, product,
    )  # fmt: skip


def _is_person(row: Row) -> bool:
    return row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:")


def _text(row: Row) -> str:
    return str(row.entry.body.get("text", "")).strip()
