"""Remarks as people look at them: with the message, who said it to whom, and what was said of the remark since."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, Author
from jinpai.desk.store import buyer, conversation
from jinpai.journal.model import Row
from jinpai.journal.reader import read_before, read_rows
from jinpai.quality.model import HitRecord, Wanted
from jinpai.quality.store import find_hits, get_hit, list_overturned
from jinpai.staff.store import name_authors

BEFORE = 4
"""How many messages before the one at issue a counter-example carries."""

_LONG_NUMBER = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said of a remark, and when (ms)."""

    by: str
    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A remark with its message; `reason` is why that was sent all the same."""

    hit: HitRecord
    text: str
    reason: str
    name: str
    buyer: str
    appeal: Word | None
    decision: Word | None


def list_seen(
    connection: Connection, wanted: Wanted | None, cursor: tuple[int, str] | None, limit: int, only: str = ""
) -> list[Seen]:
    """The remarks that are wanted, or the one with the id `only`, the newest first."""
    one = get_hit(connection, only) if only else None
    hits = find_hits(connection, wanted, cursor, limit) if wanted is not None else [one] if one is not None else []
    ids = {id_ for hit in hits for id_ in (hit.message, hit.appeal, hit.decision) if id_ is not None}
    rows = {row.id: row for row in read_rows(connection, sorted(ids))}
    authors = {row.entry.author for row in rows.values()} | {f"agent:{hit.agent}" for hit in hits}
    names = name_authors(connection, authors)
    query = sa.select(conversation.c.id, buyer.c.name).join(buyer, buyer.c.id == conversation.c.buyer)
    query = query.where(conversation.c.id.in_({hit.conversation for hit in hits}))
    buyers = {row.id: row.name for row in connection.execute(query)}
    return [
        Seen(
            hit,
            *_message(rows.get(hit.message)),
            names.get(f"agent:{hit.agent}", ""),
            buyers.get(hit.conversation, ""),
            _word(rows.get(hit.appeal or 0), names),
            _word(rows.get(hit.decision or 0), names),
        )
        for hit in hits
    ]


def counter_examples(connection: Connection, shops: Sequence[str]) -> str:
    """The overturned remarks of these shops as lines a rule must let pass, in YAML, with what was said before them."""
    lines: list[str] = []
    rule = ""
    for hit in list_overturned(connection, shops):
        said = _talk(read_before(connection, hit.conversation, hit.seq + 1, BEFORE * 4))
        if not said or said[-1][0] != "agent":
            continue
        if hit.rule != rule:
            rule = hit.rule
            lines.append(f"- rule: {rule}\n  must_pass:")
        lines.append(f"    - text: {_quoted(said[-1][1])}")
        if said[:-1]:
            lines.append("      before:")
            lines += [f"        - {{{role}: {_quoted(text)}}}" for role, text in said[:-1][-BEFORE:]]
    head = "# 主管推翻的命中：规则不该拦的话。核对后放进各条规则的 must_pass。\n"
    return head + ("\n".join(lines) if lines else "[]") + "\n"


def _talk(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Who said what, as far as it was not erased."""
    found: list[tuple[str, str]] = []
    for row in rows:
        role = Author.read(row.entry.author).role
        if row.entry.kind in (MESSAGE_IN, MESSAGE_OUT) and role in ("buyer", "agent") and row.entry.body.get("text"):
            found.append((role, row.entry.body["text"]))
    return found


def _quoted(text: str) -> str:
    """The words as YAML text in one line; numbers long enough to belong to somebody become noughts."""
    blotted = _LONG_NUMBER.sub(lambda found: "0" * len(found[0]), " ".join(text.split()))
    return "'" + blotted.replace("'", "''") + "'"


def _message(row: Row | None) -> tuple[str, str]:
    body = row.entry.body if row is not None else {}
    return body.get("text", ""), body.get("reason", "")


def _word(row: Row | None, names: dict[str, str]) -> Word | None:
    if row is None:
        return None
    body = row.entry.body
    return Word(names.get(row.entry.author, body.get("name", "")), row.at, body.get("reason", ""))
