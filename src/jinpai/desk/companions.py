"""Buyers of the companion window: known by the name they have in the other client, one conversation each."""

from collections.abc import Callable

import sqlalchemy as sa

from jinpai.desk.model import COMPANION
from jinpai.desk.store import channel
from jinpai.desk.visits import meet
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, NotFound


def open_companion(shop_id: str, name: str, channel_id: str | None = None) -> Callable[[Tx], str]:
    """The id of the conversation with the buyer of this name on the shop's companion channel, its first by default.

    The same name leads to the same conversation, however it is spaced. BadInput for an empty name, NotFound where the
    shop has no such channel.
    """
    known_as = " ".join(name.split())
    if not known_as:
        raise BadInput("请填买家在对方软件里的名字")

    def act(tx: Tx) -> str:
        mine = sa.and_(channel.c.shop == shop_id, channel.c.kind == COMPANION)
        if channel_id is not None:
            mine = sa.and_(mine, channel.c.id == channel_id)
        place = tx.connection.execute(sa.select(channel).where(mine).order_by(channel.c.id).limit(1)).one_or_none()
        if place is None:
            raise NotFound("这家店还没有伴侣窗口的渠道，请店主在管理页的渠道里添加一个")
        return meet(tx, place, f"{place.id}:{known_as}", known_as).conversation

    return act
