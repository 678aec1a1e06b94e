"""A buyer's message that the copilot may answer by itself: planned beside it, off as soon as a person speaks."""

from collections.abc import Callable, Sequence

from sqlalchemy.engine import Connection

from jinpai.desk.model import CLOSED, COMPANION, MESSAGE_IN, MESSAGE_OUT
from jinpai.desk.projection import Change, OnChanges
from jinpai.flows.answering.setting import answers_now
from jinpai.flows.content.shop import ShopContent
from jinpai.journal.due import Due, call_off, schedule
from jinpai.journal.model import Row
from jinpai.kit.errors import Refusal

ANSWER = "answer"
TOGETHER = "买家又说了一句，一起回答"


def planned_answers(content: Callable[[str], ShopContent]) -> OnChanges:
    """The hook that has a buyer's newest words thought about, and calls that off once a person has spoken."""

    def on_changes(connection: Connection, changes: Sequence[Change]) -> None:
        at = changes[0].rows[0].at if changes else 0
        needless = [id_ for change in changes if any(map(_is_persons, change.rows)) for id_ in change.take(ANSWER)]
        call_off(connection, needless, "客服已经回复，或会话已结束", at)
        planned = [(change, work) for change in changes for work in _plan(content, change)]
        if planned:
            call_off(connection, [id_ for change, _ in planned for id_ in change.take(ANSWER)], TOGETHER, at)
            schedule(connection, [work for _, work in planned], at)

    return on_changes


def _plan(content: Callable[[str], ShopContent], change: Change) -> list[Due]:
    now, heard = change.after, [row for row in change.rows if row.entry.kind == MESSAGE_IN]
    if not heard or now.channel == COMPANION or now.status != "open" or now.waiting_since is None:
        return []
    try:
        shop = content(now.shop)
    except Refusal:
        return []
    last = heard[-1]
    if shop.modes is None or not answers_now(shop, last.at):
        return []
    at = last.at + shop.modes.wait_seconds * 1000
    return [Due(now.shop, ANSWER, now.id, f"{ANSWER}:{now.id}:{last.seq}", at, {"seq": last.seq})]


def _is_persons(row: Row) -> bool:
    return row.entry.kind == CLOSED or (row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:"))
