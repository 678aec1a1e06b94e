"""Whose accounts one may manage, and that no shop is left without an owner."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from jinpai.kit.errors import Conflict, NotAllowed, NotFound
from jinpai.staff import store
from jinpai.staff.model import Account, Actor, Role
from jinpai.staff.rights import check_may, may


def find_managed(connection: Connection, by: Actor | None, account_id: str) -> Account:
    """The account, if `by` serves all of its shops; NotFound when none is theirs, NotAllowed when only some are."""
    found = store.get_account(connection, account_id)
    theirs = [] if found is None else [by is None or may(by, "staff.write", shop) for shop in found.shops]
    if found is None or not any(theirs):
        raise NotFound("没有这个账号，请刷新名单后再试")
    if not all(theirs):
        raise NotAllowed("这个账号还服务于您不管的店铺，请和那家店的店主一起处理")
    return found


def check_assigns(by: Actor | None, shops: Sequence[str]) -> None:
    """NotFound when one of the shops is not `by`'s to give."""
    if by is not None:
        for shop in shops:
            check_may(by, "staff.write", shop)


def check_keeps_owners(connection: Connection, before: Account, after: Account) -> None:
    """Conflict when a shop would lose its last active owner."""
    if not _owns(before):
        return
    kept = set(after.shops) if _owns(after) else set()
    for shop in before.shops:
        if shop not in kept and store.count_owners(connection, shop, besides=before.id) == 0:
            raise Conflict("这是店铺最后一位在用的店主账号，请先把另一个账号设为店主")


def _owns(account: Account) -> bool:
    return account.active and account.role == Role.OWNER
