"""Who may do what: the one table of rights, and the one place that reads it.

Every route and every socket frame names a permission; a party has it when the table says so, and then only for the
shops the account serves, or for the buyer's own conversation. docs/decisions/0008-rights.md tells why.
"""

from collections.abc import Mapping
from typing import Final, Literal, get_args

from jinpai.kit.errors import NotAllowed, NotFound
from jinpai.staff.model import ELSEWHERE, Actor, Party, Role

Permission = Literal[
    "self.manage",
    "conversation.read",
    "conversation.answer",
    "conversation.lead",
    "message.approve",
    "script.read",
    "script.write",
    "script.share",
    "product.read",
    "order.read",
    "order.reveal",
    "order.write",
    "order.import",
    "order.export",
    "reminder.read",
    "reminder.write",
    "task.read",
    "task.write",
    "task.lead",
    "stock.read",
    "stock.write",
    "stock.approve",
    "customer.read",
    "customer.write",
    "customer.reveal",
    "customer.manage",
    "customer.erase",
    "staff.read",
    "staff.write",
    "content.read",
    "content.publish",
    "shop.write",
    "channel.read",
    "channel.write",
    "audit.read",
    "wall.read",
    "hit.read",
    "hit.appeal",
    "hit.judge",
    "copilot.teach",
    "model.set",
    "model.near",
    "chat.read",
    "chat.write",
]
"""self: one's own session and password · conversation.lead: give buyers to agents, hint to them, set their status ·
message.approve: send what the guard leaves to a supervisor · hit: see remarks on one's own words, appeal, judge ·
customer.manage: merge, export · customer.erase: forget on request ·
task.lead: move what others have, hear of what is late ·
stock: count, buy and shelve, decide what is bought ·
script: read all, write one's own, share the team's · copilot: see what came of advice, look after what it learns ·
model.near: have a language model inside the own network ·
chat: the buyer's own conversation."""

BUYER: Final = "buyer"
PARTIES: tuple[str, ...] = (*Role, BUYER)
"""Every kind of party there is."""

_STAFF = frozenset[str](Role)
_LEADS = frozenset[str]((Role.SUPERVISOR, Role.OWNER))
_CONTENT = frozenset[str]((Role.OPERATIONS, Role.OWNER))
_OWNER = frozenset[str]((Role.OWNER,))
_BUYER = frozenset[str]((BUYER,))

RIGHTS: Mapping[Permission, frozenset[str]] = {
    "self.manage": _STAFF,
    "conversation.read": _STAFF,
    "conversation.answer": _STAFF,
    "conversation.lead": _LEADS,
    "message.approve": _LEADS,
    "script.read": _STAFF,
    "script.write": _STAFF,
    "script.share": _STAFF - {Role.AGENT},
    "product.read": _STAFF,
    "order.read": _STAFF,
    "order.reveal": _STAFF - {Role.TRAINER},
    "order.write": _STAFF - {Role.TRAINER},
    "order.import": _LEADS | _CONTENT,
    "order.export": _LEADS | _CONTENT,
    "reminder.read": _STAFF,
    "reminder.write": _STAFF - {Role.TRAINER},
    "task.read": _STAFF,
    "task.write": _STAFF - {Role.TRAINER},
    "task.lead": _LEADS,
    "stock.read": _STAFF,
    "stock.write": _LEADS | _CONTENT,
    "stock.approve": _LEADS,
    "customer.read": _STAFF,
    "customer.write": _STAFF - {Role.TRAINER},
    "customer.reveal": _STAFF - {Role.TRAINER},
    "customer.manage": _LEADS,
    "customer.erase": _OWNER,
    "staff.read": _LEADS,
    "staff.write": _OWNER,
    "content.read": _CONTENT,
    "content.publish": _CONTENT,
    "shop.write": _OWNER,
    "channel.read": _CONTENT,
    "channel.write": _OWNER,
    "audit.read": _LEADS,
    "wall.read": _LEADS,
    "hit.read": _STAFF,
    "hit.appeal": frozenset((Role.AGENT,)),
    "hit.judge": _LEADS,
    "copilot.teach": _STAFF - {Role.AGENT},
    "model.set": _CONTENT,
    "model.near": _OWNER,
    "chat.read": _BUYER,
    "chat.write": _BUYER,
}
"""Permission → the parties that have it."""

PERMISSIONS: tuple[Permission, ...] = get_args(Permission)


def may(party: Party, permission: Permission, shop: str | None = None, conversation: str | None = None) -> bool:
    """Whether the party has this right, here: `shop` and `conversation` name where, None asks about no place."""
    return _kind(party) in RIGHTS[permission] and _is_theirs(party, shop, conversation)


def check_may(party: Party, permission: Permission, shop: str | None = None, conversation: str | None = None) -> None:
    """Refuse what `may` denies: NotAllowed without the right, NotFound where the place belongs to somebody else."""
    if _kind(party) not in RIGHTS[permission]:
        raise NotAllowed("您的角色没有这项权限；确实需要的话，请店主调整您的角色")
    if not _is_theirs(party, shop, conversation):
        raise NotFound(ELSEWHERE)


def _kind(party: Party) -> str:
    return party.role if isinstance(party, Actor) else BUYER


def _is_theirs(party: Party, shop: str | None, conversation: str | None) -> bool:
    if isinstance(party, Actor):
        return shop is None or party.serves(shop)
    return shop in (None, party.shop) and conversation in (None, party.conversation)
