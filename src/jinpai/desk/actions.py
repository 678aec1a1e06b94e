"""Shops, their channels, and how far their conversations were read; each action is one transaction of the writer."""

import sqlalchemy as sa

from jinpai.desk.model import CHANNEL_SECRET, MESSAGE_IN
from jinpai.desk.store import channel, conversation, read_mark, shop
from jinpai.journal.store import journal
from jinpai.journal.writer import Tx
from jinpai.kit.ids import new_secret
from jinpai.kit.sealing import Sealer


def add_shop(tx: Tx, id_: str, name: str) -> None:
    """Add a shop, or rename the one with this id."""
    changed = tx.connection.execute(sa.update(shop).where(shop.c.id == id_).values(name=name))
    if changed.rowcount == 0:
        tx.connection.execute(sa.insert(shop).values(id=id_, name=name, created_at=tx.now))


def add_channel(tx: Tx, sealer: Sealer, id_: str, shop_id: str, kind: str, name: str) -> None:
    """Add a channel with a fresh secret; one that is already there stays as it is."""
    if tx.connection.execute(sa.select(channel.c.id).where(channel.c.id == id_)).first() is None:
        secret = sealer.seal(CHANNEL_SECRET, new_secret())
        row = {"id": id_, "shop": shop_id, "kind": kind, "name": name, "secret": secret, "settings": {}}
        tx.connection.execute(sa.insert(channel).values(row))


def mark_read(tx: Tx, conversation_id: str, side: str, seq: int) -> None:
    """Remember how far a side has read; never moves back. What staff have read is no longer counted as unread."""
    mine = sa.and_(read_mark.c.conversation == conversation_id, read_mark.c.side == side)
    changed = tx.connection.execute(sa.update(read_mark).where(mine, read_mark.c.seq < seq).values(seq=seq))
    if changed.rowcount == 0 and tx.connection.execute(sa.select(read_mark.c.seq).where(mine)).first() is None:
        tx.connection.execute(sa.insert(read_mark).values(conversation=conversation_id, side=side, seq=seq))
    if side == "agent":
        newer = sa.and_(journal.c.conversation == conversation_id, journal.c.seq > seq, journal.c.kind == MESSAGE_IN)
        unread = tx.connection.execute(sa.select(sa.func.count()).where(newer)).scalar_one()
        lower = sa.and_(conversation.c.id == conversation_id, conversation.c.unread > unread)
        tx.connection.execute(sa.update(conversation).where(lower).values(unread=unread))
    tx.tell("read", {"c": conversation_id, "who": side, "seq": seq})
