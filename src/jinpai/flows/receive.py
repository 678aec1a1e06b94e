"""A buyer's message comes in: checked, logged, answered by nobody else than the commit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinpai.desk.attach import Attachment
from jinpai.desk.model import MAX_TEXT, MESSAGE_IN, Author
from jinpai.flows.attaching import hang
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput
from jinpai.kit.ids import is_client_id

_SOURCE = re.compile(r"[A-Za-z0-9._-]{1,80}")
MAX_REASON = 200
_ADVICE = re.compile(r"ad_[0-9a-f]{24}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a buyer said, as it came through a channel's front door."""

    shop: str
    conversation: str
    author: Author
    text: str
    client_id: str
    attach: Attachment | None = None
    by: str = ""
    """Who carried the words over from another client, an account id; empty when the buyer wrote them here."""
    bait: tuple[Mapping[str, Any], ...] = ()
    """What in it is bait, as `flows.bait` finds it."""


def receive(message: Incoming) -> Action[Receipt]:
    """The action that logs a buyer's message; BadInput when it is empty, too long or badly numbered."""
    check_client_id(message.client_id)
    attachment = message.attach
    text = check_text(message.text, may_be_empty=attachment is not None)
    entry = Entry(
        MESSAGE_IN,
        message.author.key(),
        message.shop,
        conversation=message.conversation,
        client_id=message.client_id,
        data={**({"by": message.by} if message.by else {}), **({"bait": message.bait} if message.bait else {})},
        body={"text": text, "name": message.author.name},
    )

    def act(tx: Tx) -> Receipt:
        return tx.append(entry if attachment is None else hang(entry, attachment, tx.connection))

    return act


def check_text(text: str, *, may_be_empty: bool = False) -> str:
    """The text without control characters; BadInput when nothing is left or it is too long."""
    clean = _CONTROL.sub("", text)
    if not clean.strip():
        if may_be_empty:
            return ""
        raise BadInput("消息是空的，请写点内容再发送")
    if len(clean) > MAX_TEXT:
        raise BadInput(f"消息太长（{len(clean)} 字），请分成几条发送，每条不超过 {MAX_TEXT} 字")
    return clean


def check_client_id(client_id: str) -> None:
    """BadInput unless the client's message id has the agreed form."""
    if not is_client_id(client_id):
        raise BadInput("消息编号 id 应为 8–64 位的字母、数字、下划线或短横线")


def check_reason(reason: str) -> str:
    """Why something is said all the same, without blanks around; BadInput when it is too long."""
    clean = _CONTROL.sub("", reason).strip()
    if len(clean) > MAX_REASON:
        raise BadInput(f"理由太长，请写在 {MAX_REASON} 个字以内")
    return clean


def check_source(source: str) -> str:
    """The id of the script a message came from, or ""; BadInput when it cannot be one."""
    if source and _SOURCE.fullmatch(source) is None:
        raise BadInput("话术编号 source 不对，请刷新页面再试")
    return source


def check_advice(mark: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What a client says of the advice it showed: its `id`, and `took`, the place of the reply used (0 = none).

    BadInput when it says anything else.
    """
    if mark is None:
        return None
    id_, took = mark.get("id"), mark.get("took")
    is_sound = isinstance(id_, str) and _ADVICE.fullmatch(id_) and type(took) is int and 0 <= took <= 4
    if not is_sound or len(mark) != 2:
        raise BadInput("建议编号 advice 不对，请刷新页面再试")
    return mark
