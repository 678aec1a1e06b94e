"""A care task whose time has come, done by a person, and what came of it; each step once, whoever asks twice.

due ──ripen──▶ open ──send_care──▶ the one door, log, sent ──result_days──▶ settle_care: opted out, bought, answered
                 ├──text_care (caring/texting) ──▶ sending ──▶ sent
                 └──note_call──▶ sent with its outcome        └──note_outcome, by hand
"""

from dataclasses import replace

import sqlalchemy as sa

from jinpai.care.model import CARED, DAY, OPEN, SETTLED, SKIPPED, Care, Outcome
from jinpai.care.store import close_cares, find_care, put_care
from jinpai.customers.actions import change
from jinpai.customers.finding import get_listed
from jinpai.customers.store import find_person, get_customer
from jinpai.desk.model import MESSAGE_IN, Author, Draft
from jinpai.flows.caring.birthdays import birthdays
from jinpai.flows.caring.entering import add_planned
from jinpai.flows.caring.judging import Obstacle, Standing, find_obstacle, stand
from jinpai.flows.caring.plan import caring_of
from jinpai.flows.caring.reaching import find_numbers
from jinpai.flows.caring.words import words_of
from jinpai.flows.guarding.situation import said
from jinpai.flows.ports import House
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared, NeedsApproval, Refused
from jinpai.journal.due import Due, finish, is_open, postpone, schedule
from jinpai.journal.model import Entry
from jinpai.journal.reader import NEWEST, read_before
from jinpai.journal.store import journal
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, Conflict, NotFound

CARE_RESULT = "care_result"
"""The kind of work that looks what came of it."""

SYSTEM = "system:care"
LOOK_BACK = 40
HOUR = 3_600_000
MAX_WHY = 200


def ripen(house: House, work: Due) -> Action[None]:
    """The action that opens a task whose time has come, puts it off, or ends it; of an open one it ends the time."""

    def act(tx: Tx) -> None:
        one = find_care(tx.connection, work.data.get("care", "")) if is_open(tx.connection, work) else None
        if one is not None and one.state == "sending":
            postpone(tx.connection, work, tx.now + HOUR, "短信还在路上")
            return
        if one is None or one.state not in OPEN:
            finish(tx.connection, work, "done", "", tx.now)
            if one is not None and one.state in ("sent", "skipped"):
                _plan_again(house, tx, one)
            return
        if one.state == "open" or tx.now >= one.ends_at:
            _end(house, tx, work, one, "expired", one.why or "过了时间没有人做")
            return
        standing = stand(house, tx.connection, one)
        found = find_obstacle(house, tx.connection, one, standing, tx.now) or _out_of_reach(house, tx, standing)
        if found is None:
            put_care(tx.connection, replace(one, state="open", why=""))
            postpone(tx.connection, work, one.ends_at, "")
        elif found.until is not None and found.until < one.ends_at:
            put_care(tx.connection, replace(one, due_at=found.until, why=found.why))
            postpone(tx.connection, work, found.until, found.why)
        else:
            _end(house, tx, work, one, "cancelled", found.why)

    return act


def send_care(house: House, id_: str, text: str | None, author: Author) -> Action[Care]:
    """The action that says it (or `text` instead) in the customer's conversation; Conflict with what is in the way.

    BadInput where the guard does not clear the words: nothing was said.
    """

    def act(tx: Tx) -> Care:
        one = open_care(tx, id_)
        standing = check_clear(house, tx, one)
        talk = next(iter(standing.talks), None)
        if talk is None:
            raise Conflict("这位客户没有可以发消息的会话，请打电话")
        who = get_listed(tx.connection, [one.buyer]).get(one.buyer)
        words = text if text is not None else words_of(house.content.shop(one.shop), one, who, author.name)[0]
        draft = Draft(one.shop, talk.id, author, words, f"care-{id_}", talk.channel, source=one.plan)
        verdict = check_words(clear(house, draft, said(read_before(tx.connection, talk.id, NEWEST, LOOK_BACK))))
        say(verdict)(tx)
        done = replace(one, state="sent", means="message", conversation=talk.id, author=author.key(), done_at=tx.now)
        return give(house, tx, done, verdict.draft.text)

    return act


def note_call(house: House, id_: str, outcome: Outcome, author: Author) -> Action[Care]:
    """The action that notes a call and what came of it; who opted out is written to no more."""

    def act(tx: Tx) -> Care:
        one = open_care(tx, id_)
        check_clear(house, tx, one)
        who = get_listed(tx.connection, [one.buyer]).get(one.buyer)
        outline = words_of(house.content.shop(one.shop), one, who, author.name)[1]
        done = replace(one, state="sent", means="phone", author=author.key(), done_at=tx.now)
        given = give(house, tx, done, outline)
        return settle(tx, given, outcome, author.key())

    return act


def note_outcome(id_: str, outcome: Outcome, author: Author) -> Action[Care]:
    """The action that writes what came of it by hand; who opted out is written to no more."""

    def act(tx: Tx) -> Care:
        one = find_care(tx.connection, id_)
        if one is None:
            raise NotFound("没有这件关怀，请刷新页面看看")
        if one.state == "sending":
            raise Conflict("短信还在路上，发出之后再记结果")
        if one.state != "sent":
            raise Conflict("这件关怀还没有做，先发消息或打电话")
        return one if one.outcome == outcome else settle(tx, one, outcome, author.key())

    return act


