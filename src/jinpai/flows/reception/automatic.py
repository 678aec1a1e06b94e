"""Automatic replies: the first-contact greeting and the word to a buyer who waits; a person's message cancels them."""

from collections.abc import Callable

import sqlalchemy as sa

from jinpai.desk.model import COMPANION, MESSAGE_OUT, Author, Conversation, Draft
from jinpai.desk.projection import Change
from jinpai.desk.seats import Present, find_present
from jinpai.desk.store import get_conversations
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.flows.reception.greeting import suited, values_of
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.journal.due import Due, finish, is_open
from jinpai.journal.store import journal
from jinpai.journal.writer import Action, Tx
from jinpai.playbook.content import AutoReply
from jinpai.playbook.variables import fill

AUTO_REPLY = "auto_reply"
StatusOf = Callable[[str], str]
ASSISTANT = Author("assistant", "auto", "自动回复")


def is_answered(change: Change) -> bool:
    """Whether a person has spoken to a buyer who waited."""
    if change.before.waiting_since is None or change.after.channel == COMPANION:
        return False
    return any(row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:") for row in change.rows)


def plan_replies(content: ShopContent, status: StatusOf, change: Change) -> list[Due]:
    """The automatic replies to a buyer who begins to wait; `status` knows how the agent is at the desk."""
    before, now = change.before, change.after
    since = now.waiting_since
    if now.channel == COMPANION or now.status != "open" or since is None or since == before.waiting_since:
        return []
    triggers = {"waiting"}
    if before.status != "open":
        triggers.add("first_contact")
    elif now.agent is not None and status(now.agent) in ("busy", "away"):
        triggers.add(status(now.agent))
    return [
        Due(
            now.shop,
            AUTO_REPLY,
            now.id,
            f"auto:{reply.id}:{now.id}:{since}",
            since + reply.delay_seconds * 1000,
            {"reply": reply.id, "since": since},
        )
        for reply in content.auto_replies
        if reply.enabled and reply.trigger in triggers
    ]


def automatic_reply(house: House, work: Due) -> Action[None]:
    """The action that says what was planned, if it is still true that the buyer waits for a person."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        state = get_conversations(tx.connection, [work.subject]).get(work.subject)
        content = house.content.shop(work.shop)
        reply = next((reply for reply in content.auto_replies if reply.id == work.data["reply"]), None)
        agent = None
        if state is not None and reply is not None and reply.trigger == "first_contact":
            reply, agent = suited(tx, content, state, reply)
        elif state is not None and state.agent is not None:
            agent = find_present(tx.connection, state.agent, tx.now)
        why = _obstacle(tx, state, reply, work.data["since"])
        if state is None or reply is None or why:
            finish(tx.connection, work, "cancelled", why, tx.now)
            return
        why = _say(house, tx, state, reply, agent, work.id)
        finish(tx.connection, work, "cancelled" if why else "done", why, tx.now)

    return act


def _say(house: House, tx: Tx, state: Conversation, reply: AutoReply, agent: Present | None, key: str) -> str:
    """Say it, with its line of promotion where the rules let that through; what was in the way, empty when said."""
    values = values_of(house.content.shop(state.shop), state, agent, tx.now)
    text, missing = fill(reply.text, values)
    if missing:
        return f"缺少{'、'.join(missing)}，没有发送"
    promotion, lacking = fill(agent.line if agent is not None and agent.line else reply.promotion or "", values)
    for words in (f"{text}\n{promotion}", text) if promotion and not lacking else (text,):
        draft = Draft(state.shop, state.id, ASSISTANT, words, key, channel=state.channel, source=reply.id)
        verdict = clear(house, draft, ())
        if isinstance(verdict, Cleared):
            say(verdict)(tx)
            return ""
    return "话术检查没有通过，请修改自动回复的内容"


def _obstacle(tx: Tx, state: Conversation | None, reply: AutoReply | None, since: int) -> str:
    """Why the reply must not be said any more; empty when it may."""
    if state is None or state.status != "open" or state.waiting_since is None:
        return "已经有人回复，或会话已结束"
    if state.waiting_since != since:
        return "买家已经得到答复，这是新的一轮等待"
    if reply is None or not reply.enabled:
        return "这条自动回复已停用"
    recent = tx.now - reply.cooldown_seconds * 1000
    said = sa.select(journal.c.data).where(journal.c.conversation == state.id, journal.c.at > recent)
    for data in tx.connection.execute(said.where(journal.c.author == ASSISTANT.key())).scalars():
        if (data or {}).get("source") == reply.id:
            return "刚刚自动回复过同样的内容"
    return ""
