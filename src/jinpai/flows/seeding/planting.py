"""Plants the past a shop's pack tells of: buyers, their talks, their orders; what is there already stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from jinpai.desk.history import add_buyer, add_talks, find_known
from jinpai.desk.model import Author
from jinpai.desk.seeds import BuyerSeed, Talk
from jinpai.flows.content.sections import BUYERS, ORDERS, STAFF, TALKS, load_shop_pack
from jinpai.flows.guarding.reviewing import plan_past_reviews
from jinpai.flows.ports import House
from jinpai.flows.seeding.orders import Ledger, order_row
from jinpai.flows.seeding.traces import DAY, traces_of
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput
from jinpai.orders.actions import record_orders
from jinpai.orders.claims.actions import Asked, open_claim
from jinpai.orders.model import OrderRow
from jinpai.orders.store import find_by_numbers, find_by_tracking
from jinpai.orders.tracking.actions import record_traces
from jinpai.orders.tracking.model import Trace
from jinpai.packs.model import Pack
from jinpai.staff.store import account

PLANT_SECONDS = 120
AT_ONCE = 100
"""How many orders are written in one transaction."""

DUE_DAYS = 15
"""By when the claim for a parcel that was lost is to be over."""


@dataclass(frozen=True, slots=True)
class Planted:
    """How many of each were new."""

    buyers: int = 0
    conversations: int = 0
    orders: int = 0


def plant(house: House, shop: str, channel: str, root: Path | None = None) -> Planted:
    """Plant the past of this shop, seen from now, its talks on this channel; a second time nothing is new.

    BadInput when its files have problems, or name staff without an account.
    """
    loaded = load_shop_pack(shop, {}, root, history=True)
    if loaded.problems:
        first = loaded.problems[0]
        raise BadInput(f"店铺 {shop} 的内容有问题，请运行 jinpai content check：{first.file} {first.message}")
    pack = loaded.pack
    seeds = pack.entries(BUYERS)
    with house.database.read() as connection:
        known = find_known(connection, shop, [seed.id for seed in seeds])
        people = _people(connection, pack)
    fresh = [seed for seed in seeds if seed.id not in known]
    new = {seed.id for seed in fresh}
    talks = [talk for talk in pack.entries(TALKS) if talk.buyer in new]
    known |= house.writer.run(_plant_buyers(house, shop, channel, fresh, talks, people), PLANT_SECONDS)
    orders = _plant_orders(house, shop, pack, known)
    return Planted(len(fresh), len({talk.buyer for talk in talks}), orders)


def _people(connection: sa.Connection, pack: Pack) -> dict[str, Author]:
    """The staff of the pack as they sign in the log, by their ids in the content."""
    query = sa.select(account.c.login, account.c.id, account.c.name)
    found = {row.login: Author("agent", row.id, row.name) for row in connection.execute(query)}
    seeds = pack.entries(STAFF)
    return {seed.id: found[seed.login.casefold()] for seed in seeds if seed.login.casefold() in found}


def _plant_buyers(
    house: House,
    shop: str,
    channel: str,
    seeds: Sequence[BuyerSeed],
    talks: Sequence[Talk],
    people: Mapping[str, Author],
) -> Action[dict[str, str]]:
    """The action that adds buyers with all they said, whole or not at all; returns the buyers' ids."""

    def act(tx: Tx) -> dict[str, str]:
        ids = {seed.id: add_buyer(tx, house.sealer, shop, seed) for seed in seeds}
        buyers = {seed.id: Author("buyer", ids[seed.id], seed.name) for seed in seeds}
        plan_past_reviews(tx, shop, add_talks(tx, channel, talks, buyers, people))
        return ids

    return act


def _plant_orders(house: House, shop: str, pack: Pack, buyers: Mapping[str, str]) -> int:
    """Record the orders of the pack; those already there under their number are left as they went on since."""
    ledger = Ledger.read(pack, buyers)
    now = house.clock.now()
    told = [(seed, *order_row(seed, ledger, now)) for seed in pack.entries(ORDERS)]
    with house.database.read() as connection:
        there = find_by_numbers(connection, house.sealer, shop, [row.number for _, row, _ in told])
    new = [one for one in told if one[1].number not in there]
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        traces = [trace for seed, row, went in some for trace in traces_of(seed, row, went, now)]
        house.writer.run(_plant_some(house, shop, [row for _, row, _ in some], traces))
    return len(new)


def _plant_some(house: House, shop: str, rows: Sequence[OrderRow], traces: Sequence[Trace]) -> Action[None]:
    """The action that records these orders with what couriers told of their parcels; what they lost is claimed for."""

    def act(tx: Tx) -> None:
        record_orders(house.sealer, shop, rows)(tx)
        record_traces(house.sealer, shop, traces, "system:")(tx)
        lost = {trace.number: trace.text for trace in traces if trace.state == "lost"}
        for number, (order, *_) in find_by_tracking(tx.connection, house.sealer, shop, sorted(lost)).items():
            asked = Asked(number, "lost", order.paid, f"快递书面回复：{lost[number]}", tx.now + DUE_DAYS * DAY)
            open_claim(house.sealer, order.id, asked, Author("system"))(tx)

    return act