def skip_care(id_: str, why: str, author: Author) -> Action[Care]:
    """The action that leaves it out; BadInput without a reason."""
    reason = why.strip()
    if not 1 <= len(reason) <= MAX_WHY:
        raise BadInput(f"请写下不做的原因，最多 {MAX_WHY} 个字")

    def act(tx: Tx) -> Care:
        one = replace(open_care(tx, id_), state="skipped", why=reason, author=author.key())
        data = {"buyer": one.buyer, "care": id_, "plan": one.plan}
        tx.append(Entry(SKIPPED, author.key(), one.shop, data=data, body={"text": reason}))
        put_care(tx.connection, one)
        return one

    return act


def settle_care(house: House, work: Due) -> Action[None]:
    """The action that looks what came of it, where nobody has written it yet."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        one = find_care(tx.connection, work.data.get("care", ""))
        if one is not None and one.state == "sent" and not one.outcome and one.done_at is not None:
            settle(tx, one, _outcome(house, tx, one, one.done_at), SYSTEM)
        finish(tx.connection, work, "done", "", tx.now)

    return act


def check_words(verdict: Cleared | NeedsApproval | Refused) -> Cleared:
    """What the guard cleared; BadInput with its reasons where it did not."""
    if isinstance(verdict, Cleared):
        return verdict
    told = "；".join(dict.fromkeys(hit.why for hit in verdict.hits))
    raise BadInput(f"没有发出：{told or (verdict.message if isinstance(verdict, Refused) else '话术没有通过')}")


def give(house: House, tx: Tx, done: Care, words: str, phone: str = "") -> Care:
    """Log these words as given, with the number they went to (masked), and plan to look what came of it."""
    data: dict[str, str | None] = {"buyer": done.buyer, "care": done.id, "plan": done.plan, "means": done.means}
    data |= {"about": done.conversation, "order": done.order_id}
    body = {"text": words, "phone": phone} if phone else {"text": words}
    receipt = tx.append(Entry(CARED, done.author, done.shop, client_id=f"fact-{done.id}", data=data, body=body))
    entry = caring_of(house.content.shop(done.shop)).entry(done.plan)
    after = (entry.result_days if entry is not None else 7) * DAY
    work = Due(done.shop, CARE_RESULT, done.buyer, f"{CARE_RESULT}:{done.id}", tx.now + after, {"care": done.id})
    schedule(tx.connection, [work], tx.now)
    given = replace(done, fact=receipt.id, why="")
    put_care(tx.connection, given)
    return given


def settle(tx: Tx, one: Care, outcome: Outcome, author: str) -> Care:
    """Write what came of it; who opted out is written to no more."""
    settled = replace(one, outcome=outcome, settled_by=author)
    put_care(tx.connection, settled)
    tx.append(Entry(SETTLED, author, one.shop, data={"buyer": one.buyer, "care": one.id, "outcome": outcome}))
    if outcome == "opted_out":
        stop_writing(one.buyer, author)(tx)
    return settled


def stop_writing(buyer: str, author: str, message: tuple[str, int] | None = None) -> Action[None]:
    """The action that keeps this customer from being written to, from this message on; what was planned ends."""

    def act(tx: Tx) -> None:
        change(buyer, {"quiet": True}, author, message)(tx)
        close_cares(tx.connection, find_person(tx.connection, buyer), "客户不想被打扰")

    return act


def _outcome(house: House, tx: Tx, one: Care, done_at: int) -> Outcome:
    """Opted out before bought before answered; else nobody heard of them."""
    standing = stand(house, tx.connection, one)
    known = [get_customer(tx.connection, id_) for id_ in standing.person]
    if any(each is not None and each.quiet for each in known):
        return "opted_out"
    if any(order.listed_at > done_at and order.paid > 0 for order in standing.orders):
        return "bought"
    heard = sa.select(journal.c.id).where(
        journal.c.conversation.in_([talk.id for talk in standing.talks]),
        journal.c.kind == MESSAGE_IN,
        journal.c.at > done_at,
    )
    return "answered" if tx.connection.execute(heard.limit(1)).first() is not None else "no_answer"


def _end(house: House, tx: Tx, work: Due, one: Care, state: str, why: str) -> None:
    put_care(tx.connection, replace(one, state=state, why=why))  # type: ignore[arg-type]
    finish(tx.connection, work, "done", why, tx.now)
    _plan_again(house, tx, one)


def _plan_again(house: House, tx: Tx, one: Care) -> None:
    """What comes every year comes next year too, whatever became of it this time."""
    if one.occasion == "birthday":
        add_planned(tx, birthdays(tx, caring_of(house.content.shop(one.shop)), one.shop, one.buyer))


def _out_of_reach(house: House, tx: Tx, standing: Standing) -> Obstacle | None:
    if standing.talks or find_numbers(house, tx.connection, standing.person, standing.orders):
        return None
    return Obstacle("没有会话也没有电话，没有办法联系")


def check_clear(house: House, tx: Tx, one: Care) -> Standing:
    """The customer as they stand now; Conflict with what speaks against writing to them."""
    standing = stand(house, tx.connection, one)
    found = find_obstacle(house, tx.connection, one, standing, tx.now)
    if found is not None:
        raise Conflict(f"现在不能联系这位客户：{found.why}")
    return standing


def open_care(tx: Tx, id_: str) -> Care:
    """The task, which is open; NotFound, or Conflict when it is over."""
    one = find_care(tx.connection, id_)
    if one is None:
        raise NotFound("没有这件关怀，请刷新页面看看")
    if one.state != "open":
        raise Conflict("这件关怀已经有人做了，或者已经不用做了，请刷新页面看看")
    return one
