"""Automatic replies: the first-contact greeting and the word to a buyer who waits; a person's message cancels them."""

from collections.abc import Callable, Sequence

from sqlalchemy.engine import Connection

from jinpai.desk.model import MESSAGE_OUT, Author, Conversation, Draft
from jinpai.desk.projection import Change, OnChanges
from jinpai.desk.store import get_conversations
from jinpai.flows.content import ShopContent
from jinpai.flows.ports import House
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared, Situation
from jinpai.journal.due import Due, cancel, finish, is_open, schedule
from jinpai.journal.writer import Action, Tx

AUTO_REPLY = "auto_reply"
ASSISTANT = Author("assistant", "auto", "自动回复")


def automatic_rows(content: Callable[[str], ShopContent]) -> OnChanges:
    """The hook that plans automatic replies, and cancels them once a person has spoken, in the same transaction."""

    def on_changes(connection: Connection, changes: Sequence[Change]) -> None:
        works: list[Due] = []
        answered: list[str] = []
        for change in changes:
            works += _plan(content, change)
            if any(row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:") for row in change.rows):
                answered.append(change.after.id)
        if works:
            schedule(connection, works, changes[0].rows[0].at)
        if answered:
            cancel(connection, [AUTO_REPLY], answered, "客服已经回复", changes[0].rows[0].at)

    return on_changes


def automatic_reply(house: House, work: Due) -> Action[None]:
    """The action that says what was planned, if it is still true that the buyer waits for a person."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        state = get_conversations(tx.connection, [work.subject]).get(work.subject)
        if state is None or state.status != "open" or state.waiting_since is None:
            finish(tx.connection, work, "cancelled", "已经有人回复，或会话已结束", tx.now)
            return
        text = _text(house.content.shop(work.shop), work.data["reply"])
        if text is None:
            finish(tx.connection, work, "cancelled", "这条自动回复已停用", tx.now)
            return
        verdict = clear(house, _draft(state, work, text), Situation())
        if isinstance(verdict, Cleared):
            say(verdict)(tx)
            finish(tx.connection, work, "done", "", tx.now)
        else:
            finish(tx.connection, work, "cancelled", "话术检查没有通过，请修改自动回复的内容", tx.now)

    return act


def _plan(content: Callable[[str], ShopContent], change: Change) -> list[Due]:
    before, now = change.before, change.after
    if now.waiting_since is None or before.waiting_since is not None or now.status != "open":
        return []
    replies = content(now.shop).auto_replies
    since = now.waiting_since
    return [
        Due(
            now.shop,
            AUTO_REPLY,
            now.id,
            f"auto:{reply.id}:{now.id}:{since}",
            since + reply.delay_seconds * 1000,
            {"reply": reply.id},
        )
        for reply in replies
        if reply.enabled and (reply.when == "waiting" or before.status != "open")
    ]


def _draft(state: Conversation, work: Due, text: str) -> Draft:
    return Draft(state.shop, state.id, ASSISTANT, text, work.id, channel=state.channel)


def _text(content: ShopContent, reply_id: str) -> str | None:
    return next((reply.text for reply in content.auto_replies if reply.id == reply_id and reply.enabled), None)
