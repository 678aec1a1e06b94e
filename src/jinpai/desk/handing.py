"""Who serves a conversation: taking, passing on, opening and closing; each action is one transaction of the writer.

Two agents at once: the writer takes one after the other, the second finds the conversation served and is told by whom.
"""

from collections.abc import Callable
from typing import Any

from jinpai.desk.model import ASSIGNED, CLOSED, RATE, REOPENED, WAIVED, Author, Conversation, Group, is_past
from jinpai.desk.presence import TOPIC, note_served
from jinpai.desk.seats import Present, find_present
from jinpai.desk.store import get_conversations
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict, NotFound

Act = Callable[[Tx], Receipt]

SERVING = frozenset({"online", "busy"})
"""The statuses of somebody who can be given a buyer by a colleague."""


def take(conversation_id: str, agent: Author, *, leads: bool = False) -> Act:
    """Make the conversation this agent's; Conflict while a colleague at the desk serves it, unless this one `leads`."""

    def act(tx: Tx) -> Receipt:
        state = _living_state(tx, conversation_id)
        if state.status == "closed":
            return _hand(tx, state, REOPENED, agent, agent, {})
        if state.agent == agent.id:
            return _as_it_is(state)
        if not leads:
            _check_free(tx, state, agent)
        return _hand(tx, state, ASSIGNED, agent, agent, {"reason": "taken"})

    return act


def reopen(conversation_id: str, agent: Author) -> Act:
    """Open a closed conversation again, as this agent's; Conflict when it is open."""

    def act(tx: Tx) -> Receipt:
        state = _living_state(tx, conversation_id)
        if state.status != "closed":
            raise Conflict("这个会话正开着，不用重新打开")
        return _hand(tx, state, REOPENED, agent, agent, {})

    return act


def transfer(conversation_id: str, by: Author, to: str | None, group: Group | None, note: str) -> Act:
    """Pass the conversation on to a colleague, or back to the queue for a group, with a note for whoever gets it."""

    def act(tx: Tx) -> Receipt:
        state = _open_state(tx, conversation_id)
        if (to is None) == (group is None):
            raise BadInput("请选择一位同事，或者选择一个小组")
        _check_free(tx, state, by)
        data: dict[str, Any] = {"reason": "transferred"} | ({} if group is None else {"group": group})
        if to is None:
            return _release(tx, state, by, data, note)
        return _hand(tx, state, ASSIGNED, by, _colleague(tx, state, to), data, note)

    return act


def assign(conversation_id: str, by: Author, agent: str) -> Act:
    """Give the conversation to somebody at the desk, or take it oneself in any status, whoever serves it now."""

    def act(tx: Tx) -> Receipt:
        state = _open_state(tx, conversation_id)
        to = _colleague(tx, state, agent, is_oneself=agent == by.id)
        return _hand(tx, state, ASSIGNED, by, to, {"reason": "assigned"})

    return act


def release(tx: Tx, state: Conversation, reason: str) -> None:
    """Put the conversation back into the queue, in the place its buyer's waiting earns."""
    _release(tx, state, Author("system"), {"reason": reason}, "")


def waive(conversation_id: str, by: Author) -> Act:
    """The buyer's last words need no answer; BadInput when nothing waits for one."""

    def act(tx: Tx) -> Receipt:
        state = _open_state(tx, conversation_id)
        if state.waiting_since is None:
            raise BadInput("买家没有在等回复，不用标记")
        _check_free(tx, state, by)
        tx.tell(TOPIC, {"shop": state.shop})
        return tx.append(entry_of(state, WAIVED, by, {}))

    return act


def close(conversation_id: str, by: Author, *, ask_rating: bool) -> Act:
    """Close the conversation and ask the buyer who was served for a rating.

    BadInput when it is closed already, or the buyer's last words are neither answered nor waived; Conflict while a
    colleague at the desk serves it.
    """

    def act(tx: Tx) -> Receipt:
        state = get_state(tx, conversation_id)
        if state.status == "closed":
            raise BadInput("这个会话已经结束了")
        _check_free(tx, state, by)
        if state.waiting_since is not None:
            raise BadInput("买家最后一句还没有回复：请先回复，或者点“无需回复”，再结束会话")
        receipt = tx.append(entry_of(state, CLOSED, by, {}))
        if ask_rating and state.agent is not None:
            tx.append(entry_of(state, RATE, Author("system"), {}))
        tx.tell(TOPIC, {"shop": state.shop})
        return receipt

    return act


def get_state(tx: Tx, conversation_id: str) -> Conversation:
    """The conversation as this transaction sees it; NotFound when there is none."""
    state = get_conversations(tx.connection, [conversation_id]).get(conversation_id)
    if state is None:
        raise NotFound("没有这个会话")
    return state


def entry_of(state: Conversation, kind: str, by: Author, data: dict[str, Any], text: str = "") -> Entry:
    """A row about this conversation; `text` is what the law may ask to erase."""
    body = {"name": by.name} | ({"text": text} if text else {})
    return Entry(kind, by.key(), state.shop, conversation=state.id, data=data, body=body)


def _living_state(tx: Tx, conversation_id: str) -> Conversation:
    if is_past(conversation_id):
        raise BadInput("这是导入的聊天记录，只能查看；要联系这位买家，请到对方软件里说")
    return get_state(tx, conversation_id)


def _open_state(tx: Tx, conversation_id: str) -> Conversation:
    state = get_state(tx, conversation_id)
    if state.status != "open":
        raise BadInput("会话已经结束，请先重新打开")
    return state


def _check_free(tx: Tx, state: Conversation, by: Author) -> None:
    """Conflict while a colleague who is at the desk serves the conversation."""
    if state.agent in (None, by.id):
        return
    holder = find_present(tx.connection, str(state.agent), tx.now)
    if holder is not None and holder.online and holder.status in SERVING:
        raise Conflict(f"{holder.name}正在接待这位买家；需要接手的话，请对方转给您，或请主管改派")


def _colleague(tx: Tx, state: Conversation, account_id: str, *, is_oneself: bool = False) -> Author:
    found = find_present(tx.connection, account_id, tx.now)
    if found is None or state.shop not in found.shops:
        raise NotFound("没有找到这位同事，请重新选择")
    if state.agent == account_id:
        raise BadInput(f"这个会话已经是{found.name}在接待")
    if not is_oneself:
        _check_here(found)
    return Author("agent", found.account, found.name)


def _check_here(found: Present) -> None:
    if not found.online or found.status not in SERVING:
        raise Conflict(f"{found.name}现在不在接待台，请换一位同事，或者转到小组排队")


def _hand(
    tx: Tx, state: Conversation, kind: str, by: Author, to: Author, data: dict[str, Any], note: str = ""
) -> Receipt:
    note_served(tx, [to.id])
    tx.tell(TOPIC, {"shop": state.shop})
    return tx.append(entry_of(state, kind, by, {"agent": to.id, "name": to.name, **data}, note))


def _release(tx: Tx, state: Conversation, by: Author, data: dict[str, Any], note: str) -> Receipt:
    tx.tell(TOPIC, {"shop": state.shop})
    return tx.append(entry_of(state, ASSIGNED, by, {"agent": None, "name": None, **data}, note))


def _as_it_is(state: Conversation) -> Receipt:
    """What is so already needs no row."""
    receipt = Receipt()
    receipt.seq, receipt.at, receipt.again = state.seq, state.last_at, True
    return receipt
