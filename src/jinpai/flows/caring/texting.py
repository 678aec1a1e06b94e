"""A care task said by short message: a person hands it over, it is looked at once more, and taken outside once.

open ──text_care──▶ sending, due row ──send_care_text──▶ sent: the provider has accepted it
  ▲                                        ├──▶ later: it is night, or the provider did not take it
  └──── open again, and why ───────────────┤
                                           └──▶ cancelled: no longer right, or the number takes no more
"""

from dataclasses import dataclass, replace

import structlog
from sqlalchemy.engine import Connection

from jinpai.care.model import HANDED, Care
from jinpai.care.store import find_care, put_care
from jinpai.customers.finding import get_listed
from jinpai.desk.model import Author, Draft
from jinpai.flows.caring.giving import SYSTEM, check_clear, check_words, give, open_care, settle
from jinpai.flows.caring.judging import Obstacle, find_obstacle, stand
from jinpai.flows.caring.reaching import find_phone, is_unwanted
from jinpai.flows.caring.words import as_sms, sms_of
from jinpai.flows.ports import House, ShortMessage, Unsubscribed
from jinpai.flows.send import RETRY_SECONDS, clear
from jinpai.flows.troubles import SMS_PROVIDER, never_taken, not_taken
from jinpai.guard.model import Cleared, NeedsApproval, Refused
from jinpai.journal.due import Due, claim, finish, is_open, postpone, schedule
from jinpai.journal.model import Entry
from jinpai.journal.reader import read_rows
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, Conflict
from jinpai.kit.ids import new_id
from jinpai.orders.model import mask_phone

CARE_SMS = "care_sms"
"""The kind of work that takes a short message outside."""

CALL_SECONDS = 30
LONGEST = 300
"""Characters of a short message; providers cut longer ones into many."""

NO_PROVIDER = "还没有接短信服务，短信发不出去：请管理员在服务器上设置 JINPAI_SMS_URL 后重启，或者改用聊天、电话"
NO_NUMBER = "没有这位客户完整的手机号，发不了短信"
UNWANTED = "留有这个号码的另一位客户说过不想被打扰，发不了短信：如果是同一个人，请主管把两份档案合并"
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Going:
    """A short message that may go now: its claimed work, its task, the whole number and the words."""

    work: Due
    care: Care
    phone: str
    text: str


def text_care(house: House, id_: str, text: str | None, author: Author) -> Action[Care]:
    """The action that hands it (or `text` instead) over to be sent by SMS; Conflict with what is in the way.

    BadInput where the guard does not clear the words, or they are too long: nothing goes.
    """

    def act(tx: Tx) -> Care:
        one = open_care(tx, id_)
        standing = check_clear(house, tx, one)
        phone = find_phone(house, tx.connection, standing.person, standing.orders)
        if why := no_way(house, tx.connection, one.shop, phone):
            raise Conflict(why)
        content = house.content.shop(one.shop)
        who = get_listed(tx.connection, [one.buyer]).get(one.buyer)
        words = as_sms(content, text) if text is not None else sms_of(content, one, who, author.name)
        if len(words) > LONGEST:
            raise BadInput(f"短信连同店名和退订说明最多 {LONGEST} 个字，现在有 {len(words)} 个，请删短一些")
        said = check_words(_read(house, one, words, author)).draft.text
        data = {"buyer": one.buyer, "care": id_, "plan": one.plan, "means": "sms"}
        body = {"text": said, "phone": mask_phone(phone)}
        receipt = tx.append(Entry(HANDED, author.key(), one.shop, data=data, body=body))
        work = Due(one.shop, CARE_SMS, one.buyer, f"{CARE_SMS}:{new_id('t')}", tx.now, {"care": id_})
        schedule(tx.connection, [work], tx.now)
        handed = replace(one, state="sending", means="sms", author=author.key(), done_at=tx.now, why="")
        handed = replace(handed, fact=receipt.id)
        put_care(tx.connection, handed)
        return handed

    return act


def send_care_text(house: House, work: Due) -> None:
    """Take one short message outside; a repetition after a crash or a time-out carries the same key.

    The key is the task's: handed over again, a provider that had taken it before takes nothing twice.
    """
    going = house.writer.run(_take(house, work))
    if going is None:
        return
    try:
        assert house.sms is not None
        house.sms.send(ShortMessage(f"sms:{going.care.id}", going.care.shop, going.phone, going.text))
    except Unsubscribed:
        house.writer.run(_opted_out(going))
    except Exception as error:
        _log.warning("sms_not_accepted", key=work.key, attempt=going.work.attempt, error=type(error).__name__)
        house.writer.run(_try_later(going, error))
    else:
        house.writer.run(_note(house, going))


