"""A buyer who was asked to wait: when the time is over an apology is made ready for the agent, never sent by itself."""

from jinpai.desk.content import ServiceRules
from jinpai.desk.handing import entry_of
from jinpai.desk.model import OFFERED, Author
from jinpai.desk.projection import Change
from jinpai.desk.store import get_conversations
from jinpai.flows.ports import House
from jinpai.flows.reception.routing import rules_of
from jinpai.journal.due import Due, finish, is_open
from jinpai.journal.writer import Action, Tx

ASKED_WAIT = "asked_wait"


def plan_apology(rules: ServiceRules, change: Change) -> list[Due]:
    """The end of the wait an agent has just asked for."""
    now = change.after
    if now.asked_wait_at is None or now.asked_wait_at == change.before.asked_wait_at:
        return []
    due_at = now.asked_wait_at + rules.asked_wait_seconds * 1000
    return [Due(now.shop, ASKED_WAIT, now.id, f"asked:{now.id}:{now.seq}", due_at, {"at": now.asked_wait_at})]


def offer_apology(house: House, work: Due) -> Action[None]:
    """The action that lays an apology before the agent, if they have not spoken to the buyer again."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        state = get_conversations(tx.connection, [work.subject]).get(work.subject)
        if state is None or state.asked_wait_at != work.data["at"]:
            finish(tx.connection, work, "cancelled", "客服已经回复，或会话已结束", tx.now)
            return
        text = rules_of(house, work.shop).apology
        tx.append(entry_of(state, OFFERED, Author("system"), {"why": "asked_wait"}, text))
        finish(tx.connection, work, "done", "", tx.now)

    return act
