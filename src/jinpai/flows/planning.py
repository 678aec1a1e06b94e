"""What a batch of rows sets in motion: planned as due rows in the same transaction, cancelled once needless."""

from collections.abc import Callable, Sequence

from sqlalchemy.engine import Connection

from jinpai.desk.projection import Change, OnChanges
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.reception.asked_wait import plan_apology
from jinpai.flows.reception.automatic import AUTO_REPLY, StatusOf, is_answered, plan_replies
from jinpai.flows.reception.routing import plan_route
from jinpai.journal.due import Due, call_off, schedule
from jinpai.kit.errors import Refusal


def planned_rows(content: Callable[[str], ShopContent], status: StatusOf) -> OnChanges:
    """The hook that plans routing, automatic replies and apologies, and cancels replies once a person has spoken."""

    def on_changes(connection: Connection, changes: Sequence[Change]) -> None:
        needless = [id_ for change in changes if is_answered(change) for id_ in change.take(AUTO_REPLY)]
        if needless:
            call_off(connection, needless, "客服已经回复", changes[0].rows[0].at)
        works = [work for change in changes for work in plan_route(change)]
        for change in changes:
            if _begins_to_wait(change):
                works += _plan(content, status, change)
        if works:
            schedule(connection, works, changes[0].rows[0].at)

    return on_changes


def _plan(content: Callable[[str], ShopContent], status: StatusOf, change: Change) -> list[Due]:
    """What the shop's content asks for; nothing while it cannot be read, since the message is kept all the same."""
    try:
        shop = content(change.after.shop)
    except Refusal:
        return []
    return [*plan_replies(shop, status, change), *plan_apology(shop.service, change)]


def _begins_to_wait(change: Change) -> bool:
    """Whether the buyer now waits for an answer, or was just asked to wait for one."""
    before, now = change.before, change.after
    waits = now.waiting_since is not None and now.waiting_since != before.waiting_since
    return waits or (now.asked_wait_at is not None and now.asked_wait_at != before.asked_wait_at)
