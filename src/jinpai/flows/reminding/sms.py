"""Short messages that remind: claimed, looked at once more, handed outside with a key, and noted once accepted."""

from dataclasses import replace

import structlog

from jinpai.customers.store import find_quiet
from jinpai.desk.model import Author, Draft
from jinpai.flows.ports import House, ShortMessage, Unsubscribed
from jinpai.flows.reminding.cases import Case, obstacle
from jinpai.flows.reminding.sending import plan_next, reminded
from jinpai.flows.send import RETRY_SECONDS, clear
from jinpai.flows.troubles import SMS_PROVIDER, never_taken, not_taken
from jinpai.guard.model import Cleared
from jinpai.journal.due import Due, claim, finish, is_open, postpone
from jinpai.journal.writer import Action, Tx
from jinpai.orders.model import Order, phone_digits
from jinpai.orders.store import find_order
from jinpai.reminders.store import Reminder, find_reminders, put_reminders

CALL_SECONDS = 30
_log = structlog.get_logger()


def send_sms(house: House, work: Due) -> None:
    """Take one short message outside; a repetition after a crash or a time-out carries the same key."""
    until = house.clock.now() + CALL_SECONDS * 1000
    claimed = house.writer.run(lambda tx: claim(tx.connection, work, tx.now, until))
    if claimed is None:
        return
    with house.database.read() as connection:
        row = find_reminders(connection, [work.data["reminder"]]).get(work.data["reminder"])
        order = find_order(connection, house.sealer, work.shop, work.data["number"])
        quiet = order is not None and bool(find_quiet(connection, house.sealer, work.shop, [order]))
    if row is None or order is None:
        house.writer.run(_end(claimed, None, "cancelled", "提醒或订单已经不在"))
        return
    why = _obstacle(house, Case(claimed, row, order, (), None, (), quiet))
    if why:
        house.writer.run(_end(claimed, row, "cancelled", why))
        return
    try:
        assert house.sms is not None
        house.sms.send(ShortMessage(work.key, work.shop, phone_digits(order.phone), work.data["text"]))
    except Unsubscribed:
        house.writer.run(_end(claimed, row, "cancelled", "这个号码已经退订短信"))
    except Exception as error:
        _log.warning("sms_not_accepted", key=work.key, attempt=claimed.attempt, error=type(error).__name__)
        house.writer.run(_try_later(claimed, row, error))
    else:
        house.writer.run(_note(house, claimed, row, order))


def _obstacle(house: House, case: Case) -> str:
    """Why it must not go any more: the order, the buyer's wish, or rules that changed since it was written."""
    work, row, order = case.work, case.row, case.order
    why = obstacle(case, house.content.shop(work.shop).reminding, house.clock.now())
    if why or house.sms is None:
        return why or "没有配置短信渠道"
    talk = row.conversation or order.id
    draft = Draft(work.shop, talk, Author.read(row.author), work.data["text"], f"remind-{row.id}", channel="sms")
    return "" if isinstance(clear(house, draft, ()), Cleared) else "发出前复查没有通过，请检查话术"


def _note(house: House, work: Due, row: Reminder, order: Order) -> Action[None]:
    """The action that notes it as sent, and gives the next round a time."""

    def act(tx: Tx) -> None:
        sent = replace(row, state="sent", sent_at=tx.now, why="")
        receipt = tx.append(reminded(sent, work.data["text"]))
        connection = tx.connection
        put_reminders(connection, [replace(sent, fact=receipt.id)])
        finish(connection, work, "done", "", tx.now)
        plan_next(house, tx, [Case(work, sent, order, (), None, ())])

    return act


def _try_later(work: Due, row: Reminder, error: Exception) -> Action[None]:
    """The action that puts it off, or gives it up, with the reason; whoever claimed it since then does so instead."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        if work.attempt > len(RETRY_SECONDS):
            _end(work, row, "failed", never_taken(SMS_PROVIDER, error))(tx)
            return
        why = not_taken(SMS_PROVIDER, error)
        put_reminders(tx.connection, [replace(row, why=why)])
        postpone(tx.connection, work, tx.now + RETRY_SECONDS[work.attempt - 1] * 1000, why)

    return act


def _end(work: Due, row: Reminder | None, state: str, why: str) -> Action[None]:
    def act(tx: Tx) -> None:
        if row is not None:
            put_reminders(tx.connection, [replace(row, state="failed" if state == "failed" else "cancelled", why=why)])
        finish(tx.connection, work, state, why, tx.now)

    return act
