"""The one table of rights, and the one place that reads it."""

import itertools

import pytest

from jinpai.kit.errors import NotAllowed, NotFound
from jinpai.staff.model import Actor, BuyerParty, Party, Role
from jinpai.staff.rights import BUYER, PARTIES, PERMISSIONS, RIGHTS, Permission, check_may, may


def party(kind: str) -> Party:
    if kind == BUYER:
        return BuyerParty("b_1", "c_1", "demo")
    return Actor("a_1", "x", "x", Role(kind), ("demo", "second"))


CASES = list(itertools.product(PARTIES, PERMISSIONS))


@pytest.mark.parametrize(("kind", "permission"), CASES)
def test_the_table_decides_and_only_at_home(kind: str, permission: Permission) -> None:
    who = party(kind)
    listed = kind in RIGHTS[permission]
    assert may(who, permission) is listed
    assert may(who, permission, "demo") is listed
    assert may(who, permission, "other") is False
    if listed:
        check_may(who, permission, "demo")
        with pytest.raises(NotFound):
            check_may(who, permission, "other")
    else:
        for shop in (None, "demo", "other"):
            with pytest.raises(NotAllowed):
                check_may(who, permission, shop)


def test_every_permission_is_in_the_table_and_somebody_has_it() -> None:
    assert set(RIGHTS) == set(PERMISSIONS)
    assert all(holders and holders <= set(PARTIES) for holders in RIGHTS.values())


def test_no_right_is_shared_between_buyers_and_staff() -> None:
    for permission, holders in RIGHTS.items():
        assert BUYER not in holders or holders == {BUYER}, permission


def test_a_buyer_has_only_the_conversation_of_their_own() -> None:
    buyer = party(BUYER)
    assert may(buyer, "chat.write", "demo", "c_1")
    assert not may(buyer, "chat.write", "demo", "c_2")
    with pytest.raises(NotFound):
        check_may(buyer, "chat.read", "demo", "c_2")


def test_the_rights_as_the_shop_knows_them() -> None:
    assert RIGHTS["staff.write"] == {"owner"}
    assert RIGHTS["staff.read"] == {"owner", "supervisor"}
    assert RIGHTS["message.approve"] == {"owner", "supervisor"}
    assert RIGHTS["content.publish"] == {"owner", "operations"}
