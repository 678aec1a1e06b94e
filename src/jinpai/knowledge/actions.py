"""What can be decided about a question many buyers ask: put it aside, propose an answer, undo; the log keeps it."""

from dataclasses import replace

from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.knowledge.store import Decision, add_decision, find_decision, list_decisions, undo_decisions
from jinpai.staff.model import ELSEWHERE

DECIDED = "question_decided"
UNDONE = "question_decision_undone"
"""The kinds of these facts in the journal."""


def decide(new: Decision) -> Action[Decision]:
    """The action that notes a decision (its id and time are given here); it takes the place of one on the same words.

    Raises Conflict where somebody has just decided the same.
    """

    def act(tx: Tx) -> Decision:
        before = [one for one in list_decisions(tx.connection, new.shop) if one.fact == new.fact]
        if any(one.asked == new.asked and one.state == new.state for one in before):
            raise Conflict("同事刚刚处理过这个问题，请刷新页面")
        undo_decisions(tx.connection, [one.id for one in before], new.person, tx.now)
        made = replace(new, id=new_id("qd"), at=tx.now)
        add_decision(tx.connection, made)
        told = {name: getattr(made, name) for name in ("fact", "asked", "state", "reason", "version")}
        tx.append(Entry(DECIDED, f"agent:{made.person}", made.shop, data={"decision": made.id, **told}))
        return made

    return act


def undo(decision: str, person: str) -> Action[Decision]:
    """The action that takes a decision back, so that the question is seen again; Conflict when that was done."""

    def act(tx: Tx) -> Decision:
        known = find_decision(tx.connection, decision)
        if known is None:
            raise NotFound(ELSEWHERE)
        if known.undone_at is not None:
            raise Conflict("这个决定已经撤销过了，请刷新页面")
        undo_decisions(tx.connection, [known.id], person, tx.now)
        tx.append(Entry(UNDONE, f"agent:{person}", known.shop, data={"decision": known.id}))
        return replace(known, undone_by=person, undone_at=tx.now)

    return act
