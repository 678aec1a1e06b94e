"""The copilot's own answer to a buyer: thought out beside the writer, judged again and said inside one transaction.

buyer's words ──planned_answers──▶ due row ──answer──▶ think ──▶ said through the one door │ handed over │ left alone
                       a person speaks ──▶ cancelled
"""

from collections.abc import Sequence

import structlog

from jinpai.copilot.modes.modes import needed
from jinpai.desk.model import MESSAGE_IN, Conversation, Draft
from jinpai.desk.store import get_conversations
from jinpai.flows.answering.handing import hand_over, texts
from jinpai.flows.answering.setting import answers_now, mode_now
from jinpai.flows.answering.thinking import COPILOT, Thought, is_with_a_person, reception, think
from jinpai.flows.filling import ORDERS
from jinpai.flows.guarding.situation import said
from jinpai.flows.ports import House
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.journal.due import Due, finish, is_open
from jinpai.journal.model import Row
from jinpai.journal.reader import NEWEST, read_before
from jinpai.journal.writer import Action, Tx
from jinpai.orders.store import find_buyer_orders
from jinpai.playbook.variables import fill

LOOK_BACK = 200
PATIENCE = 60_000
"""So long (ms) it waits for the intents to be learned before a person is called."""
_log = structlog.get_logger()


def answer(house: House, work: Due) -> Action[None]:
    """The action that answers what was planned, if the buyer still waits and nobody else has spoken.

    What cannot be answered for certain, for whatever reason, goes to a person. Where a fact has changed since it was
    thought out, nothing happens yet: the work stays open and is thought out again.
    """
    thought, trouble = _think(house, work)

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        state = get_conversations(tx.connection, [work.subject]).get(work.subject)
        rows = reception(read_before(tx.connection, work.subject, NEWEST, LOOK_BACK))
        why = _obstacle(house, tx, work, state, rows)
        if state is None or why:
            finish(tx.connection, work, "cancelled", why, tx.now)
        elif trouble:
            _hand(house, tx, work, state, ("trouble", trouble), thought)
        elif thought is None:
            if tx.now - work.due_at > PATIENCE:
                _hand(house, tx, work, state, ("trouble", "还在学习店里的问法，先请人接待"), None)
        elif _is_fresh(house, tx, state, thought):
            _do(house, tx, work, state, rows, thought)

    return act


def _think(house: House, work: Due) -> tuple[Thought | None, str]:
    """What to do, and what went wrong while thinking about it (empty when nothing did)."""
    try:
        content = house.content.shop(work.shop)
        with house.database.read() as connection:
            state = get_conversations(connection, [work.subject]).get(work.subject)
        if state is None or content.modes is None:
            return None, ""
        return think(house, state, content.modes, mode_now(content, house.clock.now())), ""
    except Exception:
        _log.exception("answer_failed", conversation=work.subject)
        return None, "智能客服出了差错，请您接着接待"


def _obstacle(house: House, tx: Tx, work: Due, state: Conversation | None, rows: Sequence[Row]) -> str:
    """Why nothing is to be said any more; empty when it may."""
    if state is None or state.status != "open" or state.waiting_since is None:
        return "已经有人回复，或会话已结束"
    if not answers_now(house.content.shop(state.shop), tx.now):
        return "现在的模式不自动回复"
    if any(row.seq > work.data["seq"] and row.entry.kind == MESSAGE_IN for row in rows):
        return "买家又说了一句，一起回答"
    return "这次接待已经由客服负责" if is_with_a_person(rows) else ""


def _is_fresh(house: House, tx: Tx, state: Conversation, thought: Thought) -> bool:
    """Whether the shop's content and the buyer's orders are still those it was thought out by."""
    if house.content.shop(state.shop) is not thought.content:
        return False
    orders = find_buyer_orders(tx.connection, house.sealer, state.shop, state.buyer, ORDERS)
    return list(orders) == list(thought.asked.orders)


def _do(house: House, tx: Tx, work: Due, state: Conversation, rows: Sequence[Row], thought: Thought) -> None:
    decision = thought.decision
    if decision.does == "hand":
        _hand(house, tx, work, state, (decision.rule, decision.why), thought)
    elif decision.does == "leave":
        finish(tx.connection, work, "cancelled", decision.why, tx.now)
    elif _say(house, tx, work, state, rows, thought):
        finish(tx.connection, work, "done", decision.why, tx.now)
    else:
        _hand(house, tx, work, state, ("guard", "想好的回答没有通过发送前的检查"), thought)


def _hand(house: House, tx: Tx, work: Due, state: Conversation, why: tuple[str, str], thought: Thought | None) -> None:
    hand_over(house, tx, state, work.id, why, thought)
    finish(tx.connection, work, "done", f"转人工：{why[1]}", tx.now)


def _say(house: House, tx: Tx, work: Due, state: Conversation, rows: Sequence[Row], thought: Thought) -> bool:
    """Say the answer, or ask back, through the door; whether it went through."""
    modes, decision = thought.modes, thought.decision
    best = decision.suggestion if decision.does == "answer" else None
    is_known = any(row.entry.author == COPILOT.key() and "because" in row.entry.data for row in rows)
    ours = "\n".join(([] if is_known else [modes.introduction]) + ([modes.ask_again] if best is None else []))
    ours, missing = fill(ours, texts(thought.content, state, tx.now))
    if missing:
        return False
    text = "\n".join(part for part in (ours, best.text if best is not None else "") if part)
    draft = Draft(
        state.shop,
        state.id,
        COPILOT,
        text,
        work.id,
        channel=state.channel,
        source="" if best is None else best.id,
        because=_because(thought),
    )
    verdict = clear(house, draft, said(rows), thought.asked.look)
    if not isinstance(verdict, Cleared):
        return False
    say(verdict)(tx)
    return True


def _because(thought: Thought) -> dict[str, object]:
    """What staff are told of this message: what was understood, how sure that is, and what the words are built on."""
    decision, understood = thought.decision, thought.asked.advice.understood
    told: dict[str, object] = {
        "does": decision.does,
        "mode": decision.mode,
        "rule": decision.rule,
        "why": decision.why,
        "needed": needed(thought.modes, decision.mode),
        "sure": decision.sure,
        "content": thought.content.version,
        "intents": [
            {"title": one.intent.title, "sure": int(100 * one.confidence)}
            for one in (understood.meanings if understood else ())
        ],
    }
    if decision.does == "answer" and decision.suggestion is not None:
        told |= {"kind": decision.suggestion.kind, "source": decision.suggestion.source}
    return told
