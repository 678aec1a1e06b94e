"""Handing a buyer over to people: a short note for whoever takes over, a word to the buyer, a call-back promised."""

from datetime import datetime, timedelta

from jinpai.desk.handing import entry_of
from jinpai.desk.model import MESSAGE_OUT, NOTE, Conversation, Draft, is_answer
from jinpai.desk.store import get_conversations
from jinpai.flows.answering.thinking import COPILOT, Thought
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.flows.reception.greeting import is_open_at, values_of
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.journal.due import Due, finish, is_open
from jinpai.journal.model import Receipt
from jinpai.journal.reader import NEWEST, read_before
from jinpai.journal.writer import Action, Tx
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.ids import new_id
from jinpai.playbook.variables import fill
from jinpai.promises.store import Pledge, add_pledges

QUOTED = 60
"""So much of the buyer's words stands in the note, in code points."""
MARGIN = timedelta(minutes=30)
"""How long after opening a call-back that was promised for then is due."""


def hand_over(
    house: House, tx: Tx, state: Conversation, key: str, why: tuple[str, str], thought: Thought | None
) -> None:
    """Note for the staff that a person is needed (`why`: the rule and the reason), and tell the buyer."""
    content = house.content.shop(state.shop)
    rule, reason = why
    note = entry_of(state, NOTE, COPILOT, {"handed": rule}, _summary(tx, state, reason, thought))
    tx.append(note)
    if content.modes is None:
        return
    is_open = is_open_at(content, tx.now)
    text, missing = fill(content.modes.hand_over if is_open else content.modes.call_back, texts(content, state, tx.now))
    because = {"does": "hand", "rule": rule, "why": reason}
    draft = Draft(state.shop, state.id, COPILOT, text, key, channel=state.channel, because=because)
    verdict = None if missing else clear(house, draft, ())
    if isinstance(verdict, Cleared):
        receipt = say(verdict)(tx)
        if not is_open:
            _promise(tx, content, state, text, receipt)


def call_person(house: House, work: Due) -> Action[None]:
    """The action that calls a person where an automatic answer could not be delivered to the buyer."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        state = get_conversations(tx.connection, [work.subject])[work.subject]
        if work.data["author"] == COPILOT.key():
            reason = "智能客服的回答在发出前没有通过复查，买家没有收到"
            tx.append(entry_of(state, NOTE, COPILOT, {"handed": "guard"}, _summary(tx, state, reason, None)))
        finish(tx.connection, work, "done", "", tx.now)

    return act


def texts(content: ShopContent, state: Conversation, now: int) -> dict[str, str]:
    """The values of the variables in what the copilot says besides answers."""
    return values_of(content, state, None, now)


def _promise(tx: Tx, content: ShopContent, state: Conversation, text: str, told: Receipt) -> None:
    """Enter the call-back into the ledger of promises, due soon after the shop opens next."""
    connection = tx.connection
    pledge = Pledge(
        id=new_id("p"),
        shop=state.shop,
        conversation=state.id,
        fact=told.id,
        seq=told.seq,
        kind="call_back",
        author=COPILOT.key(),
        order_id=None,
        made_at=tx.now,
        due_at=_opens_at(content, tx.now),
        starts=0,
        ends=len(text),
        state="open",
        settled_by="",
        settled_at=None,
        why="",
    )
    add_pledges(connection, [pledge])


def _opens_at(content: ShopContent, now: int) -> int | None:
    """Some time after the shop's next opening, in ms."""
    if content.shop is None:
        return None
    moment = datetime.fromtimestamp(now / 1000, SHOP_TIME)
    hour, minute = map(int, content.shop.service.hours.open.split(":"))
    opens = moment.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if opens <= moment:
        opens += timedelta(days=1)
    return round((opens + MARGIN).timestamp() * 1000)


def _summary(tx: Tx, state: Conversation, reason: str, thought: Thought | None) -> str:
    """What whoever takes over should know: why, what was asked and understood, what is known, what was answered."""
    lines = [f"转人工：{reason}"]
    if thought is not None:
        advice = thought.asked.advice
        lines.append(f"买家说：“{_short(advice.about)}”")
        meanings = advice.understood.meanings if advice.understood else ()
        if meanings:
            lines.append("听出：" + "、".join(f"{one.intent.title} {one.confidence:.0%}" for one in meanings))
        product = next((one for one in thought.content.products if one.id == advice.slots.get("product")), None)
        if product is not None:
            lines.append(f"在问的商品：{product.title}")
    answered = sum(
        row.entry.kind == MESSAGE_OUT and is_answer(row.entry.data)
        for row in read_before(tx.connection, state.id, NEWEST, 100)
    )
    lines.append(f"智能客服已经答过 {answered} 句，没有替您答应什么" if answered else "智能客服还没有回答，买家在等您")
    return "\n".join(lines)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTED else flat[:QUOTED] + "…"
