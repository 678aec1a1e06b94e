"""What a courier is asked to pay for: what may follow what, and amounts that cannot be right."""

from dataclasses import replace

import pytest

from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.claims.model import Claim, State, check_amount, check_move

CLAIM = Claim(
    id="cl_1", shop="demo", order_id="o_1", number="ZT10001", courier="中通快递", kind="lost", state="opened",
    amount=12_900, granted=None, evidence="快递书面确认丢失", answer="", opened_by="agent:a_1", opened_at=1, due_at=2,
    changed_at=1, ended_at=None,
)  # fmt: skip


@pytest.mark.parametrize(("amount", "paid"), [(0, 100), (-1, 100), (101, 100), (1, 0)])
def test_nobody_claims_nothing_or_more_than_was_paid(amount: int, paid: int) -> None:
    with pytest.raises(BadInput):
        check_amount(amount, paid)
    check_amount(100, 100)


def test_a_claim_goes_to_the_courier_is_answered_and_paid_in_this_order_only() -> None:
    steps: tuple[tuple[State, State, int | None], ...] = (
        ("opened", "sent", None), ("sent", "refused", None), ("refused", "sent", None), ("sent", "accepted", 12_900),
        ("accepted", "paid", None),
    )  # fmt: skip
    for before, to, granted in steps:
        check_move(replace(CLAIM, state=before), to, "快递说的话", granted)
    for before, to in (
        ("opened", "accepted"),
        ("opened", "paid"),
        ("sent", "paid"),
        ("paid", "sent"),
        ("paid", "dropped"),
    ):
        with pytest.raises(Conflict):
            check_move(replace(CLAIM, state=before), to, "快递说的话", 1)  # type: ignore[arg-type]


def test_what_a_move_needs_is_asked_for() -> None:
    sent = replace(CLAIM, state="sent")
    for to, words, granted in (
        ("accepted", "", None),
        ("accepted", "", 12_901),
        ("refused", "", None),
        ("dropped", "", None),
    ):
        with pytest.raises(BadInput):
            check_move(sent, to, words, granted)  # type: ignore[arg-type]
