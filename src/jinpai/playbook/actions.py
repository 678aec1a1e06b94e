"""What people do with their own quick replies; each action is atomic and leaves its row in the journal."""

from collections.abc import Sequence

import sqlalchemy as sa

from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.bulk import insert_many
from jinpai.kit.errors import BadInput, NotFound
from jinpai.kit.ids import new_id
from jinpai.playbook.replies import Wording
from jinpai.playbook.store import (
    OwnReply,
    count_replies,
    get_reply,
    list_replies,
    list_stars,
    quick_reply,
    script_star,
)

TOPIC = "scripts"
"""The hint that a shop's quick replies changed: {"shop"}."""

MAX_REPLIES = 20_000
"""How many replies of their own a person, or a team, may have in a shop."""

MAX_STARS = 500
GONE = "没有这条话术，可能已经被删掉了，请刷新再看"
_COLUMNS = ("id", "shop", "person", "folder", "code", "title", "text", "created_at", "changed_at")


def add_replies(shop: str, person: str | None, by: str, wordings: Sequence[Wording]) -> Action[tuple[int, int]]:
    """Add checked wordings to a person's replies (without a person: the team's); gives how many were added and updated.

    One with a title that is already in the same folder takes its place; BadInput when it would be too many.
    """

    def act(tx: Tx) -> tuple[int, int]:
        there = {(one.folder, one.title): one.id for one in list_replies(tx.connection, shop, person)}
        last = {(one.folder, one.title): one for one in wordings}
        fresh = [one for key, one in last.items() if key not in there]
        if len(there) + len(fresh) > MAX_REPLIES:
            raise BadInput(f"话术最多存 {MAX_REPLIES} 条，现在有 {len(there)} 条，请删掉一些再加")
        rows = [(new_id("q"), shop, person, one.folder, one.code, one.title, one.text, tx.now, tx.now) for one in fresh]
        insert_many(tx.connection, quick_reply, _COLUMNS, rows)
        for key, one in last.items():
            if key in there:
                _write(tx, there[key], one)
        added, updated = len(fresh), len(last) - len(fresh)
        _record(tx, "scripts_added", by, shop, {"person": person, "added": added, "updated": updated})
        return added, updated

    return act


def keep_reply(reply_id: str, shop: str, person: str | None, by: str, wording: Wording) -> Action[None]:
    """Write a reply under this id, new or anew; the same again changes nothing. NotFound when the id is another's."""

    def act(tx: Tx) -> None:
        reply = get_reply(tx.connection, reply_id)
        if reply is None:
            if count_replies(tx.connection, shop, person) >= MAX_REPLIES:
                raise BadInput(f"话术最多存 {MAX_REPLIES} 条，请删掉一些再加")
            values = (wording.folder, wording.code, wording.title, wording.text)
            insert_many(tx.connection, quick_reply, _COLUMNS, [(reply_id, shop, person, *values, tx.now, tx.now)])
            _record(tx, "script_added", by, shop, {"script": reply_id, "person": person})
            return
        _check_theirs(reply, shop, person)
        if reply.wording != wording:
            _write(tx, reply_id, wording)
            _record(tx, "script_changed", by, shop, {"script": reply_id, "person": person})

    return act


def remove_reply(reply_id: str, shop: str, person: str | None, by: str) -> Action[bool]:
    """Remove a reply and its stars, and tell whether it was there; what was sent with it stays counted."""

    def act(tx: Tx) -> bool:
        reply = get_reply(tx.connection, reply_id)
        if reply is None:
            return False
        _check_theirs(reply, shop, person)
        tx.connection.execute(sa.delete(script_star).where(script_star.c.script == reply_id))
        tx.connection.execute(sa.delete(quick_reply).where(quick_reply.c.id == reply_id))
        _record(tx, "script_removed", by, shop, {"script": reply_id, "person": person})
        return True

    return act


def star(shop: str, person: str, script: str, *, starred: bool) -> Action[None]:
    """Keep a reply at hand for a person, or no longer; doing it twice changes nothing."""

    def act(tx: Tx) -> None:
        there = list_stars(tx.connection, shop, person)
        if starred and script not in there:
            if len(there) >= MAX_STARS:
                raise BadInput(f"收藏最多 {MAX_STARS} 条，请先取消一些")
            tx.connection.execute(sa.insert(script_star).values(person=person, shop=shop, script=script))
        elif not starred and script in there:
            mine = sa.and_(script_star.c.person == person, script_star.c.shop == shop, script_star.c.script == script)
            tx.connection.execute(sa.delete(script_star).where(mine))

    return act


def _check_theirs(reply: OwnReply, shop: str, person: str | None) -> None:
    if (reply.shop, reply.person) != (shop, person):
        raise NotFound(GONE)


def _write(tx: Tx, reply_id: str, wording: Wording) -> None:
    values = {"folder": wording.folder, "code": wording.code, "title": wording.title, "text": wording.text}
    changed = sa.update(quick_reply).where(quick_reply.c.id == reply_id)
    tx.connection.execute(changed.values(**values, changed_at=tx.now))


def _record(tx: Tx, kind: str, by: str, shop: str, data: dict[str, object]) -> None:
    tx.append(Entry(kind, by, shop, data=data))
    tx.tell(TOPIC, {"shop": shop})
