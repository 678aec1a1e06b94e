"""What stands beside a customer's talks and orders and may name them: it goes with them."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.care.store import close_cares
from jinpai.copilot.llm.calls import forget_words
from jinpai.customers.erasing import Traces
from jinpai.flows.pictures.sweeping import DROP
from jinpai.journal.erasing import erase_works
from jinpai.kit.emptying import empty_out
from jinpai.orders.alerts.store import parcel_alert
from jinpai.orders.claims.store import parcel_claim
from jinpai.orders.tracking.store import parcel_trace, parcel_track
from jinpai.reminders.store import reminder
from jinpai.stock.tables import goods_return
from jinpai.tasks.store import task


def tasks_of(traces: Traces) -> sa.ColumnElement[bool]:
    """The hand-overs about these conversations and orders."""
    return sa.or_(task.c.conversation.in_(traces.talks), task.c.order_id.in_(traces.order_ids))


def erase_beside(connection: Connection, traces: Traces, why: str, now: int) -> int:
    """Empty what reminders, hand-overs, care, parcels, returned goods, model calls and planned work keep of them.

    How many things still had something. What an earlier erasure let go of by a work of its own goes on.
    """
    ids = traces.order_ids
    subjects = [*traces.talks, *ids, *traces.files, *traces.buyers]
    return (
        empty_out(connection, reminder, reminder.c.order_id.in_(ids), {"buyer_name": ""})
        + empty_out(connection, task, tasks_of(traces), {"invoice": None})
        + close_cares(connection, traces.buyers, why)
        + forget_words(connection, traces.talks)
        + _erase_parcels(connection, traces)
        + empty_out(connection, goods_return, goods_return.c.order_id.in_(ids), {"note": ""})
        + erase_works(connection, subjects, (DROP,), why, now)
    )


def _erase_parcels(connection: Connection, traces: Traces) -> int:
    """Couriers write who took the parcel in, and whom they could not reach; people write why they settled a matter.

    Where a parcel stands and since when stays. The single news go: blanked, they would be taken for others.
    """
    ids = traces.order_ids
    numbers = [parcel.number for order in traces.orders for parcel in order.parcels]
    traced = sa.and_(parcel_trace.c.shop == traces.shop, parcel_trace.c.number.in_(numbers))
    tracked = sa.and_(parcel_track.c.shop == traces.shop, parcel_track.c.number.in_(numbers))
    return (
        connection.execute(sa.delete(parcel_trace).where(traced)).rowcount
        + empty_out(connection, parcel_track, tracked, {"text": ""})
        + empty_out(connection, parcel_alert, parcel_alert.c.order_id.in_(ids), {"why": ""})
        + empty_out(connection, parcel_claim, parcel_claim.c.order_id.in_(ids), {"evidence": "", "answer": ""})
    )
