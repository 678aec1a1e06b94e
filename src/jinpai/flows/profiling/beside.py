"""What stands beside a customer's talks and orders and may name them: it goes with them."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.care.store import close_cares
from jinpai.copilot.llm.calls import forget_words
from jinpai.customers.erasing import Traces
from jinpai.journal.erasing import erase_works
from jinpai.orders.alerts.store import parcel_alert
from jinpai.orders.claims.store import parcel_claim
from jinpai.orders.tracking.store import parcel_trace, parcel_track
from jinpai.reminders.store import reminder
from jinpai.stock.tables import goods_return
from jinpai.tasks.store import task


def tasks_of(traces: Traces) -> sa.ColumnElement[bool]:
    """The hand-overs about these conversations and orders."""
    return sa.or_(task.c.conversation.in_(traces.talks), task.c.order_id.in_(traces.order_ids))


def erase_beside(connection: Connection, traces: Traces, why: str, now: int) -> None:
    """Empty what reminders, hand-overs, care, parcels, returned goods, model calls and planned work keep of them."""
    ids = traces.order_ids
    connection.execute(sa.update(reminder).where(reminder.c.order_id.in_(ids)).values(buyer_name=""))
    connection.execute(sa.update(task).where(tasks_of(traces)).values(invoice=None))
    close_cares(connection, traces.buyers, why)
    forget_words(connection, traces.talks)
    _erase_parcels(connection, traces)
    connection.execute(sa.update(goods_return).where(goods_return.c.order_id.in_(ids)).values(note=""))
    erase_works(connection, [*traces.talks, *ids, *traces.files, *traces.buyers], why, now)


def _erase_parcels(connection: Connection, traces: Traces) -> None:
    """Couriers write who took the parcel in, and whom they could not reach; people write why they settled a matter.

    Where a parcel stands and since when stays. The single news go: blanked, they would be taken for others.
    """
    ids = traces.order_ids
    numbers = [parcel.number for order in traces.orders for parcel in order.parcels]
    for table in (parcel_trace, parcel_track):
        mine = sa.and_(table.c.shop == traces.shop, table.c.number.in_(numbers))
        change = sa.delete(table) if table is parcel_trace else sa.update(table).values(text="")
        connection.execute(change.where(mine))
    connection.execute(sa.update(parcel_alert).where(parcel_alert.c.order_id.in_(ids)).values(why=""))
    words = {"evidence": "", "answer": ""}
    connection.execute(sa.update(parcel_claim).where(parcel_claim.c.order_id.in_(ids)).values(words))
