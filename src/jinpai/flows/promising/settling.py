"""A person says how a promise ended; the log keeps who, when and why."""

from dataclasses import replace

from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, NotFound
from jinpai.promises.model import TOPIC
from jinpai.promises.store import Pledge, State, find_pledge, settle_pledges
from jinpai.staff.model import ELSEWHERE

SETTLED = "promise_settled"


def settle(promise_id: str, account: str, state: State, why: str) -> Action[Pledge]:
    """The action that settles a promise; BadInput where one that is taken back gives no reason."""

    def act(tx: Tx) -> Pledge:
        known = find_pledge(tx.connection, promise_id)
        if known is None:
            raise NotFound(ELSEWHERE)
        if state == "void" and not why:
            raise BadInput("说这句不算承诺，请写一句原因，例如“买家不要了”或“听错了”")
        if state == known.state and why == known.why:
            return known
        is_open = state == "open"
        by = "" if is_open else f"agent:{account}"
        settled = replace(known, state=state, why=why, settled_by=by, settled_at=None if is_open else tx.now)
        settle_pledges(tx.connection, [settled])
        tx.tell(TOPIC, {"shop": settled.shop, "c": settled.conversation})
        data = {"promise": known.id, "promised": known.kind, "about": known.conversation, "state": state, "why": why}
        tx.append(Entry(SETTLED, f"agent:{account}", known.shop, data=data))
        return settled

    return act
