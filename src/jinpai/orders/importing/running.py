"""A plan of orders into the order book, or what would come of it."""

from sqlalchemy.engine import Connection

from jinpai.importing.model import Plan, Tally
from jinpai.importing.running import Progress, run_lines
from jinpai.journal.writer import Writer
from jinpai.kit.sealing import Sealer
from jinpai.orders.actions import foretell, record_orders
from jinpai.orders.model import OrderRow


def run_plan(writer: Writer, sealer: Sealer, shop: str, plan: Plan[OrderRow], author: str, progress: Progress) -> Tally:
    """Record every order of the plan; `progress` hears after each commit."""
    return run_lines(writer, plan, lambda rows: record_orders(sealer, shop, rows, author), progress)


def try_plan(connection: Connection, sealer: Sealer, shop: str, plan: Plan[OrderRow]) -> Tally:
    """What `run_plan` would do, without doing it."""
    tally = Tally(plan.count, rejected=list(plan.rejected))
    tally.add(foretell(connection, sealer, shop, [row for _, row in plan.lines]))
    return tally
