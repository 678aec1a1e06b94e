"""The one door out: only here does a draft become something a buyer or a channel receives.

    Draft ──guard──▶ Cleared ──say──▶ journal row ──▶ buyers who read the log (widget)
                                        └──▶ due row ──deliver_due──▶ Channel.deliver (everybody else)

A draft that is not cleared leaves nothing behind. What waits for an outside channel is judged again when it goes.
"""

from collections.abc import Mapping, Sequence

import structlog
from sqlalchemy.engine import Connection

from jinpai.desk.attach import Attachment
from jinpai.desk.model import MESSAGE_OUT, Author, Draft, is_past
from jinpai.desk.patience import asks_to_wait
from jinpai.desk.projection import Change, OnChanges
from jinpai.flows.attaching import hang
from jinpai.flows.bargaining.steps import hold_offer, offer_hits, offered, take_rung
from jinpai.flows.filling import open_variables
from jinpai.flows.guarding.situation import Look, said, situation
from jinpai.flows.ports import Channel, House, Outgoing
from jinpai.flows.receive import check_client_id, check_text
from jinpai.flows.troubles import CHANNEL, never_taken, not_taken
from jinpai.guard.judge import judge
from jinpai.guard.model import Cleared, Hit, NeedsApproval, Refused, Said
from jinpai.guard.rewriting import rewrite_all
from jinpai.journal.due import Due, claim, finish, postpone, schedule
from jinpai.journal.model import Entry, Receipt, Row
from jinpai.journal.reader import read_before
from jinpai.journal.writer import Action, Tx

DELIVER = "deliver"
HELD_BACK = "held_back"
REMARKED = ("rule", "family", "severity", "start", "end", "why", "points")
"""What a sent message keeps of each remark on it."""

PAGE = 50
CALL_SECONDS = 60
RETRY_SECONDS = (5, 30, 120, 600, 3600)
_log = structlog.get_logger()


def clear(
    house: House, draft: Draft, before: Sequence[Said], look: Look | None = None
) -> Cleared | NeedsApproval | Refused:
    """The guard's answer to this draft after these messages, by the shop's rules and facts of this moment.

    BadInput when it is no message at all; content that cannot be read refuses.
    """
    check_client_id(draft.client_id)
    text = check_text(draft.text, may_be_empty=draft.attach is not None)
    if text != draft.text:
        draft = draft._replace(text=text)
    if is_past(draft.conversation):
        return Refused(draft, (), "这是导入的聊天记录，只能查看，消息没有发出；要联系这位买家，请到对方软件里说")
    unfilled = open_variables(text)
    if unfilled:
        return Refused(draft, unfilled, f"消息没有发出：{unfilled[0].why}")
    try:
        content = house.content.shop(draft.shop)
    except Exception:
        return Refused(draft, (), "话术规则暂时读不出来，消息没有发出，请稍后重试或联系管理员")
    if draft.author.role == "agent" and asks_to_wait(draft.text, content.service):
        draft = draft._replace(asks_wait=True)
    now = house.clock.now()
    draft = take_rung(draft, content, look, now)
    return hold_offer(judge(draft, content.guard, situation(content, before, now, text, look)), content, look, now)


def opinion(house: House, shop: str, text: str, before: Sequence[Said], look: Look | None = None) -> tuple[Hit, ...]:
    """What the guard would remark on this text, for hints while typing; nothing is decided."""
    content, now = house.content.shop(shop), house.clock.now()
    clean = check_text(text)
    hits = content.guard.check(clean, situation(content, before, now, clean, look))
    if any(hit.family == "authority" for hit in hits):
        return hits
    return (*hits, *offer_hits(clean, offered(clean, content, look, now), content, look, now))


def better(
    house: House, shop: str, text: str, hits: Sequence[Hit], before: Sequence[Said], look: Look | None = None
) -> str:
    """The text with all these remarks heeded, which itself passes; empty when there is none."""
    if not hits:
        return ""
    content, now = house.content.shop(shop), house.clock.now()
    return rewrite_all(
        text, hits, lambda words: content.guard.check(words, situation(content, before, now, words, look))
    )


