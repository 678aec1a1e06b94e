"""Birthdays the shop knows of: the next one has its task, and one that was put right leaves none behind.

told, put right, struck out, merged, taken apart ──replan──▶ tasks of other days withdrawn, that of the next entered
"""

from datetime import date, datetime, timedelta

from jinpai.care.model import OPEN, Care, due_on
from jinpai.care.store import find_of_buyers
from jinpai.customers.birthdays import is_birthday, next_birthday
from jinpai.customers.store import find_known, find_person
from jinpai.flows.caring.entering import add_planned, renew, task_of, withdraw
from jinpai.flows.caring.plan import Caring
from jinpai.journal.writer import Tx
from jinpai.kit.clock import SHOP_TIME

CHANGED = "档案里的生日改过了"


def birthdays(tx: Tx, known: Caring, shop: str, buyer: str) -> list[Care]:
    """The tasks for the next birthday of this customer, where they told it."""
    person = find_person(tx.connection, buyer)
    kept = find_known(tx.connection, buyer).get("birthday", "")
    found = []
    for entry in known.of("birthday") if kept else ():
        today = datetime.fromtimestamp(tx.now / 1000, SHOP_TIME).date()
        days = [day for after in (today - timedelta(days=1), today) if (day := next_birthday(kept, after))]
        times = [(day, *due_on(entry, day)) for day in days]
        upcoming = next(((day, due, ends) for day, due, ends in times if ends > tx.now), None)
        if upcoming is not None:
            day, due, ends = upcoming
            key = f"{entry.id}:{person[0]}:{day.isoformat()}"
            found.append(task_of(entry, shop, person[0], key, (due, ends), tx.now))
    return found


def replan_birthdays(tx: Tx, known: Caring, shop: str, buyer: str) -> None:
    """Let the tasks of this customer be those of the birthday known now; one withdrawn before is planned again."""
    person = find_person(tx.connection, buyer)
    kept = find_known(tx.connection, buyer).get("birthday", "")
    planned = {one.key: one for one in find_of_buyers(tx.connection, person) if one.occasion == "birthday"}
    for one in planned.values():
        if one.state in OPEN and (one.buyer != person[0] or not is_birthday(kept, day_of(one))):
            withdraw(tx, one, CHANGED)
    upcoming = birthdays(tx, known, shop, buyer)
    for one in upcoming:
        before = planned.get(one.key)
        if before is not None and (before.state, before.why) == ("cancelled", CHANGED):
            renew(tx, before)
    add_planned(tx, upcoming)


def day_of(one: Care) -> date:
    """The birthday this task is for."""
    return date.fromisoformat(one.key.rpartition(":")[2])
