"""Automatic replies: the first-contact greeting and the word to a buyer who waits; a person's message cancels them."""

from collections.abc import Callable, Sequence

from sqlalchemy.engine import Connection

from jinpai.desk.model import COMPANION, MESSAGE_OUT, Author, Conversation, Draft
from jinpai.desk.projection import Change, OnChanges
from jinpai.desk.store import get_conversations
from jinpai.flows.content import ShopContent
from jinpai.flows.ports import House
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.journal.due import Due, cancel, finish, is_open, schedule
from jinpai.journal.reader import NEWEST, read_before
from jinpai.journal.writer import Action, Tx
from jinpai.playbook.content import AutoReply
from jinpai.playbook.variables import fill

AUTO_REPLY = "auto_reply"
LOOK_BACK = 50
"""How many of the newest log rows are searched for the same reply within its cool-down."""

ASSISTANT = Author("assistant", "auto", "自动回复")


def automatic_rows(content: Callable[[str], ShopContent]) -> OnChanges:
    """The hook that plans automatic replies, and cancels them once a person has spoken, in the same transaction."""

    def on_changes(connection: Connection, changes: Sequence[Change]) -> None:
        works: list[Due] = []
        answered: list[str] = []
        for change in changes:
            if change.after.channel == COMPANION:
                continue
            works += _plan(content, change)
            if change.before.waiting_since is not None and _is_answered(change):
                answered.append(change.after.id)
        if works:
            schedule(connection, works, changes[0].rows[0].at)
        if answered:
            cancel(connection, [AUTO_REPLY], answered, "客服已经回复", changes[0].rows[0].at)

    return on_changes


def _is_answered(change: Change) -> bool:
    """Whether a person has spoken."""
    return any(row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:") for row in change.rows)


def automatic_reply(house: House, work: Due) -> Action[None]:
    """The action that says what was planned, if it is still true that the buyer waits for a person."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        state = get_conversations(tx.connection, [work.subject]).get(work.subject)
        content = house.content.shop(work.shop)
        reply = next((reply for reply in content.auto_replies if reply.id == work.data["reply"]), None)
        why = _obstacle(tx, state, reply)
        if state is None or reply is None or why:
            finish(tx.connection, work, "cancelled", why, tx.now)
            return
        text, missing = fill(reply.text, _values(content, state, tx.now))
        if missing:
            finish(tx.connection, work, "cancelled", f"缺少{'、'.join(missing)}，没有发送", tx.now)
            return
        draft = Draft(state.shop, state.id, ASSISTANT, text, work.id, channel=state.channel, source=reply.id)
        verdict = clear(house, draft, ())
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
        for reply in content(now.shop).auto_replies
        if reply.enabled and (reply.trigger == "waiting" or before.status != "open")
    ]


def _obstacle(tx: Tx, state: Conversation | None, reply: AutoReply | None) -> str:
    """Why the reply must not be said any more; empty when it may."""
    if state is None or state.status != "open" or state.waiting_since is None:
        return "已经有人回复，或会话已结束"
    if reply is None or not reply.enabled:
        return "这条自动回复已停用"
    since = tx.now - reply.cooldown_seconds * 1000
    for row in read_before(tx.connection, state.id, NEWEST, LOOK_BACK):
        if row.at > since and row.entry.data.get("source") == reply.id:
            return "刚刚自动回复过同样的内容"
    return ""


def _values(content: ShopContent, state: Conversation, now: int) -> dict[str, str]:
    waited = max(1, (now - (state.waiting_since or now)) // 60_000)
    values = {"买家": state.buyer_name, "等待": f"{waited} 分钟"}
    if content.shop is not None:
        hours = content.shop.service.hours
        values |= {"店铺": content.shop.name, "营业时间": f"{hours.open}–{hours.close}"}
    return values