def say(cleared: Cleared) -> Action[Receipt]:
    """The action that puts a cleared message into the log, which is what sends it."""
    draft = cleared.draft
    remarks = [{name: getattr(hit, name) for name in REMARKED} for hit in cleared.hits]
    data: dict[str, object] = {"source": draft.source} if draft.source else {}
    if draft.asks_wait:
        data["asks_wait"] = True
    if draft.advice is not None:
        data["advice"] = dict(draft.advice)
    if draft.because is not None:
        data["because"] = dict(draft.because)
    if draft.rung:
        data |= {"rung": draft.rung, "conceded": draft.conceded}
    if remarks:
        data |= {"hits": remarks, "confirmed": draft.confirmed}
    overrides = {"reason": draft.reason} if remarks and draft.confirmed and draft.reason else {}
    entry = Entry(
        MESSAGE_OUT,
        draft.author.key(),
        draft.shop,
        conversation=draft.conversation,
        client_id=draft.client_id,
        data=data,
        body={"text": draft.text, "name": draft.author.name, **overrides},
    )

    def act(tx: Tx) -> Receipt:
        return tx.append(entry if draft.attach is None else hang(entry, draft.attach, tx.connection))

    return act


def outbound_rows(channels: Mapping[str, Channel]) -> OnChanges:
    """The hook that gives every message to an outside channel a due row, in the transaction that logs it."""
    outside = frozenset(kind for kind, channel in channels.items() if not channel.reads_log)

    def on_changes(connection: Connection, changes: Sequence[Change]) -> None:
        works = [
            Due(row.entry.shop, DELIVER, change.after.id, f"deliver-{row.id}", row.at, _deliverable(change, row))
            for change in changes
            if change.after.channel in outside
            for row in change.rows
            if row.entry.kind == MESSAGE_OUT
        ]
        if works:
            schedule(connection, works, works[0].due_at)

    return on_changes


def deliver_due(house: House, work: Due) -> None:
    """Take one waiting delivery outside: claim, judge again, call with an idempotency key, note the outcome."""
    now = house.clock.now()
    claimed = house.writer.run(lambda tx: claim(tx.connection, work, tx.now, now + CALL_SECONDS * 1000))
    if claimed is None:
        return
    data = claimed.data
    shown = data.get("attach")
    draft = Draft(
        claimed.shop,
        claimed.subject,
        Author.read(data["author"]),
        data["text"],
        claimed.key,
        channel=data["channel"],
        confirmed=data["confirmed"],
        may_approve=data["confirmed"],
        attach=None if shown is None else Attachment(shown, lambda connection: shown),
    )
    verdict = clear(house, draft, _said_before(house, draft.conversation, data["seq"]))
    if not isinstance(verdict, Cleared):
        if draft.author.role == "assistant":
            _call_person(house, claimed)
        _end(house, claimed, "cancelled", "发出前复查没有通过：" + "；".join(hit.why for hit in verdict.hits))
        return
    try:
        outgoing = Outgoing(claimed.key, draft.shop, draft.conversation, draft.text, shown)
        house.channels[draft.channel].deliver(outgoing)
    except Exception as error:
        _log.warning("message_not_accepted", key=claimed.key, attempt=claimed.attempt, error=type(error).__name__)
        _try_later(house, claimed, error)
    else:
        _end(house, claimed, "done", "")


def _said_before(house: House, conversation: str, seq: int) -> tuple[Said, ...]:
    with house.database.read() as connection:
        return said(read_before(connection, conversation, seq, PAGE))


def _deliverable(change: Change, row: Row) -> dict[str, object]:
    body = row.entry.body
    return {
        "author": row.entry.author,
        "text": body["text"],
        "channel": change.after.channel,
        "confirmed": bool(row.entry.data.get("confirmed")),
        "seq": row.seq,
        **({"attach": body["attach"]} if "attach" in body else {}),
    }


def _end(house: House, work: Due, state: str, why: str) -> None:
    def act(tx: Tx) -> None:
        finish(tx.connection, work, state, why, tx.now)

    house.writer.run(act)


def _call_person(house: House, work: Due) -> None:
    """What the house said by itself and the buyer does not get: somebody has to look after them."""
    call = Due(
        work.shop,
        HELD_BACK,
        work.subject,
        f"{HELD_BACK}:{work.key}",
        house.clock.now(),
        {"author": work.data["author"]},
    )
    house.writer.run(lambda tx: schedule(tx.connection, [call], tx.now))


def _try_later(house: House, work: Due, error: Exception) -> None:
    if work.attempt > len(RETRY_SECONDS):
        _end(house, work, "failed", never_taken(CHANNEL, error))
        return
    wait = RETRY_SECONDS[work.attempt - 1] * 1000

    def act(tx: Tx) -> None:
        postpone(tx.connection, work, tx.now + wait, not_taken(CHANNEL, error))

    house.writer.run(act)
