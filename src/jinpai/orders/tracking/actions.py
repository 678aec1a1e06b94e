"""Taking in what couriers tell; each action is one transaction of the writer."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from jinpai.importing.model import Outcome
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Tx
from jinpai.kit.bulk import insert_many
from jinpai.kit.sealing import Sealer
from jinpai.orders.actions import record_orders
from jinpai.orders.model import TOPIC, OrderRow
from jinpai.orders.store import get_orders, order_fact
from jinpai.orders.tracking.model import MOVED, TRACKED, Trace, Track, fold
from jinpai.orders.tracking.store import add_traces, find_traces, find_tracks, lock_carried, put_tracks


def record_traces(sealer: Sealer, shop: str, traces: Sequence[Trace], author: str) -> Callable[[Tx], list[Outcome]]:
    """Keep what is new of these traces, one outcome each; the same again, or in another order, changes nothing.

    Where a parcel stands otherwise than before is a fact in the history of its orders; an order whose parcels have all
    arrived is delivered.
    """

    def act(tx: Tx) -> list[Outcome]:
        numbers = sorted({one.number for one in traces})
        carried = lock_carried(tx.connection, shop, numbers)
        known = find_traces(tx.connection, shop, numbers)
        seen = {one.key(shop) for told in known.values() for one in told}
        new: dict[str, Trace] = {}
        outcomes: list[Outcome] = []
        for one in traces:
            key = one.key(shop)
            outcomes.append("unchanged" if key in seen else "created")
            if key not in seen:
                seen.add(key)
                new[key] = one
        if new:
            _keep(tx, shop, new.values(), known, carried, author)
            _deliver(tx, sealer, shop, {order for one in new.values() for order in carried.get(one.number, ())}, author)
        return outcomes

    return act


def _keep(
    tx: Tx,
    shop: str,
    new: Iterable[Trace],
    known: Mapping[str, Sequence[Trace]],
    carried: Mapping[str, Sequence[str]],
    author: str,
) -> None:
    told: dict[str, list[Trace]] = {}
    for one in new:
        told.setdefault(one.number, []).append(one)
    tracks: list[Track] = []
    facts: list[tuple[str, Receipt]] = []
    for number, fresh in told.items():
        before, after = fold(known.get(number, ())), fold([*known.get(number, ()), *fresh])
        assert after is not None
        tracks.append(after)
        if before is None or before.state != after.state:
            told_of = {"parcel": number, "changes": {"parcel": [before and before.state, after.state]}}
            for order in carried.get(number, ()):
                facts.append((order, tx.append(Entry(MOVED, author, shop, data={"order": order, **told_of}))))
    add_traces(tx.connection, shop, [one for fresh in told.values() for one in fresh], tx.now)
    put_tracks(tx.connection, shop, tracks, tx.now)
    insert_many(tx.connection, order_fact, ("order_id", "fact"), [(order, receipt.id) for order, receipt in facts])
    tx.tell(TRACKED, {"shop": shop})
    tx.tell(TOPIC, {"shop": shop})


def _deliver(tx: Tx, sealer: Sealer, shop: str, ids: set[str], author: str) -> None:
    """Those of these orders on their way whose parcels have all arrived, are delivered."""
    sent = [order for order in get_orders(tx.connection, sealer, ids).values() if order.state == "shipped"]
    numbers = {parcel.number for order in sent for parcel in order.parcels if parcel.number}
    tracks = find_tracks(tx.connection, shop, numbers)
    arrived = {number for number, track in tracks.items() if track.state == "delivered"}
    rows = [
        OrderRow(order.number, state="delivered")
        for order in sent
        if order.parcels and all(parcel.number in arrived for parcel in order.parcels)
    ]
    if rows:
        record_orders(sealer, shop, rows, author)(tx)