def no_way(house: House, connection: Connection, shop: str, phone: str) -> str:
    """Why nothing can be sent to this number by SMS; empty when it can."""
    if house.sms is None or not house.sms.reaches_phones:
        return NO_PROVIDER
    if not phone:
        return NO_NUMBER
    return UNWANTED if is_unwanted(house, connection, shop, phone) else ""


def _read(house: House, one: Care, words: str, author: Author) -> Cleared | NeedsApproval | Refused:
    draft = Draft(one.shop, one.buyer, author, words, f"care-{one.id}", channel="sms", source=one.plan)
    return clear(house, draft, ())


def _take(house: House, work: Due) -> Action[Going | None]:
    """The action that claims it and looks once more, in one transaction; None where it does not go now."""

    def act(tx: Tx) -> Going | None:
        claimed = claim(tx.connection, work, tx.now, tx.now + CALL_SECONDS * 1000)
        if claimed is None:
            return None
        one = find_care(tx.connection, work.data.get("care", ""))
        if one is None or one.state != "sending":
            finish(tx.connection, claimed, "cancelled", "这件关怀已经不用做了", tx.now)
            return None
        standing = stand(house, tx.connection, one)
        found = find_obstacle(house, tx.connection, one, standing, tx.now)
        if found is not None:
            _hold(tx, claimed, one, found)
            return None
        phone = find_phone(house, tx.connection, standing.person, standing.orders)
        verdict = _read(house, one, _handed_words(tx.connection, one), Author.read(one.author))
        why = no_way(house, tx.connection, one.shop, phone) or (
            "" if isinstance(verdict, Cleared) else "发出前复查没有通过，请改一改再发"
        )
        if why:
            _put_back(tx, claimed, one, f"短信没有发出：{why}")
            return None
        return Going(claimed, one, phone, verdict.draft.text)

    return act


def _handed_words(connection: Connection, one: Care) -> str:
    rows = read_rows(connection, [one.fact]) if one.fact is not None else []
    return str(rows[0].entry.body.get("text") or "") if rows else ""


def _hold(tx: Tx, work: Due, one: Care, found: Obstacle) -> None:
    """Later, where there is time for it; else it is over."""
    if found.until is not None and found.until < one.ends_at:
        put_care(tx.connection, replace(one, why=found.why))
        postpone(tx.connection, work, found.until, found.why)
        return
    over = "cancelled" if found.until is None else "expired"
    put_care(tx.connection, replace(one, state=over, why=f"短信没有发出：{found.why}"))  # type: ignore[arg-type]
    finish(tx.connection, work, "cancelled", found.why, tx.now)


def _note(house: House, going: Going) -> Action[None]:
    """The action that notes it as given; whoever claimed it since then notes it instead."""

    def act(tx: Tx) -> None:
        one = find_care(tx.connection, going.care.id)
        if one is None or not is_open(tx.connection, going.work):
            return
        done = replace(going.care, state="sent", done_at=tx.now)
        give(house, tx, done, going.text, mask_phone(going.phone))
        finish(tx.connection, going.work, "done", "", tx.now)

    return act


def _try_later(going: Going, error: Exception) -> Action[None]:
    def act(tx: Tx) -> None:
        one = find_care(tx.connection, going.care.id)
        if one is None or not is_open(tx.connection, going.work):
            return
        if one.state != "sending" or going.work.attempt > len(RETRY_SECONDS):
            _put_back(tx, going.work, one, f"短信没有发出：{never_taken(SMS_PROVIDER, error)}，可以打电话")
            return
        why = not_taken(SMS_PROVIDER, error)
        put_care(tx.connection, replace(one, why=why))
        postpone(tx.connection, going.work, tx.now + RETRY_SECONDS[going.work.attempt - 1] * 1000, why)

    return act


def _opted_out(going: Going) -> Action[None]:
    def act(tx: Tx) -> None:
        one = find_care(tx.connection, going.care.id)
        if one is None or not is_open(tx.connection, going.work):
            return
        why = "这个号码已经退订短信，没有发出"
        settle(tx, replace(one, state="cancelled", why=why), "opted_out", SYSTEM)
        finish(tx.connection, going.work, "cancelled", why, tx.now)

    return act


def _put_back(tx: Tx, work: Due, one: Care, why: str) -> None:
    """Nothing went: a person may do it otherwise while there is time, and reads why."""
    finish(tx.connection, work, "failed", why, tx.now)
    if one.state == "sending":
        over = "open" if tx.now < one.ends_at else "expired"
        back = replace(one, means="", author="", done_at=None, fact=None, why=why)
        put_care(tx.connection, replace(back, state=over))  # type: ignore[arg-type]
