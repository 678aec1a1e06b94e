"""Hand-overs to other departments over HTTP: handing over, the list, one with its history, and what moves it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.entrypoints.http.desk.conversations import find as find_conversation
from jinpai.entrypoints.http.desk.handing import author
from jinpai.entrypoints.http.tasks.views import InvoiceView, TaskView, invoice_view, views_of
from jinpai.flows.ports import House
from jinpai.flows.tasks import Wish, ask_department, deadline, move_on
from jinpai.kit.errors import BadInput, NotFound
from jinpai.orders.store import get_order
from jinpai.staff.model import ELSEWHERE, Actor
from jinpai.staff.rights import RIGHTS, check_may, may
from jinpai.staff.store import list_accounts, name_authors
from jinpai.tasks.actions import reveal
from jinpai.tasks.content import Department
from jinpai.tasks.invoices import Invoice, Medium, Party, read_invoice
from jinpai.tasks.model import MAX_WORDS, State, Task
from jinpai.tasks.store import (
    View,
    count_tasks,
    find_of_order,
    find_of_talk,
    find_task,
    find_tasks,
    read_history,
    read_invoices,
)

router = APIRouter(prefix="/api/v1", tags=["tasks"])

PAGE = 50
Reader = Annotated[Actor, needs("task.read")]
Doer = Annotated[Actor, needs("task.write")]
Shop = Annotated[str | None, Query(max_length=64)]
Place = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[str, StringConstraints(max_length=MAX_WORDS, strip_whitespace=True)]


class TaskPage(BaseModel):
    """A page of hand-overs; `next` asks for the following one. The first page counts all views but the ended ones."""

    items: list[TaskView]
    next: str | None
    counts: dict[View, int] | None


class TaskList(BaseModel):
    """Hand-overs of one conversation or order, the newest first."""

    items: list[TaskView]


class TaskFactView(BaseModel):
    """What happened: `to` where it moved, `text` the words with it."""

    at: int
    kind: str
    who: str
    to: State | None
    text: str


class TaskStory(BaseModel):
    """A hand-over with everything that happened, oldest first."""

    task: TaskView
    history: list[TaskFactView]


class TaskKindView(BaseModel):
    """Something that can be handed over, and by when (ms) it would be done if it were handed over now."""

    id: str
    title: str
    department: Department
    about: Literal["anything", "order"]
    form: Literal["plain", "invoice"]
    hint: str
    due_at: int
    note: str


class ColleagueView(BaseModel):
    """Somebody who can do it."""

    id: str
    name: str
    role: str


class TaskChoices(BaseModel):
    """What can be handed over in this shop, and to whom."""

    kinds: list[TaskKindView]
    people: list[ColleagueView]


class InvoiceForm(Body):
    """What stands on the invoice, and the e-mail or postal address it goes to."""

    medium: Medium
    party: Party
    title: str = Field(min_length=1, max_length=100)
    tax_number: str = Field(default="", max_length=40)
    to: str = Field(min_length=1, max_length=200)

    def read(self) -> Invoice:
        """The request put in order; BadInput that says what is wrong with it."""
        return read_invoice(self.medium, self.party, self.title, self.tax_number, self.to)


class TaskForm(Body):
    """What is handed over, from a conversation, about an order, or both; `due_at` (ms) only where not the usual."""

    kind: Annotated[str, Field(min_length=1, max_length=80)]
    conversation: Place | None = None
    order: Place | None = None
    words: Words = ""
    owner: Place | None = None
    due_at: Annotated[int, Field(ge=0, le=1 << 53)] | None = None
    invoice: InvoiceForm | None = None


class MoveForm(Body):
    """Where it moves; the result, why it is given back or dropped, or what is added when it is handed over again."""

    to: Literal["open", "taken", "done", "returned", "dropped"]
    words: Words = ""


@router.get("/tasks")
def read_tasks(
    house: HouseDep,
    actor: Reader,
    shop: Shop = None,
    view: Annotated[View, Query()] = "open",
    department: Annotated[Department | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> TaskPage:
    """The hand-overs of my shops in this view, fifty a page."""
    if shop is not None:
        check_may(actor, "task.read", shop)
    shops, now = (shop,) if shop is not None else actor.shops, house.clock.now()
    with house.database.read() as connection:
        found = find_tasks(connection, shops, view, actor.id, department, now, read_cursor(cursor), PAGE)
        counts = count_tasks(connection, shops, actor.id, department, now) if cursor is None else None
        items = views_of(house, connection, found)
    last = found[-1] if len(found) == PAGE else None
    at = None if last is None else last.ended_at if view in ("ended", "untold") else last.due_at
    return TaskPage(items=items, next=write_cursor(at or 0, last.id) if last else None, counts=counts)


@router.get("/tasks/choices")
def read_task_choices(house: HouseDep, actor: Reader, shop: Annotated[str, Query(max_length=64)]) -> TaskChoices:
    """What can be handed over in this shop now, until when, and to whom."""
    check_may(actor, "task.read", shop)
    now, kinds = house.clock.now(), []
    for kind in house.content.shop(shop).tasks:
        due_at, note = deadline(house, shop, kind, now, None)
        told = {name: getattr(kind, name) for name in ("id", "title", "department", "about", "form", "hint")}
        kinds.append(TaskKindView(**told, due_at=due_at, note=note))
    with house.database.read() as connection:
        known = [one for one in list_accounts(connection, [shop]) if one.active and one.role in RIGHTS["task.write"]]
    return TaskChoices(kinds=kinds, people=[ColleagueView(id=one.id, name=one.name, role=one.role) for one in known])


@router.post("/tasks")
def hand_over_task(house: HouseDep, actor: Doer, body: TaskForm) -> TaskView:
    """Hand something over to another department, once; 409 when its invoice was asked for already."""
    talk = find_conversation(house, actor, body.conversation) if body.conversation is not None else None
    shop = talk.shop if talk is not None else _shop_of(house, body.order)
    check_may(actor, "task.write", shop)
    wish = Wish(body.kind, body.words, body.owner, body.due_at, body.invoice.read() if body.invoice else None)
    return _view(house, house.writer.run(ask_department(house, author(actor), shop, talk, body.order, wish)))


@router.get("/tasks/{task_id}")
def read_task(house: HouseDep, actor: Reader, task_id: Id) -> TaskStory:
    """One hand-over and what happened to it."""
    known = _find(house, actor, task_id)
    with house.database.read() as connection:
        facts = read_history(connection, task_id)
        names = name_authors(connection, {fact.author for fact in facts})
        history = [
            TaskFactView(
                at=fact.at, kind=fact.kind, who=names.get(fact.author, ""), to=(fact.data or {}).get("to"),
                text=(fact.content or {}).get("text", ""),
            )
            for fact in facts
        ]  # fmt: skip
        return TaskStory(task=views_of(house, connection, [known])[0], history=history)


@router.post("/tasks/{task_id}/move")
def move_task(house: HouseDep, actor: Doer, task_id: Id, body: MoveForm) -> TaskView:
    """Take it, end it with its result, give it back, hand it over again, or drop it; 409 where that is impossible."""
    known = _find(house, actor, task_id)
    leads = may(actor, "task.lead", known.shop)
    return _view(house, house.writer.run(move_on(house, known, body.to, author(actor), body.words, leads=leads)))


@router.post("/tasks/{task_id}/reveal")
def reveal_task_invoice(
    house: HouseDep, actor: Annotated[Actor, needs("order.reveal")], task_id: Id, body: Nothing
) -> InvoiceView:
    """Whom the invoice is for and where it goes, in full; who looked is noted."""
    known = _find(house, actor, task_id)
    with house.database.read() as connection:
        invoice: Invoice | None = read_invoices(connection, house.sealer, [task_id]).get(task_id)
    shown = invoice_view(invoice, known.amount, masked=False)
    if shown is None:
        raise BadInput("这件事不是开发票，没有要显示的信息")
    house.writer.run(reveal(known, actor.author))
    return shown


@router.get("/conversations/{conversation_id}/tasks")
def read_conversation_tasks(house: HouseDep, actor: Reader, conversation_id: Id) -> TaskList:
    """What was handed over from this conversation."""
    find_conversation(house, actor, conversation_id)
    with house.database.read() as connection:
        return TaskList(items=views_of(house, connection, find_of_talk(connection, conversation_id)[:PAGE]))


@router.get("/orders/{order_id}/tasks")
def read_order_tasks(house: HouseDep, actor: Reader, order_id: Id) -> TaskList:
    """What was handed over about this order."""
    check_may(actor, "task.read", _shop_of(house, order_id))
    with house.database.read() as connection:
        return TaskList(items=views_of(house, connection, find_of_order(connection, order_id)[:PAGE]))


def _shop_of(house: House, order_id: str | None) -> str:
    if order_id is None:
        raise BadInput("请说明是哪个会话或哪个订单的事")
    with house.database.read() as connection:
        order = get_order(connection, house.sealer, order_id)
    return order.shop if order else ""


def _find(house: House, actor: Actor, task_id: str) -> Task:
    with house.database.read() as connection:
        known = find_task(connection, task_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    check_may(actor, "task.read", known.shop)
    return known


def _view(house: House, known: Task) -> TaskView:
    with house.database.read() as connection:
        return views_of(house, connection, [known])[0]
