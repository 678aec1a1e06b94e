"""Hand-overs as clients see them: with their words, their order and buyer, and the invoice masked."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlalchemy.engine import Connection

from jinpai.desk.store import get_conversations
from jinpai.flows.ports import House
from jinpai.journal.reader import read_rows
from jinpai.kit.money import yuan
from jinpai.orders.store import get_orders
from jinpai.staff.store import name_authors
from jinpai.tasks.content import Department
from jinpai.tasks.invoices import Invoice, Medium, Party, mask_title, mask_to
from jinpai.tasks.model import RUNNING, State, Task
from jinpai.tasks.store import find_untold, read_invoices


class InvoiceView(BaseModel):
    """What an invoice needs; `amount` in yuan, a person's name and where it goes masked."""

    medium: Medium
    party: Party
    title: str
    tax_number: str
    to: str
    amount: str


class TaskView(BaseModel):
    """A hand-over; times in ms, `words` what was asked, `answer` the newest words about it since.

    `late` while it runs and its time is over; `untold` once it is done and no agent has written to the buyer since,
    `offered` the number of the draft in the conversation. `asker` is the account that asked.
    """

    id: str
    shop: str
    kind: str
    title: str
    department: Department
    state: State
    words: str
    answer: str
    note: str
    asker: str
    asked_by: str
    asked_at: int
    due_at: int
    late: bool
    owner: str | None
    owner_name: str
    ended_at: int | None
    changed_at: int
    conversation: str | None
    buyer: str
    order_id: str | None
    number: str
    offered: int | None
    untold: bool
    invoice: InvoiceView | None


def views_of(house: House, connection: Connection, found: Sequence[Task]) -> list[TaskView]:
    """The hand-overs, in the same order."""
    said = [id_ for one in found for id_ in (one.fact, one.answer) if id_ is not None]
    texts = {row.id: str(row.entry.body.get("text", "")) for row in read_rows(connection, said)}
    names = name_authors(connection, {one.asked_by for one in found} | {f"agent:{one.owner}" for one in found})
    talks = get_conversations(connection, [one.conversation for one in found if one.conversation])
    orders = get_orders(connection, house.sealer, {one.order_id for one in found if one.order_id})
    ids = [one.id for one in found]
    untold, invoices = find_untold(connection, ids), read_invoices(connection, house.sealer, ids)
    now, views = house.clock.now(), []
    for one in found:
        order, talk = orders.get(one.order_id or ""), talks.get(one.conversation or "")
        views.append(
            TaskView(
                **{name: getattr(one, name) for name in _SAME},
                words=texts.get(one.fact, ""),
                answer=texts.get(one.answer or 0, ""),
                asker=one.asked_by.removeprefix("agent:"),
                asked_by=names.get(one.asked_by, ""),
                owner_name=names.get(f"agent:{one.owner}", ""),
                late=one.state in RUNNING and one.due_at < now,
                buyer=talk.buyer_name if talk else order.buyer_name if order else "",
                number=order.number if order else "",
                untold=one.id in untold,
                invoice=invoice_view(invoices.get(one.id), one.amount),
            )
        )
    return views


def invoice_view(invoice: Invoice | None, amount: int | None, *, masked: bool = True) -> InvoiceView | None:
    """What an invoice needs, masked unless somebody asked to see it."""
    if invoice is None:
        return None
    return InvoiceView(
        medium=invoice.medium,
        party=invoice.party,
        title=mask_title(invoice) if masked else invoice.title,
        tax_number=invoice.tax_number,
        to=mask_to(invoice) if masked else invoice.to,
        amount=yuan(amount or 0),
    )


_SAME = (
    "id", "shop", "kind", "title", "department", "state", "note", "asked_at", "due_at", "owner", "ended_at",
    "changed_at", "conversation", "order_id", "offered",
)  # fmt: skip
